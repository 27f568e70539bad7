// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Evidence
internal import HostModel

/// A host that notes what a ladder asks it: all that its verdicts rest on, besides the unit itself.
///
/// Not Sendable: one climb, one witness.
final class Witness: HostSource {
  private let host: any HostSource
  private var asked: Set<Question> = []
  /// In the order in which they were first asked.
  private(set) var answers: [(question: Question, answer: Answer)] = []
  /// Whether another function than the unit's own was looked up among its neighbours.
  private(set) var sawNeighbours = false

  init(_ host: any HostSource) { self.host = host }

  func ask(_ question: Question) -> Answer {
    let answer = host.ask(question)
    if asked.insert(question).inserted { answers.append((question, answer)) }
    return answer
  }

  fileprivate func noteNeighbour() { sawNeighbours = true }
}

extension HostSource {
  /// A function beside the one that is judged; `nil`: none is known. The one way to look at them from a rung.
  func neighbour(_ address: PCIAddress, in neighbours: [PCIAddress: PCIFunction]) -> PCIFunction? {
    (self as? Witness)?.noteNeighbour()
    return neighbours[address]
  }
}
