// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

public import Fleet
import Tables

/// Everything that one session of `spark-sql` is told: the tables, and for each moment the views and the questions.
///
/// A row comes back as a JSON object on a line of its own, in ASCII, so that no text can break it; a line that is none
/// begins an answer, and `end` ends all.
public struct SparkScript: Sendable {
  /// Questions of one scope.
  public struct Part: Sendable {
    public let scope: Scope
    public let queries: [Query]

    public init(_ queries: [Query], in scope: Scope) { (self.scope, self.queries) = (scope, queries) }
  }

  static let end = "end"
  /// What Spark works out once and keeps in the workers' memory: views read each other many times over, and it would
  /// plan all of it again wherever one is read.
  private static let kept: Set<String> = [
    "report", "host_span", "reporting", "part", "host", "held", "verdict",
  ]

  public let prelude: SparkPrelude
  public let parts: [Part]

  public init(_ parts: [Part], over prelude: SparkPrelude) { (self.prelude, self.parts) = (prelude, parts) }

  /// Answers in their order.
  var queries: [Query] { parts.flatMap(\.queries) }

  public var sql: String {
    let needed = Self.needed(by: queries.map(\.sql))
    var lines: [String] = []
    for table in SchemaTable.all where needed.contains(table.name) {
      lines.append(prelude.sql(of: table))
      lines += Self.keeping(table.name)
    }
    var number = 0
    for part in parts {
      lines += Self.views(of: part, isFirst: number == 0)
      for query in part.queries {
        lines += ["SELECT '\(Self.head(number))';", Self.select(query)]
        number += 1
      }
    }
    lines.append("SELECT '\(Self.end)';")
    return lines.joined(separator: "\n") + "\n"
  }

  /// The line before an answer.
  static func head(_ number: Int) -> String { "answer \(number)" }

  private static func views(of part: Part, isFirst: Bool) -> [String] {
    let needed = needed(by: part.queries.map(\.sql))
    let views = SparkView.all.filter { needed.contains($0.name) }
    // Of the moment before.
    let old = SparkView.all.reversed().map(\.name).filter(kept.contains).map {
      "UNCACHE TABLE IF EXISTS \($0);"
    }
    return (isFirst ? [] : old) + [SparkView.replacing(part.scope.sql) + ";"]
      + views.flatMap { [$0.sql + ";"] + keeping($0.name) }
  }

  private static func keeping(_ name: String) -> [String] {
    kept.contains(name) ? ["CACHE TABLE \(name);"] : []
  }

  /// Tables and views that the texts read, and those that these read.
  private static func needed(by texts: [String]) -> Set<String> {
    var needed = texts.reduce(into: Set<String>()) { $0.formUnion(SparkView.words(of: $1)) }
    for view in SparkView.all.reversed() where needed.contains(view.name) { needed.formUnion(view.words) }
    for table in SchemaTable.all where needed.contains(table.name) {
      needed.formUnion(SparkPrelude.reads(table))
    }
    return needed
  }

  /// The query's own text, and around it what makes lines of its rows.
  private static func select(_ query: Query) -> String {
    let columns = query.columns.map(\.name).joined(separator: ", ")
    return """
      SELECT to_json(struct(\(columns)), map('ignoreNullFields', 'false', 'writeNonAsciiCharacterAsCodePoint', 'true'))
      FROM (
      \(query.sql)
      ) answer;
      """
  }
}

/// A view of views.sql. It reads earlier ones only.
struct SparkView {
  let name, sql: String
  let words: Set<String>

  static let all: [SparkView] = SchemaText.statements(SchemaText.views).compactMap { statement in
    let words = statement.split { $0 == " " || $0 == "\n" }
    guard statement.hasPrefix("CREATE TEMPORARY VIEW "), words.count > 4 else { return nil }
    return SparkView(name: String(words[3]), sql: replacing(statement), words: Self.words(of: statement))
  }

  /// A session may ask of several moments.
  static func replacing(_ statement: String) -> String {
    statement.replacing("CREATE TEMPORARY VIEW", with: "CREATE OR REPLACE TEMPORARY VIEW")
  }

  static func words(of sql: String) -> Set<String> {
    Set(sql.split { !($0.isLetter || $0.isNumber || $0 == "_") }.map(String.init))
  }
}
