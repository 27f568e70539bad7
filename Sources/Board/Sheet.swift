// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Tables

/// A table of a page, and the same rows as CSV and JSON.
struct Sheet: Sendable {
  enum Kind: Sendable {
    case text
    /// To the right, digits of one width.
    case number
  }

  struct Field: Sendable {
    /// In CSV and JSON.
    let key: String
    /// For people.
    let title: String
    var kind = Kind.text
    /// For the head; empty: the title. A link.
    var head = HTML()
    /// A line above the heads that spans all fields of the group; empty: none.
    var group = ""

    init(_ key: String, _ title: String, _ kind: Kind = .text) {
      (self.key, self.title, self.kind) = (key, title, kind)
    }
  }

  struct Row: Sendable {
    let cells: [SheetCell]
    /// What it says is old: hatched.
    var isStale = false
    /// A line of its own before it; empty: none.
    var section = ""
    /// An anchor, a slug; empty: none. Ids of the board's own have a `_` where slugs of plain names have none.
    var anchor = ""

    init(_ cells: [SheetCell]) { self.cells = cells }
  }

  /// A part of file names, unlike any other of its page: `devices`.
  let id: String
  let caption: String
  let fields: [Field]
  /// How many rows there are.
  let count: Int
  /// Makes a row; the same place gives the same row.
  let row: @Sendable (Int) -> Row
  /// Said instead of a table without rows.
  var none = "There is nothing of this kind."
  /// A last row, beside the data; empty: none.
  var foot: [HTML] = []
  /// A class of its own for the style sheet: `matrix`.
  var style = ""

  init(_ id: String, _ caption: String, _ fields: [Field], _ rows: [Row]) {
    self.init(id, caption, fields, count: rows.count) { rows[$0] }
  }

  /// Of rows that are made when they are written: a fleet has more of them than a machine wants to hold.
  init(
    _ id: String, _ caption: String, _ fields: [Field], count: Int, row: @escaping @Sendable (Int) -> Row
  ) {
    (self.id, self.caption, self.fields, self.count, self.row) = (id, caption, fields, count, row)
  }
}

/// What a table says in one place, as data and as markup.
struct SheetCell: Sendable {
  let value: Cell
  let html: HTML
  var style = ""

  init(_ value: Cell, _ html: HTML, style: String = "") {
    (self.value, self.html, self.style) = (value, html, style)
  }

  static func text(_ text: String) -> SheetCell { SheetCell(.text(text), "\(text.shortened)") }

  /// Long words, as they are.
  static func words(_ text: String) -> SheetCell { SheetCell(.text(text), "\(text)", style: "words") }

  /// An id or a name that machines use.
  static func code(_ text: String) -> SheetCell {
    SheetCell(.text(text), text.isEmpty ? "" : "<code>\(text.shortened)</code>")
  }

  static func count(_ count: Count) -> SheetCell { SheetCell(count.cell, "\(count)") }

  static func number(_ number: Int) -> SheetCell { .count(.exact(Int64(number))) }

  /// A moment or a day; empty: none.
  static func time(_ moment: String) -> SheetCell {
    SheetCell(.text(moment), moment.isEmpty ? "" : HTML.time(moment))
  }

  static func link(_ path: String, _ text: String) -> SheetCell {
    SheetCell(.text(text), "<a href=\"\(path)\">\(text.shortened)</a>")
  }

  static func state(_ standing: Standing) -> SheetCell {
    SheetCell(.text(standing.words), Symbols.mark(standing), style: "s-\(standing.state.rawValue)")
  }
}

extension HTML {
  /// `2026-11-26T09:45:50Z` is shown as `2026-11-26 09:45`.
  static func time(_ moment: String) -> HTML {
    guard Moment(moment) != nil else { return "\(moment)" }
    let bytes = Array(moment.utf8)
    let shown = bytes.count >= 16 ? Array(bytes[..<10]) + [0x20] + Array(bytes[11..<16]) : bytes
    return "<time datetime=\"\(moment)\">\(String(decoding: shown, as: UTF8.self))</time>"
  }
}
