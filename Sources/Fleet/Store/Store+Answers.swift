// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import GRDB
public import Tables
public import Tape

extension Store {
  /// The answers to several questions of one scope, from one state of the store. Errors: SQL that is none.
  public func answers(_ queries: [Query], in scope: Scope) throws(InputError) -> [ResultTable] {
    do {
      return try queue.writeWithoutTransaction { database in
        var tables: [ResultTable] = []
        try database.inTransaction(.deferred) {
          // What their comments say names no view.
          let texts = queries.map { SchemaText.statements($0.sql).joined(separator: ";\n") }
          try prepare(texts, scope, database)
          tables = try queries.map { try Self.answer($0, database) }
          return .commit
        }
        return tables
      }
    } catch {
      kept = nil
      throw Self.refusal(path, error)
    }
  }

  /// The answer to somebody's own query. Errors: SQL that is none, or that does anything but read.
  public func answer(own sql: String, path: String, in scope: Scope) throws(InputError) -> ResultTable {
    do {
      return try queue.writeWithoutTransaction { database in
        try database.inTransaction(.deferred) {
          try prepare([sql], scope, database)
          return .commit
        }
        return try database.readOnly {
          let statement = try database.makeStatement(sql: sql)
          // VACUUM INTO and ATTACH write files and are no change of this database.
          let code = sql.split(separator: "\n").filter { !$0.hasPrefix("--") }.joined(separator: " ")
          let verb = code.split { $0 == " " || $0 == "\t" || $0 == "(" }.first.map { $0.uppercased() } ?? ""
          guard ["SELECT", "WITH", "VALUES"].contains(verb) else {
            throw InputError(path, "is no SELECT: the store is only read")
          }
          let columns = statement.columnNames.map { Column($0, .private) }
          let rows = try Self.rows(Row.fetchCursor(statement))
          return ResultTable(name: "sql", title: path, columns: columns, rows: rows)
        }
      }
    } catch {
      kept = nil
      throw Self.refusal(path, error)
    }
  }

  /// Makes what the texts read, as far as the scope's views are not there from the question before.
  private func prepare(_ texts: [String], _ scope: Scope, _ database: Database) throws {
    let state = try Int64.fetchOne(database, sql: "PRAGMA data_version") ?? 0
    var views: ScopeViews
    if let kept, kept.scope == scope, kept.state == state {
      views = kept
    } else {
      views = ScopeViews(scope, state: state, counts: folder != nil)
      try ScopeViews.drop(database)
    }
    kept = nil
    try views.make(for: texts, database)
    kept = views
  }

  private static func answer(_ query: Query, _ database: Database) throws -> ResultTable {
    let rows = try rows(Row.fetchCursor(database, sql: query.sql))
    return ResultTable(name: query.name, title: query.title, columns: query.columns, rows: rows)
  }

  private static func rows(_ cursor: RowCursor) throws -> [[Cell]] {
    var rows: [[Cell]] = []
    var texts = SharedTexts()
    while let row = try cursor.next() {
      rows.append((0..<row.count).map { texts.shared(cell(row[$0])) })
    }
    return rows
  }

  static func cell(_ value: DatabaseValue) -> Cell {
    switch value.storage {
    case .int64(let integer): .integer(integer)
    case .string(let text): .text(text)
    case .null: .text("")
    case .double(let number): .text("\(number)")
    case .blob: .text("")
    }
  }
}

/// Texts that occur in many rows, each in memory once.
private struct SharedTexts {
  /// Swift keeps as many bytes in place.
  private static let short = 15
  private static let most = 1 << 16

  private var known: Set<Cell> = []

  mutating func shared(_ cell: Cell) -> Cell {
    guard case .text(let text) = cell, text.utf8.count > Self.short else { return cell }
    if known.count >= Self.most { known.removeAll(keepingCapacity: true) }
    return known.insert(cell).memberAfterInsert
  }
}
