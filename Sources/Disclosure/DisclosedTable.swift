// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

public import Tables

/// A result as its audience may see it. Only a `Discloser` makes one, so whoever takes these cannot publish more.
public struct DisclosedTable: Sendable, Hashable {
  public let audience: Audience
  /// The query's: `summary`.
  public let name: String
  /// What it answers, one sentence.
  public let title: String
  /// Without those that the audience may not see.
  public let columns: [Column]
  /// As many cells each as there are columns. A count is an integer where it is exact, else `20-99` or `yes`.
  public let rows: [[Cell]]

  init(audience: Audience, name: String, title: String, columns: [Column], rows: [[Cell]]) {
    (self.audience, self.name, self.title) = (audience, name, title)
    (self.columns, self.rows) = (columns, rows)
  }

  /// `nil`: there is no such column, or the audience may not see it.
  public func index(of column: String) -> Int? { columns.firstIndex { $0.name == column } }
}
