// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import GRDB

/// Counts views of one scope; what several of them are counted from is read once.
struct ViewCounts {
  private let views: Set<CountedView>
  private var groups: HostGroups?
  private var capabilities: CapabilityCounts?
  private var devices: DeviceCounts?

  /// - Parameter views: all that will be wanted.
  init(_ views: Set<CountedView>) { self.views = views }

  /// Adds the view's rows to the table that stands in for it; what it reads is there already.
  mutating func fill(_ view: CountedView, _ database: Database) throws {
    let hosts = try groups ?? HostGroups(for: views, database)
    groups = hosts
    var rows = try RowWriter("temp.\(view.rawValue)", view.columns, database)
    switch view {
    case .part: for part in hosts.parts { try rows.add(part.row) }
    case .held, .classes:
      let counts = try capabilities ?? CapabilityCounts(of: hosts, database)
      capabilities = counts
      if view == .held {
        try counts.held { try rows.add($0) }
      } else {
        try counts.classes(try Verdicts(counts, database)) { try rows.add($0) }
      }
    case .products, .cards, .stops:
      let counts = try devices ?? DeviceCounts(of: hosts, database)
      devices = counts
      for row in counts.rows(view) { try rows.add(row) }
    }
    try rows.end()
  }
}

/// Inserts many rows, several with a statement.
struct RowWriter {
  private static let most = 16

  private let table: String
  private let columns: [String]
  private let database: Database
  private let many: Statement
  private var values: [DatabaseValue] = []
  private var count = 0

  init(_ table: String, _ columns: [String], _ database: Database) throws {
    (self.table, self.columns, self.database) = (table, columns, database)
    many = try database.makeStatement(sql: Self.sql(table, columns, rows: Self.most))
  }

  private static func sql(_ table: String, _ columns: [String], rows: Int) -> String {
    let places = "(" + [String](repeating: "?", count: columns.count).joined(separator: ", ") + ")"
    let all = [String](repeating: places, count: rows).joined(separator: ", ")
    return "INSERT INTO \(table) (\(columns.joined(separator: ", "))) VALUES \(all)"
  }

  /// - Parameter row: in the order of the columns.
  mutating func add(_ row: [DatabaseValue]) throws {
    values += row
    count += 1
    guard count == Self.most else { return }
    try many.execute(arguments: StatementArguments(values))
    values.removeAll(keepingCapacity: true)
    count = 0
  }

  /// To be called behind the last row.
  mutating func end() throws {
    guard count > 0 else { return }
    try database.makeStatement(sql: Self.sql(table, columns, rows: count))
      .execute(arguments: StatementArguments(values))
    values.removeAll()
    count = 0
  }
}

extension Int64 {
  /// Errors: more than 64 bits, as SQL's sums have it.
  static func sum(_ a: Int64, _ b: Int64) throws(DatabaseError) -> Int64 {
    let (sum, isTooMuch) = a.addingReportingOverflow(b)
    if isTooMuch { throw DatabaseError(resultCode: .SQLITE_ERROR, message: "integer overflow") }
    return sum
  }

  /// Errors: more than 64 bits.
  static func product(_ a: Int64, _ b: Int64) throws(DatabaseError) -> Int64 {
    let (product, isTooMuch) = a.multipliedReportingOverflow(by: b)
    if isTooMuch { throw DatabaseError(resultCode: .SQLITE_ERROR, message: "integer overflow") }
    return product
  }
}
