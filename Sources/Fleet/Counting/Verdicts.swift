// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import GRDB
import Tables

/// The view `verdict`, as far as classes are counted by it.
struct Verdicts {
  struct Verdict {
    /// Its place among the capabilities.
    let capability: Int
    /// Its place among ready, blocked, absent and unknown; `nil`: another.
    let state: Int?
    let isUsable, isProven: Bool
  }

  private(set) var capabilities: [Cell] = []
  /// By the rule's number, then by the fact's place; `nil`: the filters do not let it through.
  private(set) var rules: [Int64: [Verdict?]] = [:]

  init(_ counts: CapabilityCounts, _ database: Database) throws {
    let facts = Dictionary(zip(counts.facts, counts.facts.indices)) { first, _ in first }
    var places: [Cell: Int] = [:]
    let rows = try GRDB.Row.fetchCursor(
      database, sql: "SELECT rule, fact, capability, state, usable, proven FROM verdict")
    while let row = try rows.next() {
      let (rule, number, state): (Int64, Int64, String) = (row[0], row[1], row[3])
      let capability = Cell.text(row[2])
      guard let fact = facts[number] else { continue }
      if places[capability] == nil {
        places[capability] = capabilities.count
        capabilities.append(capability)
      }
      rules[rule, default: [Verdict?](repeating: nil, count: counts.facts.count)][fact] = Verdict(
        capability: places[capability] ?? 0,
        state: ["ready", "blocked", "absent", "unknown"].firstIndex(of: state),
        isUsable: row[4] == 1, isProven: row[5] == 1)
    }
  }
}
