// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CanonicalJSON
import Catalog
import Documents
import Fleet
import HostModel
import Interop
import LiveHost
import Planning
import Probing
import ReportText
import Signing
import Tables
import Tape

struct FleetCommitmentsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "commitments",
    abstract: "Say which promises to test are kept by signed reports, which are open, and which are overdue.",
    discussion: """
      A promise names provider, layer, release or release candidate, hardware class and capabilities. It is kept by \
      reports whose SHA-256 it names, if the provider has signed that they are of just that: see hostcap sign --dsse. \
      To have tested keeps it, whatever was found; what could not be determined was not tested. Exit status 1: \
      something is open or overdue.

      EXAMPLES:
        hostcap fleet commitments --init > commitments.yaml
        hostcap fleet commitments commitments.yaml --evidence signed/ --key acme=acme.pub
      """)

  @Argument(help: "The promises: a YAML file.", completion: .file(extensions: ["yaml", "yml"])) var file:
    String?
  @Option(help: "An envelope of hostcap sign --dsse, or a folder of them; repeatable.", completion: .file())
  var evidence: [String] = []
  @Option(help: ArgumentHelp("A provider and its public key; repeatable.", valueName: "provider=file"))
  var key: [String] = []
  @Option(help: "The moment that is asked about. Now, if not given.") var at: String?
  @OptionGroup var form: FleetForm
  @Flag(name: .customLong("init"), help: "Print a commented file of promises instead.") var isInit = false

  func validate() throws {
    if (file == nil) != isInit {
      throw ValidationError("Name a file of promises; --init prints one to start from.")
    }
    if let at, UTCTime(at) == nil { throw ValidationError("--at takes 2026-11-26T12:00:00Z or 2026-11-26.") }
    for each in key where each.split(separator: "=", maxSplits: 1).count != 2 {
      throw ValidationError("--key takes PROVIDER=FILE.")
    }
    if !evidence.isEmpty, key.isEmpty {
      throw ValidationError("--evidence needs the providers' keys: --key acme=acme.pub.")
    }
  }

  func run() throws {
    guard let file else { return try OutputFile.write(Array(Commitment.template.utf8), to: "-") }
    let moment = at.flatMap { UTCTime($0) } ?? FleetScope.clock
    let document = try Document(parsing: InputFile.read(file, limit: Document.sizeLimit), path: file)
    let commitments = try Commitment.all(document, capabilities: Catalog.capabilities.map(\.id))
    let signed = try SignedEvidence(evidence, keys: key)
    let standings = commitments.map { CommitmentStanding($0, on: signed.all, at: moment) }
    if form.format == .table {
      try OutputFile.write(Self.page(standings), to: "-")
    } else {
      try form.write(Self.table(standings), of: Scope(at: moment))
    }
    if standings.contains(where: { $0.state != .kept }) { throw ExitCode(1) }
  }

  /// What is overdue first, and nothing that is open left out.
  private static func page(_ standings: [CommitmentStanding]) -> [UInt8] {
    var outline = Outline(style: Presentation.style(forOutput: nil))
    let counts = Commitment.State.allCases.reversed().map { state in
      "\(standings.count { $0.state == state }) \(state.rawValue)"
    }
    outline.add("\(standings.count) promises: \(counts.joined(separator: ", "))")
    let tones: [Commitment.State: Outline.Tone] = [.overdue: .bad, .open: .open, .kept: .good]
    for state in Commitment.State.allCases {
      for standing in standings where standing.state == state {
        let promise = standing.commitment
        outline.blank()
        outline.add(
          "\(state.rawValue): \(promise.provider), \(promise.layer.rawValue), \(promise.release), due \(promise.due)",
          tones[state] ?? .plain)
        outline.add(promise.hardwareClass, level: 1, .faint)
        for id in promise.capabilities {
          if let found = standing.found[id] { outline.add("\(id): tested, \(found.rawValue)", level: 1) }
        }
        for objection in standing.objections { outline.add(objection, level: 1) }
      }
    }
    return outline.output
  }

  private static func table(_ standings: [CommitmentStanding]) -> ResultTable {
    let names = ["state", "provider", "layer", "release", "class", "due", "found", "open"]
    let rows = standings.sorted { $0.commitment.due < $1.commitment.due }.map { standing -> [Cell] in
      let found = standing.commitment.capabilities.compactMap { id in
        standing.found[id].map { "\(id) \($0.rawValue)" }
      }
      let commitment = standing.commitment
      return [
        standing.state.rawValue, commitment.provider, commitment.layer.rawValue, commitment.release,
        commitment.hardwareClass, commitment.due, found.joined(separator: ", "),
        standing.objections.joined(separator: "; "),
      ].map { .text($0) }
    }
    return ResultTable(
      name: "commitments", title: "Promises to test.", columns: names.map { Column($0, .public) }, rows: rows)
  }
}
