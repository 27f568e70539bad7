// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Evidence
import HostModel
import LawKit
import Tape
import Testing

/// One way in which a host differs from the healthy one of its kind, and where its ladder stops for it.
struct LadderCase: Sendable, CustomTestStringConvertible {
  let ladder: String
  let changes: [Question: Answer]
  let rung: String
  let reason: Reason
  let state: CapabilityState
  var testDescription: String { "\(ladder) stops at \(rung): \(reason.id)" }

  init(
    _ ladder: String, _ changes: [Question: Answer], _ rung: String, _ reason: Reason,
    _ state: CapabilityState = .blocked
  ) {
    (self.ladder, self.changes, self.rung, self.reason, self.state) = (ladder, changes, rung, reason, state)
  }
}

/// A host of which tests change what they are about.
struct LadderHost: Sendable {
  let answers: [Question: Answer]
  let probe: any Probe.Type

  func with(_ changes: [Question: Answer]) -> Tape { Tape(answers.merging(changes) { _, new in new }) }

  func climb(_ id: String, _ changes: [Question: Answer] = [:]) -> Climb {
    let ladder = probe.ladders.first { $0.id == id } ?? Ladder(id, "no such ladder", [])
    return ladder.climb(with(changes))
  }

  func expectStop(_ row: LadderCase) {
    let climb = climb(row.ladder, row.changes)
    let stop = climb.stopsAt
    #expect(stop?.rung.id == row.rung)
    #expect(stop?.judgement.reason == row.reason)
    #expect(climb.state == row.state)
    #expect(climb.steps.allSatisfy { !$0.judgement.citing.isEmpty })
  }

  func expectLaw(_ changes: [Question: Answer]) {
    let violations = EvidenceLoss.violations(on: with(changes), probes: [probe])
    #expect(violations.isEmpty, "\(violations.prefix(5).joined(separator: "\n"))")
  }

  func expectDeniedIsUnknown() {
    for ladder in probe.ladders {
      let climb = ladder.climb(Tape(answers.mapValues { _ in .denied }))
      #expect(climb.state == .unknown)
      #expect(climb.steps.allSatisfy { $0.judgement.verdict == .unknown })
    }
  }
}
