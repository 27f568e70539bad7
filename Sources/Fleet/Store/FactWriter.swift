// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import GRDB
import Tables

/// Writes what hosts say, each thing once.
struct FactWriter {
  /// Rows that one statement inserts: that costs a third of as many statements.
  private static let most = 16

  private let database: Database
  /// By the number of rows, from 1.
  private var statements: [FactTable: [Int: Statement]] = [:]
  /// Numbers that are there already, as far as they came by.
  private var known: [FactTable: Set<Int64>] = [:]

  init(_ database: Database) { self.database = database }

  mutating func write(_ facts: HostFacts) throws {
    for set in facts.sets where isNew(set.number, in: set.table) {
      for member in set.members where isNew(member.number, in: member.table) {
        try insert([member.cells][...], member.number, into: member.table)
      }
      var left = set.rows[...]
      while !left.isEmpty {
        try insert(left.prefix(Self.most), set.number, into: set.table)
        left = left.dropFirst(Self.most)
      }
    }
  }

  private mutating func isNew(_ number: Int64, in table: FactTable) -> Bool {
    known[table, default: []].insert(number).inserted
  }

  private mutating func insert(_ rows: ArraySlice<[Cell]>, _ number: Int64, into table: FactTable) throws {
    // Optionals of any kind: GRDB asks an array of one kind by key path, which takes several times as long.
    var values: [(any DatabaseValueConvertible)?] = []
    values.reserveCapacity(rows.count * table.columns.count)
    for row in rows {
      values.append(number.databaseValue)
      for cell in row { values.append(cell.databaseValue) }
    }
    try statement(for: rows.count, table).execute(arguments: StatementArguments(values))
  }

  private mutating func statement(for rows: Int, _ table: FactTable) throws -> Statement {
    if let made = statements[table]?[rows] { return made }
    let places = "(" + [String](repeating: "?", count: table.columns.count).joined(separator: ", ") + ")"
    let made = try database.cachedStatement(
      sql: """
        INSERT INTO \(table.rawValue) (\(table.columns.joined(separator: ", ")))
        VALUES \([String](repeating: places, count: rows).joined(separator: ", ")) ON CONFLICT DO NOTHING
        """)
    statements[table, default: [:]][rows] = made
    return made
  }
}
