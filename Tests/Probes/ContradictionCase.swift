// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Evidence
import HostModel
import Tape
import Testing

/// What a host shows, and the contradiction that comes of it.
struct ContradictionCase: Sendable, CustomTestStringConvertible {
  let id: String
  let changes: [Question: Answer]
  var testDescription: String { id }

  init(_ id: String, _ changes: [Question: Answer]) { (self.id, self.changes) = (id, changes) }
}

extension LadderHost {
  func contradictions(_ changes: [Question: Answer]) -> [Contradiction] {
    probe.examine(with(changes)).contradictions
  }

  /// It is found, and with any one of its sources lost, in whatever way, there is none of that name.
  func expectContradiction(_ row: ContradictionCase) throws {
    let found = try #require(contradictions(row.changes).first { $0.id == row.id })
    #expect(Set(found.citing).count == found.citing.count && found.citing.count > 1)
    for question in found.citing {
      for loss in [Answer.denied, .withheld("lost"), .failed(code: 5, "EIO")] {
        let changes = row.changes.merging([question: loss]) { $1 }
        #expect(!contradictions(changes).contains { $0.id == row.id }, "\(question) \(loss)")
      }
    }
  }
}
