// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import GRDB
import Tables

/// Writes what hosts say, each thing once.
struct FactWriter {
  private let statements: [FactTable: Statement]
  /// Numbers that are there already, as far as they came by.
  private var known: [FactTable: Set<Int64>] = [:]

  init(_ database: Database) throws {
    var statements: [FactTable: Statement] = [:]
    for table in FactTable.allCases {
      let places = [String](repeating: "?", count: table.columns.count).joined(separator: ", ")
      let columns = table.columns.joined(separator: ", ")
      statements[table] = try database.makeStatement(
        sql: "INSERT INTO \(table.rawValue) (\(columns)) VALUES (\(places)) ON CONFLICT DO NOTHING")
    }
    self.statements = statements
  }

  mutating func write(_ facts: HostFacts) throws {
    for set in facts.sets where isNew(set.number, in: set.table) {
      for member in set.members where isNew(member.number, in: member.table) {
        try insert(member.cells, member.number, into: member.table)
      }
      for row in set.rows { try insert(row, set.number, into: set.table) }
    }
  }

  private mutating func isNew(_ number: Int64, in table: FactTable) -> Bool {
    known[table, default: []].insert(number).inserted
  }

  private func insert(_ cells: [Cell], _ number: Int64, into table: FactTable) throws {
    try statements[table]?.execute(arguments: Spans.values([.integer(number)] + cells))
  }
}
