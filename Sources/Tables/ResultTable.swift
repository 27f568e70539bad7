// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

/// Who may see a field of a result. The order is from open to closed.
public enum FieldClass: String, Sendable, Hashable, CaseIterable, Comparable {
  /// Names of capabilities, products, providers, states: for everybody.
  case `public`
  /// A moment: for everybody to the day.
  case day
  /// How many: for everybody as a bucket, unless the provider shows exact counts.
  case count
  /// Names a host: for others only as a pseudonym.
  case name
  /// Values that were read on a host, and words about them: for its provider alone.
  case `private`

  public static func < (a: FieldClass, b: FieldClass) -> Bool {
    (allCases.firstIndex(of: a) ?? 0) < (allCases.firstIndex(of: b) ?? 0)
  }
}

/// A column of a result.
public struct Column: Sendable, Hashable {
  public let name: String
  public let fieldClass: FieldClass
  /// For people, from the query's text; empty: the name says it.
  public let meaning: String

  public init(_ name: String, _ fieldClass: FieldClass, meaning: String = "") {
    (self.name, self.fieldClass, self.meaning) = (name, fieldClass, meaning)
  }
}

/// A value of a result: portable SQL has integers and texts only.
public enum Cell: Sendable, Hashable {
  case integer(Int64)
  case text(String)

  /// By bytes, as SQL compares: to Swift two spellings of an accent are one.
  public static func == (a: Cell, b: Cell) -> Bool {
    switch (a, b) {
    case (.integer(let a), .integer(let b)): a == b
    case (.text(let a), .text(let b)): a.utf8.elementsEqual(b.utf8)
    default: false
    }
  }

  public func hash(into hasher: inout Hasher) {
    switch self {
    case .integer(let value): hasher.combine(value)
    case .text(let text): hasher.combine(text)
    }
  }

  /// As CSV and tables print it.
  public var text: String {
    switch self {
    case .integer(let value): String(value)
    case .text(let value): value
    }
  }

  /// `nil`: a text.
  public var integer: Int64? { if case .integer(let value) = self { value } else { nil } }
}

/// The answer of one query.
public struct ResultTable: Sendable, Hashable {
  /// The query's: `summary`.
  public let name: String
  /// What it answers, one sentence.
  public let title: String
  public let columns: [Column]
  /// As many cells each as there are columns.
  public var rows: [[Cell]]

  public init(name: String, title: String, columns: [Column], rows: [[Cell]]) {
    (self.name, self.title, self.columns, self.rows) = (name, title, columns, rows)
  }

  /// `nil`: there is no such column.
  public func index(of column: String) -> Int? { columns.firstIndex { $0.name == column } }
}
