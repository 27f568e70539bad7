// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

/// Tables that read without a viewer.
enum MarkdownTable {
  /// Columns as wide as their widest cell.
  static func lines(_ heading: [String], _ rows: [[String]]) -> [String] {
    let cells = ([heading] + rows).map { $0.map(plain) }
    let widths = heading.indices.map { column in cells.map { $0[column].count }.max() ?? 0 }
    func line(_ row: [String]) -> String {
      let padded = zip(row, widths).map { $0 + String(repeating: " ", count: $1 - $0.count) }
      return "| " + padded.joined(separator: " | ") + " |"
    }
    let rule = "|" + widths.map { String(repeating: "-", count: $0 + 2) }.joined(separator: "|") + "|"
    return [line(cells[0]), rule] + cells.dropFirst().map(line)
  }

  /// A device or a machine may call itself anything: no markup, no link, no control, no turn of direction.
  static func plain(_ text: String) -> String {
    var last: Character = " "
    return String(
      text.unicodeScalars.map { scalar -> Character in
        // A link is text in brackets with an address in parentheses behind it; without that, Fn8000_001F_EAX[4] stays whole.
        defer { last = Character(scalar) }
        return switch scalar {
        case "(" where last == "]": " "
        case "|", "<", "`": " "
        case "\u{61c}", "\u{200e}", "\u{200f}", "\u{202a}"..."\u{202e}", "\u{2066}"..."\u{2069}": " "
        default: scalar.value < 0x20 || (0x7f...0x9f).contains(scalar.value) ? " " : Character(scalar)
        }
      })
  }
}
