// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import GRDB
import Tables

/// Writes what holds of a host from one moment until another.
///
/// A host's time is cut by its reports; between two of them what the earlier said holds. Laying a report's row over its
/// stretch of time, wherever that is, gives the same rows as if all reports had come in order: what is the same before
/// or behind grows together.
struct Spans {
  /// Behind every time.
  static let forever = "9999"

  private let valid, insert, delete, before, behind: Statement

  /// Made once in a database: a fleet writes very many rows.
  init(_ database: Database) throws {
    let columns = HostFacts.columns.joined(separator: ", ")
    let same = HostFacts.columns.map { "\($0) = ?" }.joined(separator: " AND ")
    let places = [String](repeating: "?", count: HostFacts.columns.count + 3).joined(separator: ", ")
    valid = try database.cachedStatement(
      sql: """
        SELECT \(columns), valid_from, valid_to FROM host_span WHERE host = ? AND valid_from <= ? AND valid_to > ?
        """)
    insert = try database.cachedStatement(
      sql: "INSERT INTO host_span (host, \(columns), valid_from, valid_to) VALUES (\(places))")
    delete = try database.cachedStatement(sql: "DELETE FROM host_span WHERE host = ? AND valid_from = ?")
    before = try database.cachedStatement(
      sql: "SELECT valid_from FROM host_span WHERE host = ? AND valid_to = ? AND \(same)")
    behind = try database.cachedStatement(
      sql: "SELECT valid_to FROM host_span WHERE host = ? AND valid_from = ? AND \(same)")
  }

  /// `row` holds from `from` until before `until`, and no other does.
  func lay(_ row: [Cell], of host: Int64, from: String, until: String, isFirst: Bool) throws {
    guard !isFirst else { return try insert(row, host, from, until) }
    if let old = try span(of: host, at: from) {
      if old.row == row { return }
      try cut(old, host, from, until)
    }
    try join(row, host, from, until)
  }

  private struct Span {
    let row: [Cell]
    let from, until: String
  }

  private func span(of host: Int64, at time: String) throws -> Span? {
    guard let row = try Row.fetchOne(valid, arguments: [host, time, time]) else { return nil }
    let cells = row.map { Store.cell($0.1) }
    return Span(
      row: Array(cells.dropLast(2)), from: cells[cells.count - 2].text, until: cells[cells.count - 1].text)
  }

  /// Takes a stretch out of a span: what was before stays, and what was behind.
  private func cut(_ span: Span, _ host: Int64, _ from: String, _ until: String) throws {
    try delete(host, span.from)
    if span.from < from { try insert(span.row, host, span.from, from) }
    if until < span.until { try insert(span.row, host, until, span.until) }
  }

  /// Adds a stretch, together with the same row right before and right behind it.
  private func join(_ row: [Cell], _ host: Int64, _ from: String, _ until: String) throws {
    var (start, end) = (from, until)
    if let edge = try edge(before, row, host, from) {
      try delete(host, edge)
      start = edge
    }
    if until != Self.forever, let edge = try edge(behind, row, host, until) {
      try delete(host, until)
      end = edge
    }
    try insert(row, host, start, end)
  }

  /// The other end of the span of this very row that begins or ends at `time`; `nil`: there is none.
  private func edge(_ statement: Statement, _ row: [Cell], _ host: Int64, _ time: String) throws -> String? {
    try String.fetchOne(statement, arguments: Self.values([.integer(host), .text(time)] + row))
  }

  private func insert(_ row: [Cell], _ host: Int64, _ from: String, _ until: String) throws {
    try insert.execute(arguments: Self.values([.integer(host)] + row + [.text(from), .text(until)]))
  }

  private func delete(_ host: Int64, _ from: String) throws {
    try delete.execute(arguments: [host, from])
  }

  /// Optionals, as FactWriter says.
  static func values(_ cells: [Cell]) -> StatementArguments {
    StatementArguments(cells.map { $0.databaseValue as (any DatabaseValueConvertible)? })
  }
}
