// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Tables

extension HostFacts {
  /// Rows of all tables of sets, in the order of their columns; the same facts give the same rows in the same order.
  func eachRow(_ body: (_ table: FactTable, _ row: [Cell]) -> Void) {
    for set in sets {
      for member in set.members.sorted(by: { ($0.table.rawValue, $0.number) < ($1.table.rawValue, $1.number) }
      ) {
        body(member.table, [.integer(member.number)] + member.cells)
      }
      let rows = set.rows.map { row in (row, row.map(\.text).joined(separator: "\u{1f}")) }
      for (row, _) in rows.sorted(by: { Array($0.1.utf8).lexicographicallyPrecedes(Array($1.1.utf8)) }) {
        body(set.table, [.integer(set.number)] + row)
      }
    }
  }
}
