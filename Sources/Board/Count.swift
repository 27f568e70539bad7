// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Tables

/// How many, as exactly as the audience may know.
enum Count: Sendable, Hashable {
  case exact(Int64)
  /// `20-99`, `100+`, `yes`; never zero.
  case about(String)
  /// The column is not there, or says nothing.
  case hidden

  init(_ cell: Cell?) {
    switch cell {
    case .integer(let count): self = .exact(count)
    case .text("0"), .text("no"): self = .exact(0)
    case .text(""), nil: self = .hidden
    case .text(let text): self = .about(text)
    }
  }

  /// Surely none.
  var isZero: Bool { self == .exact(0) }

  /// Surely some.
  var isSome: Bool {
    switch self {
    case .exact(let count): count > 0
    case .about: true
    case .hidden: false
    }
  }

  var number: Int64? { if case .exact(let count) = self { count } else { nil } }

  /// `11,873`.
  var text: String {
    switch self {
    case .exact(let count): Self.grouped(count)
    case .about(let text): text
    case .hidden: ""
    }
  }

  var cell: Cell {
    switch self {
    case .exact(let count): .integer(count)
    case .about(let text): .text(text)
    case .hidden: .text("")
    }
  }

  /// `nil`: some of them is not exact.
  static func sum(_ counts: some Sequence<Count>) -> Int64? {
    var total: Int64 = 0
    for count in counts {
      guard let number = count.number else { return nil }
      let (sum, isTooMuch) = total.addingReportingOverflow(number)
      if isTooMuch { return nil }
      total = sum
    }
    return total
  }

  static func grouped(_ number: Int64) -> String {
    var digits: [UInt8] = []
    for (index, digit) in String(number.magnitude).utf8.reversed().enumerated() {
      if index > 0, index.isMultiple(of: 3) { digits.append(0x2c) }
      digits.append(digit)
    }
    return (number < 0 ? "-" : "") + String(decoding: digits.reversed(), as: UTF8.self)
  }
}
