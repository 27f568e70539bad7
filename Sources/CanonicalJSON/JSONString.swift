// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

/// A string's canonical text, with its quotation marks.
///
/// Source: RFC 8259 section 7; U+007F to U+009F, and what turns the direction of text, are escaped too, so that no
/// terminal obeys a report.
public enum JSONString {
  public static func write(_ text: String, into output: inout [UInt8]) {
    output.append(0x22)
    switch Form(text.utf8.span) {
    case .plain: output.append(contentsOf: text.utf8)
    case .ascii, .unicode: for scalar in text.unicodeScalars { write(scalar, into: &output) }
    }
    output.append(0x22)
  }

  /// What stands between the quotation marks, of bytes; false: they hold more than printable ASCII, tabs and newlines, and
  /// what is written of them is not to be used.
  @_optimize(speed)
  public static func write(within bytes: ArraySlice<UInt8>, into output: inout [UInt8]) -> Bool {
    let span = bytes.span
    var start = 0
    for index in 0..<span.count {
      let byte = span[index]
      if byte &- 0x20 < 0x5f, byte != 0x22, byte != 0x5c { continue }
      guard byte == 0x0a || byte == 0x09 || byte == 0x22 || byte == 0x5c else { return false }
      output += bytes[(bytes.startIndex + start)..<(bytes.startIndex + index)]
      output.append(0x5c)
      output.append(byte == 0x0a ? UInt8(ascii: "n") : byte == 0x09 ? UInt8(ascii: "t") : byte)
      start = index + 1
    }
    output += bytes[(bytes.startIndex + start)...]
    return true
  }

  /// What it takes to write a string.
  private enum Form {
    /// Copying.
    case plain
    /// Escaping, byte by byte.
    case ascii
    case unicode

    init(_ bytes: Span<UInt8>) {
      var form = Form.plain
      for index in bytes.indices {
        let byte = bytes[index]
        if byte >= 0x80 {
          self = .unicode
          return
        }
        if byte < 0x20 || byte == 0x22 || byte == 0x5c || byte == 0x7f { form = .ascii }
      }
      self = form
    }
  }

  private static func write(_ scalar: Unicode.Scalar, into output: inout [UInt8]) {
    switch scalar.value {
    case 0x22, 0x5c, 0..<0x20, 0x7f: escape(UInt8(truncatingIfNeeded: scalar.value), into: &output)
    case 0x20..<0x7f: output.append(UInt8(truncatingIfNeeded: scalar.value))
    case 0x80..<0xa0, 0x061c, 0x200e, 0x200f, 0x202a...0x202e, 0x2066...0x2069:
      escape(code: UInt16(truncatingIfNeeded: scalar.value), into: &output)
    default: output += UTF8.encode(scalar).map { Array($0) } ?? []
    }
  }

  private static func escape(_ byte: UInt8, into output: inout [UInt8]) {
    switch byte {
    case 0x22, 0x5c: output += [0x5c, byte]
    case 0x0a: output += "\\n".utf8
    case 0x09: output += "\\t".utf8
    default: escape(code: UInt16(byte), into: &output)
    }
  }

  /// `\u` and four digits.
  private static func escape(code: UInt16, into output: inout [UInt8]) {
    output += "\\u".utf8
    for shift in [12, 8, 4, 0] {
      let digit = UInt8(code >> UInt16(shift) & 0xf)
      output.append(digit < 10 ? 0x30 + digit : 0x57 + digit)
    }
  }

  /// Whether `a` comes before `b` in the order of members.
  static func precedes(_ a: String, _ b: String) -> Bool {
    let (first, second) = (a.utf8.span, b.utf8.span)
    for index in 0..<min(first.count, second.count) where first[index] != second[index] {
      return first[index] < second[index]
    }
    return first.count < second.count
  }
}
