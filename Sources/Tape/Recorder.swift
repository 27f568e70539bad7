// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

public import Evidence

/// Passes each question on once and keeps the answer, so that what was asked is what is on the tape.
///
/// Not Sendable: one run, one recorder.
public final class Recorder: HostSource {
  private let host: any HostSource
  public private(set) var tape = Tape()

  public init(_ host: any HostSource) { self.host = host }

  public func ask(_ question: Question) -> Answer {
    if let known = tape[question] { return known }
    let answer = host.ask(question)
    tape[question] = answer
    return answer
  }
}
