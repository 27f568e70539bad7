// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

/// One text for every engine: what means the same to SQLite, PostgreSQL, DuckDB and Spark; everything else is kept out.
@Suite struct PortableSQLTests {
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Sources/Fleet")

  private static func files(_ folder: String) throws -> [URL] {
    let url = Self.folder.appendingPathComponent(folder)
    let names = try FileManager.default.contentsOfDirectory(atPath: url.path)
    return names.filter { $0.hasSuffix(".sql") }.sorted().map { url.appendingPathComponent($0) }
  }

  @Test func everyTextIsPortable() throws {
    let files =
      try Self.files("SQL") + Self.files("Schema").filter { !$0.lastPathComponent.hasPrefix("tables") }
    #expect(files.count > 20)
    for file in files {
      let sql = PortableSQL(try String(contentsOf: file, encoding: .utf8))
      #expect(sql.tokens.count > 5, "\(file.lastPathComponent)")
      #expect(sql.objections == [], "\(file.lastPathComponent)")
    }
  }

  /// Every column is an integer or a text, and never NULL: no key of any order is.
  @Test func tablesHoldIntegersAndTextsOnly() throws {
    let text = try String(
      contentsOf: Self.folder.appendingPathComponent("Schema/tables.sql"), encoding: .utf8)
    let tokens = PortableSQL(text).tokens
    var columns = 0
    for index in tokens.indices.dropFirst().dropLast(3) {
      let isFirst = [.sign("("), .sign(",")].contains(tokens[index - 1])
      guard isFirst, !tokens[index].word.isEmpty, !tokens[index + 1].word.isEmpty,
        tokens[index].word != "PRIMARY"
      else { continue }
      #expect(["INTEGER", "TEXT"].contains(tokens[index + 1].word), "\(tokens[index])")
      #expect(tokens[(index + 2)...].prefix(2).map(\.word) == ["NOT", "NULL"], "\(tokens[index])")
      columns += 1
    }
    #expect(columns > 30)
  }

  @Test(arguments: [
    ("SELECT a / b", "/"), ("SELECT a::int", "::"), ("SELECT \"a\"", "\""), ("SELECT `a`", "`"),
    ("SELECT a ~ b", "~"),
    ("SELECT a != b", "!="), ("SELECT a == b", "=="), ("SELECT /* a */ b", "/*"), ("SELECT a & b", "&"),
    ("SELECT 1.5", "1.5: a fraction"), ("SELECT 1e3", "1e3: a fraction"),
    ("SELECT 'a\\b'", "a backslash in a text"), ("SELECT 'a", "a backslash in a text"),
    ("SELECT a LIKE 'x'", "LIKE"), ("SELECT CAST(a AS b)", "CAST"), ("SELECT a ISNULL", "ISNULL"),
    ("SELECT a IS DISTINCT FROM b", "IS DISTINCT FROM"), ("SELECT a FROM t FULL JOIN u ON a = b", "FULL"),
    ("SELECT TRUE", "TRUE"), ("SELECT a FROM t LIMIT 1", "LIMIT"),
    ("SELECT a FROM t ORDER BY a NULLS FIRST", "NULLS"),
    ("SELECT a COLLATE b", "COLLATE"), ("SELECT DATE('now')", "DATE"),
    ("SELECT CURRENT_DATE", "CURRENT_DATE"),
    ("SELECT a FROM t JOIN u USING (a)", "USING"), ("SELECT NULL AS a", "NULL"),
    ("SELECT AVG(a)", "AVG"), ("SELECT ROUND(a)", "ROUND"), ("SELECT GREATEST(a, b)", "GREATEST"),
    ("SELECT GROUP_CONCAT(a)", "GROUP_CONCAT"), ("SELECT STRING_AGG(a, 'x')", "STRING_AGG"),
    ("SELECT UPPER(a)", "UPPER"),
    ("SELECT LOWER(a)", "LOWER"), ("SELECT IFNULL(a, b)", "IFNULL"),
    ("SELECT a, MAX(b, c) AS d FROM t GROUP BY a", "MAX of several"),
    ("SELECT a, MIN((b), 1) AS d FROM t GROUP BY a", "MIN of several"),
    ("SELECT SUM(a) AS b FROM t", "SUM of no rows"),
    ("SELECT MAX(a) AS b FROM t ORDER BY b", "MAX of no rows"),
    ("SELECT b FROM (SELECT SUM(a) AS b FROM t) u", "SUM of no rows"),
    ("SELECT CASE WHEN a = 1 THEN 2 END AS b", "CASE without ELSE"),
    ("SELECT CASE WHEN a = 1 THEN CASE WHEN a = 2 THEN 3 END ELSE 4 END AS b", "CASE without ELSE"),
    ("SELECT a FROM t ORDER BY COALESCE(a, '')", "ORDER BY COALESCE"),
    ("SELECT a FROM t ORDER BY 1", "ORDER BY a value"),
    ("SELECT a FROM (SELECT a FROM t) WHERE a = 1", "a subquery without a name"),
  ])
  func whatIsNotPortableIsFound(_ sql: String, _ objection: String) {
    let found = PortableSQL(sql).objections
    #expect(found.contains { $0.hasPrefix(objection) }, "\(sql): \(found)")
  }

  @Test(arguments: [
    "SELECT a, COALESCE(SUM(b), 0) AS c FROM t", "SELECT a, SUM(b) AS c FROM t GROUP BY a ORDER BY c DESC, a",
    "SELECT COALESCE(MIN(CASE WHEN a = 1 THEN b END), '') AS c FROM t",
    "SELECT 'it''s LIKE 1.5 / 2' AS a -- \"x\" / \\",
    "SELECT t.date AS date FROM t WHERE t.a IS NOT NULL AND t.b IS NULL",
    "SELECT a FROM (SELECT MAX(a) AS a FROM t GROUP BY b) u WHERE a % 2 = 0 UNION ALL SELECT b FROM v WHERE b <> ''",
    "SELECT SUM(a) OVER (PARTITION BY b ORDER BY c) AS d, COUNT(DISTINCT a || '/' || b) AS e FROM t",
  ])
  func whatIsPortableIsLeftAlone(_ sql: String) { #expect(PortableSQL(sql).objections == []) }
}
