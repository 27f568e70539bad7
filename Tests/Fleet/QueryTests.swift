// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Fleet
import Foundation
import Tables
import Testing

@Suite struct QueryTests {
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Sources/Fleet/SQL")

  @Test func everyFileIsAQuery() throws {
    let names = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path).map {
      $0.replacing(".sql", with: "")
    }
    #expect(Query.all.map(\.name) == names.sorted())
  }

  @Test func everyHeadNamesTheColumnsThatComeBack() throws {
    let store = try Store()
    for query in Query.all {
      #expect(query.title.hasSuffix("."), "\(query.name)")
      let own = try store.answer(own: query.sql, path: query.name, in: Scope(at: FleetFixture.now))
      #expect(own.columns.map(\.name) == query.columns.map(\.name), "\(query.name)")
    }
  }

  /// What was read on a host, or names it, is of a class that does not leave its provider.
  @Test func noQueryOpensWhatTheSchemaCloses() {
    let closed: [String: FieldClass] = [
      "host": .name, "name": .name, "kernel": .private, "fix": .private, "because": .private,
      "text": .private,
      "source": .private, "detail": .private, "digest": .private, "bios": .private, "observed_at": .day,
    ]
    for query in Query.all {
      for column in query.columns {
        // The funnel counts hosts by stage, and one of the stages is called kernel.
        guard let least = closed[column.name], column.fieldClass != .count else { continue }
        #expect(column.fieldClass >= least, "\(query.name).\(column.name)")
      }
    }
  }

  /// What means the same to SQLite, PostgreSQL, DuckDB and Spark; everything else is kept out.
  @Test func everyTextIsPortable() throws {
    let schema = Self.folder.deletingLastPathComponent().appendingPathComponent("Schema/views.sql")
    let texts =
      Query.all.map { ($0.name, $0.sql) } + [("views", try String(contentsOf: schema, encoding: .utf8))]
    for (name, text) in texts {
      #expect(Self.objections(text) == [], "\(name)")
    }
  }

  @Test(arguments: [
    "SELECT a / b", "SELECT AVG(a)", "SELECT ROUND(a)", "SELECT a LIKE 'x'", "SELECT CAST(a AS TEXT)",
    "SELECT \"a\"",
    "SELECT 'a\\b'", "SELECT GROUP_CONCAT(a)", "SELECT STRING_AGG(a, 'x')", "SELECT GREATEST(a, b)",
    "SELECT MAX(a, b)",
    "SELECT UPPER(a)", "SELECT 1.5", "SELECT DATE('now')", "SELECT a::int", "SELECT IFNULL(a, b)",
    "SELECT `a`",
  ])
  func whatIsNotPortableIsFound(_ sql: String) { #expect(!Self.objections(sql).isEmpty, "\(sql)") }

  private static let functions: Set<String> = [
    "COUNT", "SUM", "MIN", "MAX", "COALESCE", "SUBSTR", "LENGTH", "ROW_NUMBER", "LAG", "IN", "AND", "OR",
    "NOT", "ON", "AS",
    "WHEN", "FROM", "JOIN", "WHERE", "EXISTS", "OVER", "THEN", "BY", "VALUES", "SELECT", "FILTER",
  ]

  private static func objections(_ sql: String) -> [String] {
    let code = sql.split(separator: "\n").filter { !$0.hasPrefix("--") }.joined(separator: "\n")
    var objections: [String] = []
    let outside = code.split(separator: "'", omittingEmptySubsequences: false).enumerated()
      .filter { $0.offset.isMultiple(of: 2) }.map { String($0.element) }.joined(separator: " '' ")
    for sign in ["/", "\"", "`", "::", "\\", "~"] where outside.contains(sign) { objections.append(sign) }
    if code.contains("\\") { objections.append("\\") }
    if outside.contains(/[0-9]\.[0-9]/) { objections.append("a fraction") }
    let words = Set(outside.uppercased().split { !$0.isLetter && $0 != "_" }.map(String.init))
    objections += words.intersection(["LIKE", "CAST", "ILIKE", "REGEXP", "GLOB", "ISNULL"]).sorted()
    for call in outside.matches(of: /([A-Za-z_]+)\s*\(([^()]*)/) {
      let name = call.1.uppercased()
      if !functions.contains(name) { objections.append(name) }
      if ["MIN", "MAX"].contains(name), call.2.contains(",") { objections.append("\(name) of two") }
    }
    return objections
  }
}
