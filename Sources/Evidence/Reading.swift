// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

/// An answer after parsing, together with the question that it answers.
public struct Reading<Value: Sendable>: Sendable {
  public enum Outcome: Sendable {
    case value(Value)
    case absent
    case denied
    case withheld(String)
    /// There was an answer, but not of the documented form, or asking failed.
    case unreadable(String)
    /// There was no answer in time.
    case timedOut(String)
  }
  public let question: Question
  public let outcome: Outcome

  public init(_ question: Question, _ outcome: Outcome) {
    self.question = question
    self.outcome = outcome
  }

  /// The value, where there is one. For facts; a verdict goes through `judge`, which keeps the four others apart.
  public var value: Value? {
    if case .value(let value) = outcome { value } else { nil }
  }

  public var isAbsent: Bool {
    if case .absent = outcome { true } else { false }
  }

  public func map<Other: Sendable>(_ transform: (Value) -> Other) -> Reading<Other> {
    flatMap { .value(transform($0)) }
  }

  public func flatMap<Other: Sendable>(
    _ transform: (Value) -> Reading<Other>.Outcome
  ) -> Reading<Other> {
    switch outcome {
    case .value(let value): Reading<Other>(question, transform(value))
    case .absent: Reading<Other>(question, .absent)
    case .denied: Reading<Other>(question, .denied)
    case .withheld(let why): Reading<Other>(question, .withheld(why))
    case .unreadable(let why): Reading<Other>(question, .unreadable(why))
    case .timedOut(let why): Reading<Other>(question, .timedOut(why))
    }
  }
}

extension HostSource {
  /// Asks, then parses; `nil` from `parse` means that the bytes are not of the documented form.
  public func read<Value>(_ question: Question, as parse: (ArraySlice<UInt8>) -> Value?) -> Reading<Value> {
    switch ask(question) {
    case .bytes(let bytes):
      guard let value = parse(bytes[...]) else {
        return Reading(question, .unreadable("\(bytes.count) bytes not of the documented form"))
      }
      return Reading(question, .value(value))
    case .absent: return Reading(question, .absent)
    case .denied: return Reading(question, .denied)
    case .withheld(let why): return Reading(question, .withheld(why))
    // Source: kernel include/uapi/asm-generic/errno.h, ETIMEDOUT.
    case .failed(code: 110, let what): return Reading(question, .timedOut(what))
    case .failed(let code, let what):
      return Reading(question, .unreadable(code == 0 ? what : "\(what) (errno \(code))"))
    }
  }
}
