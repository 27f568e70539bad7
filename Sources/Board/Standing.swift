// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Tables

/// One cell of the matrix: a capability at a provider, or of a hardware class.
struct Standing: Sendable, Hashable {
  var state = CellState.unknown
  /// Stages that the farthest blocked host passes, 0 to 3; `nil`: not blocked, or not told.
  var passed: Int?
  /// Hosts or devices in this state.
  var count = Count.hidden
  /// Empty: no proof.
  var provenAt = ""
  /// The day of the last report; empty: none.
  var newest = ""
  /// All that were looked at.
  var hosts = Count.hidden

  init() {}

  /// The farthest state that any host has. At a provider a capability is absent only where no host has another state:
  /// beside hosts that say nothing it is unknown. Of a hardware class one host that never can speaks for all.
  init(_ row: FactRow, ofClass: Bool = false) {
    (hosts, newest, provenAt) = (row.count("hosts"), row.text("newest"), row.text("proven_at"))
    let last: [CellState] = ofClass ? [.absent, .unknown] : [.unknown, .absent]
    for next in [.proven, .usable, .ready, .blocked] + last {
      let count = row.count(next.rawValue)
      if !count.isSome { continue }
      (state, self.count) = (next, count)
      break
    }
    if state == .blocked, let farthest = row.integer("farthest"), (0...3).contains(farthest) {
      passed = Int(farthest)
    }
  }

  /// Devices of one kind, of all models.
  init(devices rows: [FactRow]) {
    for (next, column) in [(CellState.usable, "ready"), (.blocked, "blocked"), (.unknown, "unknown")] {
      let counts = rows.map { $0.count(column) }
      if !counts.contains(where: \.isSome) { continue }
      (state, count) = (next, Self.total(counts))
      break
    }
    if state == .unknown, rows.contains(where: { $0.count("total").isSome }), !count.isSome {
      state = .absent
    }
  }

  /// Usable where one could be given to a guest; blocked where all are assigned.
  init(virtualFunctions rows: [FactRow]) {
    let free = rows.map { $0.count("free") }
    let total = rows.map { $0.count("total") }
    if free.contains(where: \.isSome) {
      (state, count) = (.usable, Self.total(free))
    } else if total.contains(where: \.isSome) {
      (state, count) = (.blocked, Self.total(total))
    } else if !rows.isEmpty {
      state = .absent
    }
  }

  /// Buckets have no sum; one alone is its own.
  private static func total(_ counts: [Count]) -> Count {
    let some = counts.filter(\.isSome)
    if some.count == 1 { return some[0] }
    return Count.sum(counts).map { .exact($0) } ?? .hidden
  }

  /// Where a blocked one stops.
  var stage: Stage? { passed.map { Stage.allCases[$0] } }

  /// `blocked at firmware`; a state's word is always in it.
  var words: String {
    switch state {
    case .blocked: stage.map { "blocked: \($0.rawValue)" } ?? "blocked"
    default: state.rawValue
    }
  }
}
