// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Disclosure
internal import Tables

/// A row of a result, by the names of its columns.
struct FactRow: Sendable {
  let columns: [String: Int]
  let cells: [Cell]

  /// Empty: there is no such column, or the audience may not see it.
  func text(_ column: String) -> String { columns[column].map { cells[$0].text } ?? "" }

  func count(_ column: String) -> Count { Count(columns[column].map { cells[$0] }) }

  /// A number that is open to everybody.
  func integer(_ column: String) -> Int64? { columns[column].flatMap { cells[$0].integer } }
}

/// A result, its rows sorted: engines differ in their order.
struct FactTable: Sendable {
  let columns: [String: Int]
  let rows: [[Cell]]

  init(_ table: DisclosedTable) {
    columns = Dictionary(table.columns.enumerated().map { ($1.name, $0) }) { first, _ in first }
    rows = table.rows.sorted { Self.precedes($0[...], $1[...]) }
  }

  private static func precedes(_ a: ArraySlice<Cell>, _ b: ArraySlice<Cell>) -> Bool {
    for (left, right) in zip(a, b) where left != right {
      switch (left, right) {
      case (.integer(let left), .integer(let right)): return left < right
      case (.integer, .text): return true
      case (.text, .integer): return false
      case (.text(let left), .text(let right)): return BoardFacts.precedes(left, right)
      }
    }
    return false
  }
}

extension BoardFacts {
  /// A result's rows; none: nobody asked, or it is not for this audience.
  func rows(_ query: String) -> [FactRow] {
    guard let table = tables[query] else { return [] }
    return table.rows.map { FactRow(columns: table.columns, cells: $0) }
  }

  /// How many rows a result has.
  func count(_ query: String) -> Int { tables[query]?.rows.count ?? 0 }

  /// One of them, by its place.
  func row(_ query: String, _ place: Int) -> FactRow {
    guard let table = tables[query] else { return FactRow(columns: [:], cells: []) }
    return FactRow(columns: table.columns, cells: table.rows[place])
  }

  /// A result's rows by the text of one of their columns.
  func rows(_ query: String, by column: String) -> [String: [FactRow]] {
    Dictionary(grouping: rows(query)) { $0.text(column) }
  }

  /// Twelve digits of the SHA-256 of all facts: the name of the build.
  var buildID: String {
    var bytes = Array("\(audience.rawValue)\n\(stamp)\n\(hasHostPages)\n".utf8)
    for name in tables.keys.sorted(by: Self.precedes) {
      guard let table = tables[name] else { continue }
      bytes += "\(name) \(table.columns.keys.sorted(by: Self.precedes))\n".utf8
      for row in table.rows {
        for cell in row {
          let text = cell.text
          bytes += String(text.utf8.count).utf8
          bytes.append(0x3a)
          bytes += text.utf8
          bytes.append(0x2c)
        }
        bytes.append(0x0a)
      }
    }
    for (day, funnel) in trend {
      bytes += "\(day)\n".utf8
      for row in funnel.rows { bytes += "\(row.map(\.text))\n".utf8 }
    }
    let profiles = providers.map { "\($0)" } + capabilities.map { "\($0)" }
    let reasons = remedies.map { "\($0.key)=\($0.value)" }
    for line in profiles.sorted(by: Self.precedes) + reasons.sorted(by: Self.precedes) {
      bytes += "\(line.utf8.count):\(line)\n".utf8
    }
    if audience == .internal, let purchasing { bytes += "\(purchasing)".utf8 }
    return Digest.hexadecimal(bytes, digits: 12)
  }

  /// By UTF-8 bytes: no language's order.
  static func precedes(_ a: String, _ b: String) -> Bool { a.utf8.lexicographicallyPrecedes(b.utf8) }
}

extension Sequence {
  /// By texts, one after the other, by their UTF-8 bytes.
  func sorted(byTexts texts: (Element) -> [String]) -> [Element] {
    map { (texts($0), $0) }.sorted { a, b in
      for (left, right) in zip(a.0, b.0) where left != right { return BoardFacts.precedes(left, right) }
      return a.0.count < b.0.count
    }.map(\.1)
  }
}
