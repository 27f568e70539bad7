// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

/// Markup as bytes. What a literal says is markup; every value that is put into one is text, and is escaped by its type:
/// `HTML` alone goes in as it is. Raw markup comes from a `StaticString` and from nowhere else.
struct HTML: ExpressibleByStringInterpolation, Sendable {
  private(set) var bytes: [UInt8] = []

  init() {}

  init(stringLiteral literal: StaticString) { bytes = Array(literal.description.utf8) }

  init(stringInterpolation: Interpolation) { bytes = stringInterpolation.bytes }

  struct Interpolation: StringInterpolationProtocol {
    fileprivate var bytes: [UInt8] = []

    init(literalCapacity: Int, interpolationCount: Int) {
      bytes.reserveCapacity(literalCapacity + 16 * interpolationCount)
    }

    mutating func appendLiteral(_ literal: StaticString) { bytes += literal.description.utf8 }
    mutating func appendInterpolation(_ text: String) { HTML.escape(text, into: &bytes) }
    mutating func appendInterpolation(_ number: Int) { bytes += String(number).utf8 }
    mutating func appendInterpolation(_ count: Count) { HTML.escape(count.text, into: &bytes) }
    mutating func appendInterpolation(_ markup: HTML) { bytes += markup.bytes }
    mutating func appendInterpolation(_ parts: [HTML]) { for part in parts { bytes += part.bytes } }
  }

  static func += (markup: inout HTML, other: HTML) { markup.bytes += other.bytes }

  var isEmpty: Bool { bytes.isEmpty }

  /// Takes away all behind the first so many bytes.
  mutating func cut(to count: Int) { bytes.removeLast(max(0, bytes.count - count)) }

  /// For texts between tags and in quoted attributes of HTML, SVG and Atom. What no document may have, and what turns the
  /// direction of the text around it, is shown by its number.
  private static func escape(_ text: String, into bytes: inout [UInt8]) {
    // Nearly all texts are plain, and go in as they are.
    if text.utf8.allSatisfy({ (0x20..<0x7f).contains($0) && !isMarkup($0) }) {
      bytes += text.utf8
    } else {
      for scalar in text.unicodeScalars { escape(scalar, into: &bytes) }
    }
  }

  private static func isMarkup(_ byte: UInt8) -> Bool {
    byte == 0x26 || byte == 0x3c || byte == 0x3e || byte == 0x22 || byte == 0x27
  }

  private static func escape(_ scalar: Unicode.Scalar, into bytes: inout [UInt8]) {
    switch scalar.value {
    case 0x26: bytes += "&amp;".utf8
    case 0x3c: bytes += "&lt;".utf8
    case 0x3e: bytes += "&gt;".utf8
    case 0x22: bytes += "&quot;".utf8
    case 0x27: bytes += "&#39;".utf8
    case 0x09, 0x0a, 0x0d: bytes.append(0x20)
    // Controls, non-characters, and marks of direction. Source: Unicode 16.0, PropList.txt, Bidi_Control.
    case 0..<0x20, 0x7f..<0xa0, 0x061c, 0x200e, 0x200f, 0x202a...0x202e, 0x2066...0x2069, 0xfdd0...0xfdef:
      bytes += "[U+\(hexadecimal(scalar.value))]".utf8
    case let value where value & 0xfffe == 0xfffe: bytes += "[U+\(hexadecimal(value))]".utf8
    default: bytes += String(scalar).utf8
    }
  }

  private static func hexadecimal(_ value: UInt32) -> String {
    let digits = String(value, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, 4 - digits.utf8.count)) + digits
  }
}

extension [HTML] {
  func joined(_ separator: HTML) -> HTML {
    var all = HTML()
    for (index, part) in enumerated() {
      if index > 0 { all += separator }
      all += part
    }
    return all
  }
}
