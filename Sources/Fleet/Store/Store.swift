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
      queue = try DatabaseQueue(path: "", configuration: Self.configuration(.temporary))
      try Self.migrator.migrate(queue)
    } catch { throw Self.refusal("the fleet's temporary store", error) }
  }

  /// Errors: not there although it must be, not writable, not ours, of a newer hostcap, or damaged.
  ///
  /// - Parameters:
  ///   - creating: makes what is not there.
  ///   - reading: for questions alone: needs no right to write, and waits for nobody who does.
  public init(at folder: String, creating: Bool, reading: Bool = false) throws(InputError) {
    self.folder = folder
    let path = "\(folder)/\(Self.file)"
    guard creating || StoreFiles.exists(path) else {
      throw InputError(folder, "holds no fleet: hostcap fleet ingest REPORTS --db \(folder) makes one")
    }
    do {
      if creating { try StoreFiles.makeFolder("\(folder)/segments") }
      queue = try DatabaseQueue(path: path, configuration: Self.configuration(reading ? .reading : .writing))
      let isReady = try Self.check(queue, path)
      guard !isReady else { return }
      guard !reading else {
        throw InputError(path, "is of an older hostcap: ingest anything, and it is brought up to date")
      }
      try Self.migrator.migrate(queue)
      try queue.writeWithoutTransaction { database in
        try database.execute(sql: "PRAGMA application_id = \(Self.applicationID)")
      }
    } catch { throw Self.refusal(path, error) }
  }

  private enum Use { case temporary, reading, writing }

  /// No write-ahead log: who may only read could not open it. Batches are large, and so syncing each costs nothing.
  private static func configuration(_ use: Use) -> Configuration {
    var configuration = Configuration()
    configuration.busyMode = .timeout(30)
    configuration.readonly = use == .reading
    configuration.prepareDatabase { database in
      if use == .temporary { try database.execute(sql: "PRAGMA journal_mode = OFF") }
      if use == .temporary { try database.execute(sql: "PRAGMA synchronous = OFF") }
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

  /// Whether there is nothing to bring up to date.
  private static func check(_ queue: DatabaseQueue, _ path: String) throws -> Bool {
    try queue.read { database in
      let id = try Int.fetchOne(database, sql: "PRAGMA application_id") ?? 0
      let tables = try String.fetchSet(database, sql: "SELECT name FROM sqlite_schema WHERE type = 'table'")
      let isEmpty = tables.isEmpty
      // One that was interrupted while it was made has our tables and no number yet.
      guard isEmpty || id == applicationID || id == 0 && tables.contains("grdb_migrations") else {
        throw InputError(path, "is somebody else's database")
      }
      guard try isEmpty || !migrator.hasBeenSuperseded(database) else {
        throw InputError(path, "was written by a newer hostcap")
      }
      return try !isEmpty && id == applicationID && migrator.hasCompletedMigrations(database)
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
