// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

/// A result as a table for a terminal: two blanks between columns, numbers to the right, long texts on several lines.
public struct TextTable {
  private let table: ResultTable
  private let width: Int
  /// Words up to this length are not broken, however narrow the terminal is.
  private static let longestWord = 32

  /// - Parameters:
  ///   - width: characters a line may have.
  ///   - hidden: columns that are left out: a terminal has room for so many.
  public init(_ table: ResultTable, width: Int, hiding hidden: Set<String> = []) {
    let kept = table.columns.indices.filter { !hidden.contains(table.columns[$0].name) }
    self.table = ResultTable(
      name: table.name, title: table.title, columns: kept.map { table.columns[$0] },
      rows: table.rows.map { row in kept.map { row[$0] } })
    self.width = width
  }

  public var lines: [String] {
    let heads = table.columns.map { $0.name.replacing("_", with: " ") }
    let cells = table.rows.map { row in row.map { Self.plain($0.text) } }
    let widths = fitted(heads, cells)
    var lines = wrapped(heads, widths, isHead: true)
    lines.append(widths.map { String(repeating: "─", count: $0) }.joined(separator: "  "))
    for row in cells { lines += wrapped(row, widths, isHead: false) }
    return lines
  }

  private func isNumber(_ column: Int) -> Bool {
    !table.rows.isEmpty && table.rows.allSatisfy { $0[column].integer != nil }
  }

  /// The widest column gives way until the line fits; numbers, and words of heads, are not cut.
  private func fitted(_ heads: [String], _ cells: [[String]]) -> [Int] {
    var widths = heads.indices.map { column in
      ([heads[column]] + cells.map { $0[column] }).map(\.count).max() ?? 0
    }
    let least = heads.indices.map { column -> Int in
      let words = ([heads[column]] + cells.map { $0[column] }).flatMap { $0.split(separator: " ") }
      return min(widths[column], Self.longestWord, words.map(\.count).max() ?? 0)
    }
    // Heads above numbers break first: they are all that makes such a column wide.
    for onlyNumbers in [true, false] {
      while widths.reduce(0, +) + 2 * (widths.count - 1) > width {
        let open = widths.indices.filter { widths[$0] > least[$0] && (isNumber($0) || !onlyNumbers) }
        guard let widest = open.max(by: { widths[$0] < widths[$1] }) else { break }
        widths[widest] -= 1
      }
    }
    return widths
  }

  private func wrapped(_ row: [String], _ widths: [Int], isHead: Bool) -> [String] {
    let pieces = row.indices.map { Self.pieces(row[$0], widths[$0]) }
    let height = pieces.map(\.count).max() ?? 1
    return (0..<height).map { line in
      let cells = pieces.indices.map { column -> String in
        let text = line < pieces[column].count ? pieces[column][line] : ""
        let blanks = String(repeating: " ", count: max(0, widths[column] - text.count))
        return isNumber(column) ? blanks + text : text + blanks
      }
      let joined = cells.joined(separator: "  ")
      return String(joined.reversed().drop { $0 == " " }.reversed())
    }
  }

  /// Broken at blanks, and inside a word only where it alone is too long.
  private static func pieces(_ text: String, _ width: Int) -> [String] {
    var pieces: [String] = []
    var line = ""
    for word in text.split(separator: " ", omittingEmptySubsequences: false) {
      var word = word[...]
      if !line.isEmpty, line.count + 1 + word.count <= width {
        line += " \(word)"
        continue
      }
      if !line.isEmpty {
        pieces.append(line)
        line = ""
      }
      while word.count > width {
        pieces.append(String(word.prefix(width)))
        word = word.dropFirst(width)
      }
      line = String(word)
    }
    return pieces + [line]
  }

  /// Names come from hosts, and could steer a terminal.
  public static func plain(_ text: String) -> String {
    if text.utf8.allSatisfy({ (0x20..<0x7f).contains($0) }) { return text }
    return String(
      text.unicodeScalars.map { scalar -> Character in
        let controls = scalar.value < 0x20 || (0x7f...0x9f).contains(scalar.value)
        let directions =
          [0x061c, 0x200e, 0x200f].contains(scalar.value) || (0x202a...0x202e).contains(scalar.value)
          || (0x2066...0x2069).contains(scalar.value)
        return controls || directions ? "\u{fffd}" : Character(scalar)
      })
  }
}
