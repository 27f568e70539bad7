// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

public import HostModel
public import Planning

/// A statement that a given key has signed: the only way to one is through the signature.
///
/// It says who vouches for a report, not that the report is true, and not that it is still so: see `check`.
public struct VerifiedStatement: Sendable, Hashable {
  public let statement: ReportStatement
  /// The key whose signature holds.
  public let key: VerifyingKey

  /// Errors: no envelope, no signature of one of `keys`, another type of payload, another statement.
  public init(envelope text: [UInt8], keys: [VerifyingKey]) throws(SigningFault) {
    let envelope = try Envelope(text)
    guard let key = envelope.signer(among: keys) else {
      throw SigningFault("is not signed by \(keys.count == 1 ? "the given key" : "any of the given keys")")
    }
    // What is signed, too: a payload that was meant as something else must not be read as a statement.
    guard envelope.payloadType == ReportStatement.payloadType else {
      let type = envelope.payloadType.prefix(200).debugDescription
      throw SigningFault("holds \(type), not \(ReportStatement.payloadType)")
    }
    (statement, self.key) = (try ReportStatement(payload: envelope.payload), key)
  }

  /// What the report was called.
  public var subject: String { statement.subject }
  /// SHA-256 of the report, in hexadecimal.
  public var digest: String { statement.digest }
  public var provider: String? { statement.provider }
  public var layer: ServiceLayer? { statement.layer }
  public var release: String? { statement.release }
  public var hardwareClass: String? { statement.hardwareClass }
  public var observedAt: UTCTime { statement.observedAt }
  public var signedAt: UTCTime { statement.signedAt }
  public var capabilities: [String: RecordedState] { statement.capabilities }

  /// Refuses what is too old or from the future: both when the host was asked and when that was signed count.
  public func check(_ freshness: Freshness) throws(SigningFault) {
    for (time, what) in [(observedAt, "observed"), (signedAt, "signed")] {
      if let reason = freshness.reason(against: time, "\(what) at \(time)") { throw SigningFault(reason) }
    }
    if signedAt.later(by: Freshness.clockTolerance).secondsSince1970 < observedAt.secondsSince1970 {
      throw SigningFault("signed at \(signedAt), before the host was asked, at \(observedAt)")
    }
  }

  /// Whether a report is the one that is spoken of, byte for byte.
  public func isAbout(_ report: [UInt8]) -> Bool { Hexadecimal.digest(report) == digest }
}
