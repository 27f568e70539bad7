// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

public import Tables

/// A question to the fleet: portable SQL text, whose head says what it answers and who may see which column.
public struct Query: Sendable, Hashable {
  /// `summary`: the file's name.
  public let name: String
  /// The head's first sentence.
  public let title: String
  public let columns: [Column]
  /// The whole text, which any engine takes as it is.
  public let sql: String

  /// Head: after the licence, `-- ` and the title on as many lines as it needs, then a line for each column:
  /// `--   NAME  CLASS  MEANING`. `nil`: a column without a class, or no column at all.
  public init?(name: String, sql: String) {
    var title: [Substring] = []
    var columns: [Column] = []
    for line in sql.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("-- SPDX") || line.isEmpty { continue }
      guard line.hasPrefix("--") else { break }
      if line.hasPrefix("--   ") {
        let words = line.dropFirst(5).split(separator: " ", maxSplits: 2, omittingEmptySubsequences: true)
        guard words.count >= 2, let fieldClass = FieldClass(rawValue: String(words[1])) else { return nil }
        let meaning = words.count == 3 ? words[2].drop { $0 == " " } : ""
        columns.append(Column(String(words[0]), fieldClass, meaning: String(meaning)))
      } else {
        title.append(line.dropFirst(3))
      }
    }
    guard !columns.isEmpty else { return nil }
    (self.name, self.title, self.columns, self.sql) = (name, title.joined(separator: " "), columns, sql)
  }
}
