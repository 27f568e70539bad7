// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Disclosure
import Tables

/// What would leave the house, for whoever answers for it: each table with its columns, and every row as others see it.
/// The lines of capabilities also rest on `funnel` of the twelve weeks before.
enum BoardPreview {
  static func text(_ tables: [DisclosedTable]) -> String {
    var lines: [String] = []
    for table in tables {
      lines.append("\(table.name): \(table.rows.count) rows. \(table.title)")
      let columns = table.columns.map { "\($0.name) (\($0.fieldClass.rawValue))" }
      lines.append("  columns: " + columns.joined(separator: ", "))
      for row in table.rows {
        lines.append("  " + row.map { TextTable.plain($0.text) }.joined(separator: " | "))
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
