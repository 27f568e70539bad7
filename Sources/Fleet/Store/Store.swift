// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import GRDB
public import Tables
public import Tape

/// What is known of the fleet: rows in SQLite, and for a store on disk the reports as they came, in segments.
///
/// A folder that holds `fleet.sqlite` and `segments/`. A set of reports gives one content, whatever the order and the
/// number of times they came in.
public final class Store {
  /// "hcap"
  static let applicationID = 0x6863_6170
  private static let file = "fleet.sqlite"

  let queue: DatabaseQueue
  /// `nil`: a store of this run alone, without originals.
  public let folder: String?

  /// For one answer straight over reports: on disk only as far as memory is short, and gone afterwards.
  public init() throws(InputError) {
    folder = nil
    do {
      queue = try DatabaseQueue(path: "", configuration: Self.configuration)
      try Self.migrator.migrate(queue)
    } catch { throw Self.refusal("the fleet's temporary store", error) }
  }

  /// Errors: not there although it must be, not writable, not ours, of a newer hostcap, or damaged.
  public init(at folder: String, creating: Bool) throws(InputError) {
    self.folder = folder
    let path = "\(folder)/\(Self.file)"
    guard creating || StoreFiles.exists(path) else {
      throw InputError(folder, "holds no fleet: hostcap fleet ingest REPORTS --db \(folder) makes one")
    }
    do {
      if creating { try StoreFiles.makeFolder("\(folder)/segments") }
      queue = try DatabaseQueue(path: path, configuration: Self.configuration)
      try Self.check(queue, path)
      try Self.migrator.migrate(queue)
      try queue.writeWithoutTransaction { database in
        try database.execute(sql: "PRAGMA application_id = \(Self.applicationID)")
      }
    } catch { throw Self.refusal(path, error) }
  }

  private static var configuration: Configuration {
    var configuration = Configuration()
    configuration.busyMode = .timeout(30)
    configuration.prepareDatabase { database in
      // A crash of the machine may lose the last batch, and damages nothing: ingest takes it again.
      try database.execute(sql: "PRAGMA journal_mode = WAL")
      try database.execute(sql: "PRAGMA synchronous = NORMAL")
      try database.execute(sql: "PRAGMA cache_size = -32768")
      try database.execute(sql: "PRAGMA temp_store = MEMORY")
    }
    return configuration
  }

  /// Steps from one released schema to the next; a released one is never changed.
  private static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("1") { database in try database.execute(sql: SchemaText.tables) }
    return migrator
  }

  private static func check(_ queue: DatabaseQueue, _ path: String) throws {
    try queue.read { database in
      let id = try Int.fetchOne(database, sql: "PRAGMA application_id") ?? 0
      let isEmpty = try Int.fetchOne(database, sql: "SELECT COUNT(*) FROM sqlite_schema") == 0
      guard isEmpty || id == applicationID || id == 0 else {
        throw InputError(path, "is somebody else's database")
      }
      guard try isEmpty || !migrator.hasBeenSuperseded(database) else {
        throw InputError(path, "was written by a newer hostcap")
      }
    }
  }

  static func refusal(_ path: String, _ error: any Error) -> InputError {
    if let error = error as? InputError { return error }
    let text = (error as? DatabaseError).map { $0.message ?? "\($0.resultCode)" } ?? "\(error)"
    return InputError(path, text)
  }

  var path: String { folder.map { "\($0)/\(Self.file)" } ?? "the fleet's temporary store" }
}

extension Store {
  /// The answers to several questions of one scope, from one state of the store. Errors: SQL that is none.
  public func answers(_ queries: [Query], in scope: Scope) throws(InputError) -> [ResultTable] {
    do {
      return try queue.writeWithoutTransaction { database in
        try Self.makeViews(scope, database)
        var tables: [ResultTable] = []
        try database.inTransaction(.deferred) {
          tables = try queries.map { try Self.answer($0, database) }
          return .commit
        }
        return tables
      }
    } catch { throw Self.refusal(path, error) }
  }

  /// The answer to somebody's own query. Errors: SQL that is none, or that does anything but read.
  public func answer(own sql: String, path: String, in scope: Scope) throws(InputError) -> ResultTable {
    do {
      return try queue.writeWithoutTransaction { database in
        try Self.makeViews(scope, database)
        return try database.readOnly {
          let statement = try database.makeStatement(sql: sql)
          let columns = statement.columnNames.map { Column($0, .private) }
          var rows: [[Cell]] = []
          let cursor = try Row.fetchCursor(statement)
          while let row = try cursor.next() { rows.append(row.map { Self.cell($0.1) }) }
          return ResultTable(name: "sql", title: path, columns: columns, rows: rows)
        }
      }
    } catch { throw Self.refusal(path, error) }
  }

  private static func makeViews(_ scope: Scope, _ database: Database) throws {
    let names = try String.fetchAll(database, sql: "SELECT name FROM temp.sqlite_schema WHERE type = 'view'")
    for name in names { try database.execute(sql: "DROP VIEW temp.\(name)") }
    try database.execute(sql: scope.sql)
    try database.execute(sql: SchemaText.views)
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

extension Cell {
  var databaseValue: DatabaseValue {
    switch self {
    case .integer(let value): value.databaseValue
    case .text(let value): value.databaseValue
    }
  }
}
