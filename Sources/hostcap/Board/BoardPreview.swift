// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Disclosure
import Tables

/// What would leave the house, for whoever answers for it: each table with its columns, and its rows as others see them.
enum BoardPreview {
  private static let shown = 5

  static func text(_ tables: [DisclosedTable]) -> String {
    var lines: [String] = []
    for table in tables {
      lines.append("\(table.name): \(table.rows.count) rows. \(table.title)")
      lines.append(
        "  columns: " + table.columns.map { "\($0.name) (\($0.fieldClass.rawValue))" }.joined(separator: ", ")
      )
      for row in table.rows.prefix(shown) { lines.append("  " + row.map(\.text).joined(separator: " | ")) }
      if table.rows.count > shown { lines.append("  … and \(table.rows.count - shown) more") }
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
