// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

public import Evidence

/// Every question put to a host and what it answered: the interchange format.
public struct Tape: HostSource, Sendable, Hashable {
  /// In parts by the question's hash: a dictionary of tens of thousands is for a moment there twice when it grows.
  private var parts: [[Question: Answer]]

  private static let partCount = 64

  public init(_ answers: [Question: Answer] = [:]) {
    parts = Array(repeating: [:], count: Self.partCount)
    for (question, answer) in answers { self[question] = answer }
  }

  /// All of them at once: a copy.
  public var answers: [Question: Answer] {
    var all: [Question: Answer] = [:]
    all.reserveCapacity(parts.reduce(0) { $0 + $1.count })
    for part in parts { all.merge(part) { first, _ in first } }
    return all
  }

  public func ask(_ question: Question) -> Answer { self[question] ?? .withheld("not on this tape") }

  public subscript(question: Question) -> Answer? {
    get { parts[Self.part(of: question)][question] }
    set { parts[Self.part(of: question)][question] = newValue }
  }

  private static func part(of question: Question) -> Int {
    Int(UInt(bitPattern: question.hashValue) % UInt(partCount))
  }
}
