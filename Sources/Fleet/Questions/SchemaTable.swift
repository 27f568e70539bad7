// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

/// A table of Schema/tables.sql, for engines that read it otherwise than SQLite.
public struct SchemaTable: Sendable, Hashable {
  public struct Column: Sendable, Hashable {
    public let name: String
    /// Of 64 bits; else a text. Neither is ever NULL.
    public let isInteger: Bool
  }

  public let name: String
  public let columns: [Column]
  /// What tells its rows apart.
  public let key: [String]

  /// Whether its rows hold from one report until another.
  public var isSpan: Bool {
    ["valid_from", "valid_to"].allSatisfy { name in columns.contains { $0.name == name } }
  }

  /// Every table, in the order of the file.
  public static let all: [SchemaTable] = tables(of: SchemaText.tables)

  /// Statements `CREATE TABLE name (column TYPE NOT NULL, …, PRIMARY KEY (column, …)) …;` and comments. What is written
  /// otherwise is left out.
  public static func tables(of sql: String) -> [SchemaTable] {
    SchemaText.statements(sql).compactMap { SchemaTable(statement: $0) }
  }

  private init?(statement: String) {
    let words = statement.split { !($0.isLetter || $0.isNumber || $0 == "_") }.map(String.init)
    guard words.count > 3, words[0] == "CREATE", words[1] == "TABLE",
      let end = words.firstIndex(of: "PRIMARY"), (end - 3).isMultiple(of: 4)
    else { return nil }
    name = words[2]
    columns = stride(from: 3, to: end, by: 4).map {
      Column(name: words[$0], isInteger: words[$0 + 1] == "INTEGER")
    }
    let names = Set(columns.map(\.name))
    key = Array(words[(end + 2)...].prefix { names.contains($0) })
    guard !key.isEmpty else { return nil }
  }
}
