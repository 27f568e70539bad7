// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Fleet
import FoundationEssentials
import HostModel
import Signing

/// Signatures, keys, and what is signed.
enum SigningTargets {
  private static let now = UTCTime("2026-11-27T00:00:00Z") ?? .epoch

  /// A key that everybody knows, as PKCS#8: RFC 8410, section 7.
  private static let key: SigningKey? = try? SigningKey(
    pem(
      [0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 0x22, 4, 0x20]
        + [UInt8](repeating: 7, count: 32),
      as: "PRIVATE KEY"))

  /// `verify ENVELOPE`: no stranger's envelope is signed by our key.
  @Sendable static func envelope(_ input: [UInt8]) throws {
    guard let key else { throw Broken("the known key is none") }
    let envelope = try Envelope(input)
    try hold(envelope.signer(among: [key.publicKey]) == nil, "signed by a key that signed nothing")
    try hold((try? Envelope(envelope.text)) == envelope, "the envelope does not survive its text")
  }

  /// The statement in an envelope that a known key has signed.
  @Sendable static func statement(_ input: [UInt8]) throws {
    guard let key else { throw Broken("the known key is none") }
    let envelope = try Envelope(signing: input, of: ReportStatement.payloadType, by: key)
    let verified = try VerifiedStatement(envelope: envelope.text, keys: [key.publicKey])
    _ = try? verified.check(Freshness(now: now, maximumAge: 86_400))
    let again = try? Envelope(signing: verified.statement.payload, of: ReportStatement.payloadType, by: key)
    let read = try? again.map { try VerifiedStatement(envelope: $0.text, keys: [key.publicKey]) }
    try hold(read?.statement == verified.statement, "the statement does not survive its text")
  }

  private static let labels = ["PRIVATE KEY", "PUBLIC KEY", "OPENSSH PRIVATE KEY", "SSH SIGNATURE"]

  /// Keys and signatures as text, or as the bytes in an armour that the first byte chooses.
  @Sendable static func keys(_ input: [UInt8]) throws {
    guard let choice = input.first else { return }
    let rest = Array(input.dropFirst())
    let index = Int(choice) % (labels.count + 1)
    let text = index < labels.count ? pem(rest, as: labels[index]) : rest
    if let signature = SSHSignature(armored: text) {
      try hold(!signature.isOver(Array("nobody signed this".utf8)), "a signature over what nobody signed")
      _ = SSHSignature.fingerprint(signature.key)
    }
    _ = try? AllowedSigners(String(decoding: text, as: UTF8.self), path: "signers")
    if let key = try? VerifyingKey(text) { try hold(key.raw.count == 32, "a key of \(key.raw.count) bytes") }
    let key = try SigningKey(text)
    let message = Array("message".utf8)
    let isValid = (try? key.signature(for: message)).map { key.publicKey.isValid($0, for: message) }
    try hold(isValid == true, "a key that does not verify what it signs")
  }

  /// What `sign` and `verify` make of a file.
  @Sendable static func signable(_ input: [UInt8]) throws {
    let file = SignableFile(input)
    _ = (file.lines, file.namespace)
    _ = try? file.check(subject: "acme")
    try file.check(Freshness(now: now, maximumAge: 86_400))
  }

  private static func pem(_ bytes: [UInt8], as label: String) -> [UInt8] {
    let body = Data(bytes).base64EncodedString(options: [.lineLength64Characters, .endLineWithLineFeed])
    return Array("-----BEGIN \(label)-----\n\(body)\n-----END \(label)-----\n".utf8)
  }
}
