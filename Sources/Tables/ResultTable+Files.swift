// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

public import CanonicalJSON

extension ResultTable {
  /// RFC 4180, with a head. A text that a spreadsheet would take for a formula gets an apostrophe in front, and what steers
  /// terminals is U+FFFD: such a file is looked at with `cat`, too.
  public var csv: String {
    let lines = [columns.map { Self.field($0.name) }] + rows.map { row in row.map(Self.field) }
    return lines.map { $0.joined(separator: ",") + "\r\n" }.joined()
  }

  private static func field(_ cell: Cell) -> String {
    switch cell {
    case .integer(let value): String(value)
    case .text(let text): field(text)
    }
  }

  private static func field(_ text: String) -> String {
    let isFormula = text.utf8.first.map { "=+-@\t\r".utf8.contains($0) } ?? false
    // By scalars: to Swift a carriage return and a newline are one character.
    let lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
    let safe = (isFormula ? "'" : "") + lines.map { TextTable.plain(String($0)) }.joined(separator: "\n")
    guard safe.utf8.contains(where: { "\",\n\r".utf8.contains($0) }) else { return safe }
    return "\"" + safe.replacing("\"", with: "\"\"") + "\""
  }

  /// `query`, `title`, `columns` by name, and `rows` as objects.
  public var json: [String: JSONValue] {
    [
      "query": .string(name), "title": .string(title),
      "columns": .array(columns.map { .string($0.name) }),
      "rows": .array(
        rows.map { row in
          .object(Dictionary(zip(columns.map(\.name), row.map(Self.value))) { first, _ in first })
        }),
    ]
  }

  private static func value(_ cell: Cell) -> JSONValue {
    switch cell {
    case .integer(let value): .integer(value)
    case .text(let text): .string(text)
    }
  }
}
