// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import HostModel
import LiveHost
import Planning
import Signing
import Tape

struct VerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Tell whether a signature holds: who vouches for what, and since when.",
    discussion: """
      With --signers FILE is what was signed, and FILE.sig its signature by ssh-keygen -Y sign. With --key FILE is a DSSE \
      envelope as sign --dsse writes it, and one of the keys must have signed it. Exit status 2: it does not hold, and one \
      line says why. What is from the future is refused, by more than 15 minutes.

      EXAMPLES:
        hostcap verify report.yaml --signers allowed --identity acme --max-age 7d
        hostcap verify n1.json.dsse --key rack.pub --report n1.json --max-age 7d
      """)

  @Argument(help: "What was signed, or an envelope; - is standard input.", completion: .file())
  var file: String

  @Option(help: "OpenSSH's file of allowed signers.", completion: .file()) var signers: String?

  @Option(help: "Who must have signed, as a principal of that file.") var identity: String?

  @Option(help: "The signature; FILE.sig, if not given.", completion: .file()) var signature: String?

  @Option(help: "What the signature must be for; as for sign, if not given.") var namespace: String?

  @Option(
    help:
      "An Ed25519 public key, OpenSSH or PEM: a file, or OpenSSH's line. Repeatable, one must have signed.",
    completion: .file())
  var key: [String] = []

  @Option(help: "The report that the envelope must be about, byte for byte.", completion: .file())
  var report: String?

  @Option(
    help:
      "The subject that it must have: of a compliance report the account, of an envelope the report's name.")
  var subject: String?

  @Option(help: ArgumentHelp("How old it may be: 12h, 7d, 2w. Any age, if not given.", valueName: "age"))
  var maxAge: Age?

  @Option(help: "What time it is, for looking back: 2026-11-26T12:00:00Z or 2026-11-26.") var at: String?

  func validate() throws {
    guard (signers == nil) != key.isEmpty else {
      throw ValidationError("Name --signers for a signature of ssh-keygen, or --key for a DSSE envelope.")
    }
    if signers != nil {
      if identity == nil { throw ValidationError("Missing --identity: who must have signed.") }
      if report != nil { throw ValidationError("--report is for an envelope.") }
      if file == "-", signature == nil { throw ValidationError("Missing --signature, for standard input.") }
    } else if identity != nil || signature != nil || namespace != nil {
      throw ValidationError("--identity, --signature and --namespace are for --signers.")
    }
    if file == "-", report == "-" { throw ValidationError("Both cannot be standard input.") }
    if signature == "-" || signers == "-" || key.contains("-") {
      throw ValidationError("--signature, --signers and --key take files, not standard input.")
    }
    if let at, UTCTime(at) == nil {
      throw ValidationError("--at takes 2026-11-26T12:00:00Z or 2026-11-26.")
    }
  }

  func run() throws {
    let lines = key.isEmpty ? try verifySignature() : try verifyEnvelope()
    try OutputFile.write(Array((lines.joined(separator: "\n") + "\n").utf8), to: "-")
  }

  private var freshness: Freshness {
    Freshness(now: at.flatMap { UTCTime($0) } ?? FleetScope.clock, maximumAge: maxAge?.seconds)
  }

  private func verifySignature() throws(InputError) -> [String] {
    guard let signers, let identity else { return [] }
    let bytes = try InputFile.read(file, limit: SignableFile.sizeLimit)
    let purpose: String
    if let namespace { purpose = namespace } else { purpose = try SignableFile(bytes).purpose(file) }
    let good = try SSHKeygen.verify(
      bytes, of: file, signature: signature ?? "\(file).sig", signers: signers, identity: identity,
      namespace: purpose, at: at.flatMap { UTCTime($0) })
    let content = SignableFile(bytes)
    do throws(SigningFault) {
      if let subject { try content.check(subject: subject) }
      try content.check(freshness)
    } catch { throw error.of(file) }
    return [good] + content.lines
  }

  private func verifyEnvelope() throws(InputError) -> [String] {
    var keys: [VerifyingKey] = []
    for key in key { keys.append(try Self.publicKey(key)) }
    let bytes = try InputFile.read(file, limit: Envelope.sizeLimit)
    let verified: VerifiedStatement
    do throws(SigningFault) {
      verified = try VerifiedStatement(envelope: bytes, keys: keys)
      if let subject, subject != verified.subject {
        throw SigningFault("is about \(verified.subject.debugDescription), not \(subject.debugDescription)")
      }
      try verified.check(freshness)
    } catch { throw error.of(file) }
    if let report {
      guard verified.isAbout(try InputFile.read(report, limit: ReportStatement.reportLimit)) else {
        throw InputError(report, "is not the report that \(file) is about: its SHA-256 is another")
      }
    }
    return verified.lines
  }

  /// From a file, or from the line itself.
  private static func publicKey(_ text: String) throws(InputError) -> VerifyingKey {
    let isLine = VerifyingKey.looksLikeLine(Array(text.utf8))
    let bytes = isLine ? Array(text.utf8) : try KeyFile(text).bytes
    do { return try VerifyingKey(bytes) } catch { throw error.of(isLine ? "--key" : text) }
  }
}

extension VerifiedStatement {
  /// For people: who says what of which report, and when.
  var lines: [String] {
    var states: [RecordedState: Int] = [:]
    for state in capabilities.values { states[state, default: 0] += 1 }
    let counts = RecordedState.allCases.compactMap { state in states[state].map { "\($0) \(state.rawValue)" }
    }
    let who = [provider, layer?.rawValue, release.map { "release \($0)" }].compactMap { $0 }
    return [
      "signed by \(key.fingerprint) at \(signedAt)",
      "provider: \(who.isEmpty ? "not said" : who.joined(separator: ", "))",
      "class: \(hardwareClass ?? "not said")",
      "report \(subject): observed at \(observedAt), SHA-256 \(digest)",
      "capabilities: \(counts.isEmpty ? "none" : counts.joined(separator: ", "))",
    ]
  }
}
