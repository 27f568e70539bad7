// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

public import Evidence

/// Passes each question on once and keeps the answer, so that what was asked is what is on the tape.
///
/// Not Sendable: one run, one recorder.
public final class Recorder: HostSource {
  private let host: any HostSource
  private var store = AnswerStore()

  /// Bytes: `file:/sys/bus/pci/devices/0000:3b`, the functions of a bus.
  private static let beginning = 33

  public init(_ host: any HostSource) { self.host = host }

  public func ask(_ question: Question) -> Answer {
    if let known = store[question] { return known }
    let answer = host.ask(question)
    store.add(question, answer)
    return answer
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
    // Sorted by how they begin, then all that begin alike: tens of thousands of texts need not be there at once.
    let groups = Dictionary(grouping: store.positions) {
      Array(store.question(at: $0).description.utf8.prefix(Self.beginning))
    }
    for beginning in groups.keys.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
      let answers = (groups[beginning] ?? []).map { (store.question(at: $0), store.answer(at: $0)) }
      Tape.writeLines(answers, into: &output, draining: drain)
    }
  }
}
