// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import GRDB
import Tables

/// Writes what holds of a host from one moment until another.
///
/// A host's time is cut by its reports; between two of them what the earlier said holds. Laying a report's rows over its
/// stretch of time, wherever that is, gives the same rows as if all reports had come in order: what is the same before
/// or behind grows together.
struct Spans {
  /// Behind every time.
  static let forever = "9999"

  private let statements: [FactTable: Statements]

  init(_ database: Database) throws {
    var statements: [FactTable: Statements] = [:]
    for table in FactTable.allCases { statements[table] = try Statements(table, database) }
    self.statements = statements
  }

  /// One table's, made once: a fleet writes millions of rows.
  private struct Statements {
    let valid, insert, delete, before, behind: Statement
    let keys: Int

    init(_ table: FactTable, _ database: Database) throws {
      let name = table.rawValue
      let columns = table.columns.joined(separator: ", ")
      let same = table.columns.map { "\($0) = ?" }.joined(separator: " AND ")
      let key = table.key.map { " AND \($0) = ?" }.joined()
      let places = [String](repeating: "?", count: table.columns.count + 3).joined(separator: ", ")
      valid = try database.makeStatement(
        sql: """
          SELECT \(columns), valid_from, valid_to FROM \(name) WHERE host = ? AND valid_from <= ? AND valid_to > ?
          """)
      insert = try database.makeStatement(
        sql: "INSERT INTO \(name) (host, \(columns), valid_from, valid_to) VALUES (\(places))")
      delete = try database.makeStatement(
        sql: "DELETE FROM \(name) WHERE host = ? AND valid_from = ?\(key)")
      before = try database.makeStatement(
        sql: "SELECT valid_from FROM \(name) WHERE host = ? AND valid_to = ? AND \(same)")
      behind = try database.makeStatement(
        sql: "SELECT valid_to FROM \(name) WHERE host = ? AND valid_from = ? AND \(same)")
      keys = table.key.count
    }
  }

  /// The rows of `facts` hold from `from` until before `until`, and no others do.
  func lay(_ facts: HostFacts, of host: Int64, from: String, until: String, isFirst: Bool) throws {
    for (table, statements) in statements {
      let new = facts.rows[table] ?? []
      guard !isFirst else {
        for row in new { try insert(row, host, from, until, statements) }
        continue
      }
      let old = try spans(of: host, at: from, statements)
      for span in old where !new.contains(span.row) { try cut(span, host, from, until, statements) }
      let kept = Set(old.map(\.row))
      for row in new where !kept.contains(row) { try join(row, host, from, until, statements) }
    }
  }

  private struct Span {
    let row: [Cell]
    let from, until: String
  }

  private func spans(of host: Int64, at time: String, _ table: Statements) throws -> [Span] {
    var spans: [Span] = []
    let cursor = try Row.fetchCursor(table.valid, arguments: [host, time, time])
    while let row = try cursor.next() {
      let cells = row.map { Store.cell($0.1) }
      spans.append(
        Span(
          row: Array(cells.dropLast(2)), from: cells[cells.count - 2].text, until: cells[cells.count - 1].text
        ))
    }
    return spans
  }

  /// Takes a stretch out of a span: what was before stays, and what was behind.
  private func cut(
    _ span: Span, _ host: Int64, _ from: String, _ until: String, _ table: Statements
  ) throws {
    try delete(span.row, host, span.from, table)
    if span.from < from { try insert(span.row, host, span.from, from, table) }
    if until < span.until { try insert(span.row, host, until, span.until, table) }
  }

  /// Adds a stretch, together with the same row right before and right behind it.
  private func join(
    _ row: [Cell], _ host: Int64, _ from: String, _ until: String, _ table: Statements
  ) throws {
    var (start, end) = (from, until)
    if let before = try edge(table.before, row, host, from) {
      try delete(row, host, before, table)
      start = before
    }
    if until != Self.forever, let behind = try edge(table.behind, row, host, until) {
      try delete(row, host, until, table)
      end = behind
    }
    try insert(row, host, start, end, table)
  }

  /// The other end of the span of this very row that begins or ends at `time`; `nil`: there is none.
  private func edge(_ statement: Statement, _ row: [Cell], _ host: Int64, _ time: String) throws -> String? {
    try String.fetchOne(statement, arguments: Self.values([.integer(host), .text(time)] + row))
  }

  private func insert(
    _ row: [Cell], _ host: Int64, _ from: String, _ until: String, _ table: Statements
  ) throws {
    try table.insert.execute(
      arguments: Self.values([.integer(host)] + row + [.text(from), .text(until)]))
  }

  private func delete(_ row: [Cell], _ host: Int64, _ from: String, _ table: Statements) throws {
    try table.delete.execute(
      arguments: Self.values([.integer(host), .text(from)] + row.prefix(table.keys)))
  }

  private static func values(_ cells: [Cell]) -> StatementArguments {
    StatementArguments(cells.map(\.databaseValue))
  }
}
