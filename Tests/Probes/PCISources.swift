// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Evidence

/// Remembers what was asked.
final class QuestionLog: HostSource {
  private let host: any HostSource
  private(set) var questions: Set<Question> = []

  init(_ host: any HostSource) { self.host = host }

  func ask(_ question: Question) -> Answer {
    questions.insert(question)
    return host.ask(question)
  }
}

/// A copy: what the machine lacks is withheld.
struct WithholdingCopy: HostSource {
  let host: any HostSource

  init(_ host: any HostSource) { self.host = host }

  func ask(_ question: Question) -> Answer {
    let answer = host.ask(question)
    return answer == .absent ? .withheld("not in this copy") : answer
  }
}

/// A machine with some of its answers replaced.
struct DamagedMachine: HostSource {
  let host: any HostSource
  let damage: [Question: Answer]

  func ask(_ question: Question) -> Answer { damage[question] ?? host.ask(question) }
}
