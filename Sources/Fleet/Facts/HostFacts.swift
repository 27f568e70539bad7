// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

public import Tables

/// What one report comes to: the host's own row, and four sets that other hosts may share.
public struct HostFacts: Sendable, Hashable {
  /// The columns of `host_span` behind host and times.
  static let columns = [
    "environment", "class", "board", "cpu", "bios", "kernel", "capabilities", "devices", "virtual_functions",
    "remarks",
  ]

  /// environment, class, board, cpu, bios, kernel.
  public let host: [Cell]
  public let capabilities, devices, virtualFunctions, remarks: FactSet

  /// A row of `host_span` without host and times.
  public var span: [Cell] { host + sets.map { .integer($0.number) } }

  var sets: [FactSet] { [capabilities, devices, virtualFunctions, remarks] }

  /// A text with a control character other than line end and tabulator; `nil`: there is none. SQLite would end a text at
  /// the first zero.
  var firstControl: String? {
    func find(_ cells: some Sequence<Cell>) -> String? {
      for case .text(let text) in cells where text.utf8.contains(where: Self.isControl) { return text }
      return nil
    }
    return find(host)
      ?? sets.lazy.compactMap { set in
        set.rows.lazy.compactMap(find).first ?? set.members.lazy.compactMap { find($0.cells) }.first
      }.first
  }

  static func isControl(_ byte: UInt8) -> Bool { byte < 0x20 && byte != 0x0a && byte != 0x09 || byte == 0x7f }
}

/// Rows that are said together, in one of the tables of sets.
public struct FactSet: Sendable, Hashable {
  /// A row of its own that rows of the set name by number.
  public struct Member: Sendable, Hashable {
    public let table: FactTable
    public let number: Int64
    /// The columns behind the number.
    public let cells: [Cell]

    init(_ table: FactTable, _ cells: [Cell]) {
      (self.table, self.cells, number) = (table, cells, FactNumber.of(row: cells))
    }
  }

  public let table: FactTable
  public let number: Int64
  /// The columns behind the number.
  public let rows: [[Cell]]
  public let members: [Member]

  init(_ table: FactTable, _ rows: [[Cell]], members: [Member] = []) {
    (self.table, self.rows, self.members, number) = (table, rows, members, FactNumber.of(set: rows))
  }
}
