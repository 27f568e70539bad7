// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

/// What the comparison came to, a line a format.
struct CorpusTable {
  private struct Row {
    var entries = 0
    var judged = 0
    var nothing = 0
    var elsewhere = 0
    var agreed = 0
    var explained = 0
    var disagreed = 0
  }

  private var rows: [String: Row] = [:]

  init(_ outcomes: [Outcome], explained: [String: [String: String]]) {
    for outcome in outcomes {
      for name in [outcome.format, "~ all"] {
        var row = rows[name] ?? Row()
        row.entries += 1
        row.elsewhere += outcome.isElsewhere ? 1 : 0
        row.nothing += !outcome.isElsewhere && outcome.comparisons.isEmpty ? 1 : 0
        row.judged += outcome.comparisons.isEmpty ? 0 : 1
        row.agreed += outcome.comparisons.count { $0.agrees }
        for comparison in outcome.disagreements {
          if explained[outcome.key]?[comparison.field] == nil {
            row.disagreed += 1
          } else {
            row.explained += 1
          }
        }
        rows[name] = row
      }
    }
  }

  var text: String {
    let head = [
      "entries", "judged", "nothing to judge", "not here", "values agreed", "explained", "disagreed",
    ]
    let lines = rows.sorted { $0.key < $1.key }.map { name, row in
      let numbers = [
        row.entries, row.judged, row.nothing, row.elsewhere, row.agreed, row.explained, row.disagreed,
      ]
      return zip(numbers, head).map { number, title in
        String(repeating: " ", count: max(0, title.count - "\(number)".count)) + "\(number)"
      }.joined(separator: "  ") + "  \(name)"
    }
    return ([head.joined(separator: "  ") + "  format"] + lines).joined(separator: "\n")
  }
}
