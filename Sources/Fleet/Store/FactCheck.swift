// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import GRDB
import Tables

/// What is wrong with spans and sets, a line for each table.
struct FactCheck {
  let database: Database

  func lines() throws -> [String] {
    let spans = try count(
      """
      SELECT (SELECT COUNT(*) FROM host_span WHERE valid_from >= valid_to)
        + (SELECT COUNT(*) FROM host_span a JOIN host_span b
           ON a.host = b.host AND a.valid_from < b.valid_from AND a.valid_to > b.valid_from)
      """)
    var lines = spans > 0 ? ["host_span: \(spans) spans are empty or overlap"] : []
    for table in FactTable.allCases {
      let bad = table.isSet ? try changedSets(table) : try changedRows(table)
      if bad > 0 {
        lines.append(
          "\(table.rawValue): \(bad) \(table.isSet ? "sets" : "rows") are not what their number says")
      }
    }
    for (column, table) in FactTable.namedBySpans {
      lines += try missing(table, named: column, by: "host_span", noun: "spans")
    }
    for (set, column, table) in FactTable.namedBySets {
      lines += try missing(table, named: column, by: set.rawValue, noun: "rows")
    }
    return lines
  }

  private func count(_ sql: String) throws -> Int { try Int.fetchOne(database, sql: sql) ?? 0 }

  private func missing(
    _ table: FactTable, named column: String, by name: String, noun: String
  ) throws -> [String] {
    let bad = try count(
      """
      SELECT COUNT(*) FROM \(name) s WHERE s.\(column) <> \(FactNumber.nothing) AND NOT EXISTS
        (SELECT 1 FROM \(table.rawValue) t WHERE t.\(table.columns[0]) = s.\(column))
      """)
    return bad > 0 ? ["\(table.rawValue): is not there for \(bad) \(noun) of \(name)"] : []
  }

  private func changedRows(_ table: FactTable) throws -> Int {
    let rows = try Row.fetchCursor(database, sql: select(table))
    var bad = 0
    while let row = try rows.next() {
      if FactNumber.of(row: row.dropFirst().map { Store.cell($0.1) }) != row[0] { bad += 1 }
    }
    return bad
  }

  private func changedSets(_ table: FactTable) throws -> Int {
    let rows = try Row.fetchCursor(database, sql: select(table))
    var bad = 0
    var (number, set): (Int64?, [[Cell]]) = (nil, [])
    func close() { if let number, FactNumber.of(set: set) != number { bad += 1 } }
    while let row = try rows.next() {
      if row[0] != number {
        close()
        (number, set) = (row[0], [])
      }
      set.append(row.dropFirst().map { Store.cell($0.1) })
    }
    close()
    return bad
  }

  /// In the order of numbers, which is the table's own.
  private func select(_ table: FactTable) -> String {
    let columns = table.columns.joined(separator: ", ")
    return "SELECT \(columns) FROM \(table.rawValue) ORDER BY \(table.columns[0])"
  }
}
