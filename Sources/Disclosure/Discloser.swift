// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

public import Tables

/// The one place where a result is cut down to what its audience may see: by the class of each column, and what has none
/// of the open classes is left out. Words in open columns pass as they are; `OutputScan` looks at what they became.
public struct Discloser: Sendable {
  public enum Mode: Sendable {
    /// For the provider itself.
    case `internal`
    /// For everybody.
    case `public`(key: PseudonymKey, counts: CountPrecision)
  }
  public let mode: Mode

  public init(_ mode: Mode) { self.mode = mode }

  public var audience: Audience {
    switch mode {
    case .internal: .internal
    case .public: .public
    }
  }

  /// The same rows in the same order. A row that has not as many cells as there are columns is left out: nobody knows
  /// which of its cells is which.
  public func disclose(_ table: ResultTable) -> DisclosedTable {
    let whole = table.rows.filter { $0.count == table.columns.count }
    switch mode {
    case .internal:
      return DisclosedTable(
        audience: .internal, name: table.name, title: table.title, columns: table.columns, rows: whole)
    case .public(let key, let counts):
      let shown = table.columns.indices.filter { table.columns[$0].fieldClass != .private }
      return DisclosedTable(
        audience: .public, name: table.name, title: table.title, columns: shown.map { table.columns[$0] },
        rows: whole.map { row in
          shown.map { Self.disclose(row[$0], table.columns[$0].fieldClass, key, counts) }
        })
    }
  }

  private static func disclose(
    _ cell: Cell, _ fieldClass: FieldClass, _ key: PseudonymKey, _ counts: CountPrecision
  ) -> Cell {
    switch (fieldClass, cell) {
    case (.public, _): cell
    case (.day, .text(let text)): .text(day(text))
    case (.count, .integer(let count)): counts.cell(count)
    case (.name, .text(let name)): .text(name.isEmpty ? "" : key.pseudonym(fieldClass.rawValue, name))
    // A cell that is not of its column's class: nobody said that it may be seen.
    case (.day, _), (.count, _), (.name, _), (.private, _): .text("")
    }
  }

  /// `2026-11-26` of `2026-11-26T09:45:50Z`; of anything else the empty text.
  private static func day(_ text: String) -> String {
    let day = Array(text.utf8.prefix(10))
    let isDay =
      day.count == 10
      && day.enumerated().allSatisfy { index, byte in
        index == 4 || index == 7 ? byte == 0x2d : (0x30...0x39).contains(byte)
      }
    return isDay ? String(decoding: day, as: UTF8.self) : ""
  }
}

extension ResultTable {
  /// Every value of the columns that name a host, once each and sorted: what `OutputScan` must not find.
  public var names: [String] {
    let columns = columns.indices.filter { self.columns[$0].fieldClass == .name }
    var names: Set<String> = []
    for row in rows {
      for column in columns where column < row.count {
        if case .text(let name) = row[column], !name.isEmpty { names.insert(name) }
      }
    }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }
}
