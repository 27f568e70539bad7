// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Catalog
import Fleet
import HostModel
import Importers
import LiveHost
import Probing
import Tape

struct ProveCommand: HostCommand {
  static let configuration = CommandConfiguration(
    commandName: "prove",
    abstract: "Inside a guest: print proofs of what it has, for fleet ingest.",
    discussion: """
      A proof says that a guest on hosts of a provider's class has a capability; it names neither guest nor host. Only what \
      is ready in the guest, and counted by a fleet, makes one. It is no attestation: a hypervisor can show a guest what it \
      likes. Who asks for the proof vouches for it, and fleet ingest --signers says whose word counts.

      Exit status 1: what --require names is not proven, or, without it, nothing is.

      EXAMPLES:
        hostcap prove --provider acme --class 'Example Rack 1, Genoa' > proof.ndjson
        hostcap prove --provider acme --class "$CLASS" --require guest.amd.sev-snp node.tape
        hostcap fleet ingest proof.ndjson --db fleet
      """)

  @Option(help: "Whose hosts the guest runs on.") var provider: String

  @Option(name: .customLong("class"), help: "Their class, as fleet classes prints it.")
  var hardwareClass: String

  @Option(
    help: ArgumentHelp("What must be proven; repeatable, all must.", valueName: "capability"),
    completion: .list(Requirement.guests))
  var require: [String] = []

  @Argument(help: "Tapes of guests, instead of this one.", completion: .file())
  var files: [String] = []

  @OptionGroup(title: "Probing") var probing: ProbeOptions

  func validate() throws {
    guard HostIdentity.isName(provider) else {
      throw ValidationError("--provider takes letters, digits, - _ and dots.")
    }
    guard ProofDocument.isText(hardwareClass) else {
      throw ValidationError(
        "--class takes 1 to \(ProofDocument.textLimit) bytes without control characters.")
    }
    if let unknown = require.first(where: { !Requirement.guests.contains($0) }) {
      throw ValidationError(
        "no capability of a guest \(unknown); there are \(Requirement.guests.joined(separator: ", "))")
    }
  }

  var asksHost: Bool { files.isEmpty }
  var outputs: [String] { [] }

  func run() throws {
    var lines: [[UInt8]] = []
    var isProven = true
    for subject in try subjects() {
      let proof = GuestProof(report: subject.report, provider: provider, hardwareClass: hardwareClass)
      let found = documents(proof, of: subject.name ?? "this guest")
      isProven = isProven && found.isProven
      for line in found.documents.map(\.line) where !lines.contains(line) { lines.append(line) }
    }
    try OutputFile.write(Array(lines.joined()), to: "-")
    if !isProven { throw ExitCode(1) }
  }

  private func subjects() throws(InputError) -> [Subject] {
    guard !files.isEmpty else { return [try Subject(probing: probing)] }
    var subjects: [Subject] = []
    for file in files { subjects += try Subject.subjects(in: file, else: probing) }
    return subjects
  }

  /// One machine's proofs, and whether they are what is wanted. What they are not goes to standard error.
  private func documents(
    _ proof: GuestProof, of name: String
  ) -> (documents: [ProofDocument], isProven: Bool) {
    var documents: [ProofDocument] = []
    var isProven = true
    for id in Requirement.guests {
      let isRequired = require.contains(id)
      switch proof.outcome(of: id) {
      case .proven(let document): documents.append(document)
      case .uncounted(let why):
        Writing.complain("hostcap: \(name): \(why)")
        isProven = isProven && !isRequired
      case .unproven(let why):
        guard isRequired else { continue }
        Writing.complain("hostcap: \(name): \(why)")
        isProven = false
      }
    }
    if require.isEmpty, documents.isEmpty {
      let why = proof.objection ?? "nothing that a fleet counts is ready"
      Writing.complain("hostcap: \(name): proves nothing: \(why)")
      isProven = false
    }
    return (documents, isProven)
  }
}
