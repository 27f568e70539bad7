// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Tables

/// Causes and their fixes for a terminal: a table would break every sentence.
///
/// ```
/// amd.sev-snp blocked on 10 hosts
///   firmware, bios.rmp_not_reserved
///   → BIOS: CBS -> CPU Common -> SNP Memory (RMP Table) Coverage: Enabled
/// ```
struct ProblemLines {
  private let table: ResultTable
  private let width: Int

  init(_ table: ResultTable, width: Int) { (self.table, self.width) = (table, width) }

  var lines: [String] {
    table.rows.flatMap { row -> [String] in
      func text(_ column: String) -> String { table.index(of: column).map { row[$0].text } ?? "" }
      let subject = text("subject").isEmpty ? text("capability") : text("subject")
      let provider = text("provider").isEmpty ? "" : " at \(text("provider"))"
      let things = text("units") == text("hosts") || text("units").isEmpty ? "" : ", \(text("units")) devices"
      let hosts = text("hosts") == "1" ? "1 host" : "\(text("hosts")) hosts"
      let cause = [text("layer"), text("reason")].filter { !$0.isEmpty }.joined(separator: ", ")
      var lines = ["\(subject) \(text("state")) on \(hosts)\(things)\(provider)"]
      if !cause.isEmpty { lines += wrapped(cause, first: "  ", rest: "  ") }
      if !text("fix").isEmpty { lines += wrapped(text("fix"), first: "  → ", rest: "    ") }
      return lines
    }
  }

  private func wrapped(_ text: String, first: String, rest: String) -> [String] {
    let column = ResultTable(
      name: "", title: "", columns: [Column("", .private)], rows: [[.text(text)]])
    let lines = TextTable(column, width: max(20, width - first.count)).lines.dropFirst(2)
    return lines.enumerated().map { ($0 == 0 ? first : rest) + $1 }
  }
}
