// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

public import Evidence

/// A measured value of the host, for people and for machines: `amd.sev.asids` = 509.
///
/// A fact that could not be learnt is left out; a rung says why.
public struct Fact: Sendable, Hashable {
  public enum Value: Sendable, Hashable {
    case flag(Bool)
    case count(UInt64)
    case text(String)
    case list([String])
  }
  /// Lower case, dotted, for ever. A unit that is not plain ends the id: `memory-bytes`.
  public let id: String
  public let value: Value
  public let citing: [Question]

  public init(_ id: String, _ value: Value, citing: [Question]) {
    (self.id, self.value, self.citing) = (id, value, citing)
  }
}

/// Two sources that cannot both be right, or that look so and are not.
public struct Contradiction: Sendable, Hashable {
  /// Lower case, dotted, for ever.
  public let id: String
  /// What was seen and what it means, one sentence.
  public let meaning: String
  public let citing: [Question]

  public init(_ id: String, _ meaning: String, citing: [Question]) {
    (self.id, self.meaning, self.citing) = (id, meaning, citing)
  }
}

/// Something an operator should know that no rung needs.
public struct Finding: Sendable, Hashable {
  public let reason: Reason
  /// What it is about: a PCI address, a module, `host`.
  public let subject: String
  public let because: String
  public let citing: [Question]

  public init(_ reason: Reason, subject: String, _ because: String, citing: [Question]) {
    (self.reason, self.subject, self.because, self.citing) = (reason, subject, because, citing)
  }
}
