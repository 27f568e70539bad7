// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

/// An input that was not let in.
public struct Refusal: Error, Sendable, Hashable, CustomStringConvertible {
  /// A closed list; the words are for ever.
  public enum Reason: String, Sendable, CaseIterable {
    /// The file or the archive cannot be opened, or is damaged.
    case unreadable
    case tooLarge = "too-large"
    case notUTF8 = "not-utf-8"
    case notJSON = "not-json"
    case duplicateKey = "duplicate-key"
    case tooDeep = "too-deep"
    /// JSON, and neither a report nor a line with `machine` and `report`; or a field is missing or of another type.
    case notAReport = "not-a-report"
    case schemaVersion = "schema-version"
    /// A provider, a region or a host whose name is none.
    case identity
    case noTime = "no-time"
    /// Observed later than now: a clock is wrong.
    case future
    case tooOld = "too-old"
    /// Another report of this host has the same second. The one with the smaller digest stays, whichever came first.
    case conflict
    case unsigned
    /// By no key that is allowed for this host, or over other bytes.
    case signature
  }

  public let reason: Reason
  /// For people: what exactly, and where.
  public let detail: String
  /// The file, and for lines its number.
  public let source: String
  /// Whose report it would be; empty: not known.
  public let subject: String
  /// SHA-256 of the bytes; empty: there were none.
  public let digest: String

  public init(_ reason: Reason, _ detail: String, source: String, subject: String = "", digest: String = "") {
    (self.reason, self.detail, self.source) = (reason, detail, source)
    (self.subject, self.digest) = (subject, digest)
  }

  public var description: String { "\(source): \(detail)" }
}
