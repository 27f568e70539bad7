// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import LiveHost
import Signing
import Tape

struct SignCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sign",
    abstract: "Sign a report, for the compliance monitor, the fleet, or supply-chain tools.",
    discussion: """
      Without --dsse it is ssh-keygen -Y sign: the SCS compliance monitor takes such signatures of compliance reports, and \
      fleet ingest --signers those of hosts' reports. With --dsse it is a statement about a host's report, without the \
      report and without the host's name, in an envelope that in-toto and DSSE tools read. A signature says who vouches \
      for a report, not that it is true.

      KEY is an Ed25519 private key with the mode 0600: ssh-keygen -t ed25519, or openssl genpkey -algorithm ed25519 for \
      --dsse. Without --dsse it may be a public key whose private half an SSH agent holds.

      EXAMPLES:
        hostcap sign report.yaml --key monitor
        hostcap sign reports/acme/r1/n1.json --key rack
        hostcap sign n1.json --dsse --key rack --provider acme --layer host
      """)

  @Argument(help: "What to sign; - is standard input.", completion: .file()) var file: String

  @Option(help: "The key's file.", completion: .file()) var key: String

  @Option(
    help: ArgumentHelp(
      "What the signature is for.",
      discussion: """
        By default \(SignableFile.complianceNamespace) for a compliance report, \(SignableFile.hostNamespace) for a host's; \
        anything else needs it.
        """))
  var namespace: String?

  @Option(
    help: "Where to write; - is standard output. FILE.sig, or FILE.dsse, if not given.", completion: .file())
  var output: String?

  @Flag(help: "A DSSE envelope with an in-toto statement instead.") var dsse = false

  @Option(
    help:
      "What the statement calls the report; \(ReportStatement.defaultSubject), if not given. No host's name.")
  var subject: String?

  @Option(help: "Whose host it is.") var provider: String?

  @Option(
    help: "From where it was looked at: \(ServiceLayer.allCases.map(\.rawValue).joined(separator: ", ")).")
  var layer: String?

  @Option(help: "Of what the provider runs: 2026.2-rc1.") var release: String?

  @Option(
    name: .customLong("class"), help: "What machines that are alike share; from the report, if not given.")
  var hardwareClass: String?

  func validate() throws {
    let stated = [subject, provider, layer, release, hardwareClass].contains { $0 != nil }
    if !dsse, stated {
      throw ValidationError("--subject, --provider, --layer, --release and --class are for --dsse.")
    }
    if dsse, namespace != nil { throw ValidationError("--namespace is not for --dsse.") }
    for (name, value) in [("--provider", provider), ("--release", release)] {
      if let value, !StatedText.isLabel(value) {
        throw ValidationError("\(name) takes letters, digits, - _ and dots.")
      }
    }
    for (name, value) in [("--subject", subject), ("--class", hardwareClass)] {
      if let value, !StatedText.isLine(value) {
        throw ValidationError("\(name) takes words on one line, up to 400 bytes.")
      }
    }
    if let layer, ServiceLayer(rawValue: layer) == nil { throw ValidationError("--layer \(layer) is none.") }
    if let namespace, namespace.isEmpty { throw ValidationError("--namespace is empty.") }
    if output == file && file != "-" || output == key {
      throw ValidationError("--output is what is signed, or the key.")
    }
  }

  func run() throws {
    let bytes = try InputFile.read(
      file, limit: dsse ? ReportStatement.reportLimit : SignableFile.sizeLimit)
    let text = dsse ? try attestation(bytes) : try signature(bytes)
    let fallback = file == "-" ? "-" : "\(file).\(dsse ? "dsse" : "sig")"
    let target = output ?? fallback
    if let there = FileIdentity(target), [file, key].contains(where: { FileIdentity($0) == there }) {
      throw InputError(target, "is what is signed, or the key")
    }
    try OutputFile.write(to: target, isPublic: true) { output, _ in output += text }
  }

  private func signature(_ bytes: [UInt8]) throws(InputError) -> [UInt8] {
    let purpose: String
    if let namespace { purpose = namespace } else { purpose = try SignableFile(bytes).purpose(file) }
    return try SSHKeygen.sign(bytes, key: key, namespace: purpose)
  }

  private func attestation(_ bytes: [UInt8]) throws(InputError) -> [UInt8] {
    let key = try SigningKey(KeyFile(key))
    var addition = ReportStatement.Addition()
    addition.subject = subject ?? addition.subject
    (addition.provider, addition.layer) = (provider, layer.flatMap(ServiceLayer.init))
    (addition.release, addition.hardwareClass) = (release, hardwareClass)
    do throws(SigningFault) {
      let statement = try ReportStatement(about: bytes, addition, now: FleetScope.clock)
      return try Envelope(signing: statement.payload, of: ReportStatement.payloadType, by: key).text
    } catch { throw error.of(file) }
  }
}

extension SignableFile {
  /// What signatures of such a file are for. Errors: nobody but the user can tell.
  func purpose(_ path: String) throws(InputError) -> String {
    if let namespace { return namespace }
    throw InputError(
      path,
      "is neither a compliance report nor a host's, so say with --namespace what a signature of it is for")
  }
}
