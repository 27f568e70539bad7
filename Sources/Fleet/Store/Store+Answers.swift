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
          try prepare(queries.map(\.sql), scope, database)
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
          var rows: [[Cell]] = []
          let cursor = try Row.fetchCursor(statement)
          while let row = try cursor.next() { rows.append(row.map { Self.cell($0.1) }) }
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
      views = ScopeViews(scope, state: state)
      try ScopeViews.drop(database)
    }
    kept = nil
    try views.make(for: texts, database)
    kept = views
  }

  private static func answer(_ query: Query, _ database: Database) throws -> ResultTable {
    let cursor = try Row.fetchCursor(database, sql: query.sql)
    var rows: [[Cell]] = []
    while let row = try cursor.next() { rows.append(row.map { cell($0.1) }) }
    return ResultTable(name: query.name, title: query.title, columns: query.columns, rows: rows)
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
