// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

public import Evidence

/// Every question put to a host and what it answered: the interchange format.
public struct Tape: HostSource, Sendable, Hashable {
  public private(set) var answers: [Question: Answer]

  public init(_ answers: [Question: Answer] = [:]) { self.answers = answers }

  public func ask(_ question: Question) -> Answer { answers[question] ?? .withheld("not on this tape") }

  public subscript(question: Question) -> Answer? {
    get { answers[question] }
    set { answers[question] = newValue }
  }
}
