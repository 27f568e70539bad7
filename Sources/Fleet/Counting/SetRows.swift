// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import GRDB

/// Reads rows of sets, each set's one after the other, in the order of the table's key.
enum SetRows {
  /// To look a set up takes as long as to read past so many rows.
  private static let rowsPerLook = 20

  static func each(
    _ table: FactTable, of sets: Set<Int64>, _ database: Database, _ body: (GRDB.Row) throws -> Void
  ) throws {
    let columns = table.columns.joined(separator: ", ")
    let all = "SELECT \(columns) FROM \(table.rawValue)"
    let count = try Int.fetchOne(database, sql: "SELECT COUNT(*) FROM \(table.rawValue)") ?? 0
    if count / rowsPerLook <= sets.count {
      let rows = try GRDB.Row.fetchCursor(database, sql: "\(all) ORDER BY set_id")
      var (set, isWanted) = (FactNumber.nothing, false)
      while let row = try rows.next() {
        let number: Int64 = row[0]
        if number != set { (set, isWanted) = (number, sets.contains(number)) }
        if isWanted { try body(row) }
      }
    } else {
      let statement = try database.makeStatement(sql: "\(all) WHERE set_id = ?")
      for set in sets.sorted() {
        let rows = try GRDB.Row.fetchCursor(statement, arguments: [set])
        while let row = try rows.next() { try body(row) }
      }
    }
  }
}
