// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

public import Evidence

/// Passes each question on once and keeps the answer, so that what was asked is what is on the tape.
///
/// Not Sendable: one run, one recorder.
public final class Recorder: HostSource {
  private let host: any HostSource
  private var store = AnswerStore()

  public init(_ host: any HostSource) { self.host = host }

  public func ask(_ question: Question) -> Answer {
    store.answer(to: question) { host.ask(question) }
  }

  /// Everything asked so far: a copy.
  public var tape: Tape {
    var tape = Tape()
    for position in store.positions { tape[store.question(at: position)] = store.answer(at: position) }
    return tape
  }

  /// What `tape` would write, in pieces: `drain` is called often and may take what is there.
  public func writeTape(into output: inout [UInt8], draining drain: (inout [UInt8]) -> Void) {
    TapeHeader.write(into: &output)
    for position in TapeOrder(store).positions {
      store.writeLine(at: position, into: &output)
      drain(&output)
    }
  }
}
