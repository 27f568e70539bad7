// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import GRDB

/// The views of one scope in one database. What many questions share is a table for the time being, made once; the texts
/// that read it are the same.
struct ScopeViews {
  let scope: Scope
  /// Of the database when it was read: `PRAGMA data_version`.
  let state: Int64
  /// Whether hostcap counts for SQLite. It takes memory for each host, and so answers straight over reports do without.
  private let counts: Bool
  private var made: Set<String> = []

  init(_ scope: Scope, state: Int64, counts: Bool) {
    (self.scope, self.state, self.counts) = (scope, state, counts)
  }

  /// Views that become tables, with the columns that tell their rows apart.
  private static let tables: [String: [String]] = [
    "proven": ["provider", "class", "capability"], "proven_class": ["provider", "class"],
    "reporting": ["host"], "part": ["part"], "held": ["part", "fact"], "verdict": ["rule", "fact"],
    "standing_count": [], "class_count": [], "device_verdict": ["expired", "outcome"],
    "device_stock": ["stock"], "product_count": ["product"], "card_count": [],
    "stop_count": [], "closer": ["host"],
  ]

  private struct View {
    let name, select: String
    /// Of other views.
    let reads: Set<String>
  }

  /// In the order of views.sql: each reads earlier ones only.
  private static let all: [View] = {
    var views: [View] = []
    let head = "CREATE TEMPORARY VIEW "
    for code in SchemaText.statements(SchemaText.views) {
      guard code.hasPrefix(head), let name = code.dropFirst(head.count).split(separator: " ").first else {
        continue
      }
      let select = String(code.dropFirst(head.count + name.count + " AS\n".count))
      views.append(
        View(
          name: String(name), select: select, reads: Set(views.map(\.name)).intersection(words(of: select))))
    }
    return views
  }()

  /// Those of comments too: who asks on his own may write a text that looks like one.
  private static func words(of sql: String) -> Set<String> {
    Set(sql.lowercased().split { !($0.isLetter || $0.isNumber || $0 == "_") }.map(String.init))
  }

  /// Drops what an earlier scope has left.
  static func drop(_ database: Database) throws {
    let rows = try Row.fetchAll(
      database, sql: "SELECT type, name FROM temp.sqlite_schema WHERE type IN ('view', 'table')")
    for row in rows {
      let (type, name): (String, String) = (row[0], row[1])
      if name.hasPrefix("sqlite_") { continue }
      try database.execute(sql: "DROP \(type == "view" ? "VIEW" : "TABLE") temp.\(name)")
    }
  }

  /// Makes what the texts need and is not there yet.
  mutating func make(for texts: [String], _ database: Database) throws {
    if made.isEmpty {
      try database.execute(sql: scope.sql)
      made.insert("scope")
    }
    let needed = closure(texts)
    // Hosts one by one are read many times over; who only counts them reads them once.
    let readsHosts = !counts || needed.contains("host")
    var counter = ViewCounts(Set(needed.compactMap(CountedView.init)))
    for view in Self.all where needed.contains(view.name) && made.insert(view.name).inserted {
      if let key = Self.tables[view.name], view.name != "reporting" || readsHosts {
        if counts, let counted = CountedView(rawValue: view.name) {
          try Self.create(view.name, counted.columns, key, database)
          try counter.fill(counted, database)
        } else {
          try Self.fill(view, key, database)
        }
      } else {
        try database.execute(sql: "CREATE TEMPORARY VIEW \(view.name) AS\n\(view.select)")
      }
    }
  }

  /// The views that the texts need, and those that these read.
  private func closure(_ texts: [String]) -> Set<String> {
    var needed = texts.reduce(into: Set<String>()) { $0.formUnion(Self.words(of: $1)) }
    for view in Self.all.reversed() where needed.contains(view.name) {
      needed.formUnion(counts ? CountedView(rawValue: view.name)?.reads ?? view.reads : view.reads)
    }
    return needed
  }

  private static func fill(_ view: View, _ key: [String], _ database: Database) throws {
    let columns = try database.makeStatement(sql: view.select).columnNames
    try create(view.name, columns, key, database)
    try database.execute(sql: "INSERT INTO temp.\(view.name)\n\(view.select)")
  }

  private static func create(
    _ name: String, _ columns: [String], _ key: [String], _ database: Database
  ) throws {
    // With the type SQLite compares them as what they are and so finds them by their key.
    let typed = columns.map { column in
      let type = ["provider", "class", "capability"].contains(column) ? "TEXT" : "INTEGER"
      return key.contains(column) ? "\(column) \(type) NOT NULL" : column
    }
    let end =
      switch key.count {
      case 0: ")"
      case 1: ", PRIMARY KEY (\(key[0])))"
      default: ", PRIMARY KEY (\(key.joined(separator: ", ")))) WITHOUT ROWID"
      }
    try database.execute(sql: "CREATE TEMPORARY TABLE \(name) (\(typed.joined(separator: ", "))\(end)")
  }
}
