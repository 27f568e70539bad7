// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import GRDB
internal import Tables
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
  /// The views of the scope asked last; `nil`: something has been taken in since.
  var kept: ScopeViews?

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
      // One answer straight over reports takes little memory, however many there are: what does not fit is on disk.
      try database.execute(sql: "PRAGMA cache_size = \(use == .temporary ? -8192 : -32768)")
      try database.execute(sql: "PRAGMA temp_store = \(use == .temporary ? "FILE" : "MEMORY")")
    }
    return configuration
  }

  /// Steps from one released schema to the next; a released one is never changed.
  private static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("1") { database in try database.execute(sql: SchemaText.firstTables) }
    migrator.registerMigration("2") { database in try SpanTables.replace(in: database) }
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

extension Cell {
  var databaseValue: DatabaseValue {
    switch self {
    case .integer(let value): value.databaseValue
    case .text(let value): value.databaseValue
    }
  }
}
