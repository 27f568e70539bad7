// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

/// What became of one input.
public enum Outcome: Hashable, Sendable {
  /// Read as what it may be, and every property held.
  case taken
  /// Refused in the way that is meant for bad input; the reason, for people.
  case refused(String)
  /// A property does not hold: a finding.
  case broken(String)

  public var finding: String? { if case .broken(let why) = self { why } else { nil } }
}

/// A property that does not hold.
struct Broken: Error {
  let why: String
  init(_ why: String) { self.why = why }
}

extension Outcome {
  /// `taken` if `body` returns; what it throws else decides.
  init(_ body: () throws -> Void) {
    do {
      try body()
      self = .taken
    } catch let error as Broken {
      self = .broken(error.why)
    } catch {
      self = .refused("\(error)")
    }
  }
}

/// Throws a finding unless the condition holds.
func hold(_ condition: Bool, _ why: @autoclosure () -> String) throws(Broken) {
  guard condition else { throw Broken(why()) }
}
