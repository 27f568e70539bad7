// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

/// A JSON document as a value, and its one canonical text: keys sorted by their UTF-8 bytes, no floats, LF.
public enum JSONValue: Sendable, Hashable {
  case null
  case bool(Bool)
  case integer(Int64)
  case string(String)
  case array([JSONValue])
  /// An array whose elements are made one by one while it is written.
  case elements(JSONElements)
  case object([String: JSONValue])
}

/// Elements that need not be there all at once: a host may have thousands of PCI functions.
public struct JSONElements: Sendable, Hashable {
  let count: Int
  let element: @Sendable (Int) -> JSONValue

  /// - Parameter element: the same index gives the same value every time.
  public init(count: Int, element: @escaping @Sendable (Int) -> JSONValue) {
    (self.count, self.element) = (count, element)
  }

  public static func == (a: JSONElements, b: JSONElements) -> Bool {
    a.count == b.count && (0..<a.count).allSatisfy { a.element($0) == b.element($0) }
  }

  public func hash(into hasher: inout Hasher) {
    for index in 0..<count { hasher.combine(element(index)) }
  }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  public init(stringLiteral value: String) { self = .string(value) }
  public init(booleanLiteral value: Bool) { self = .bool(value) }
  public init(integerLiteral value: Int64) { self = .integer(value) }
  public init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
  public init(dictionaryLiteral elements: (String, JSONValue)...) {
    self = .object(Dictionary(elements) { _, last in last })
  }
}

extension JSONValue {
  /// Appends the canonical text: indented by two blanks a level, or on one line.
  ///
  /// - Parameter drain: called after every one of `elements`; it may take away what is there.
  public func write(
    into output: inout [UInt8], indented: Bool = true, draining drain: (inout [UInt8]) -> Void = { _ in }
  ) {
    write(into: &output, depth: indented ? 0 : nil, drain)
  }

  private func write(into output: inout [UInt8], depth: Int?, _ drain: (inout [UInt8]) -> Void) {
    switch self {
    case .null: output += "null".utf8
    case .bool(let value): output += (value ? "true" : "false").utf8
    case .integer(let value): output += String(value).utf8
    case .string(let value): Self.quote(value, into: &output)
    case .array(let elements):
      Self.enclose("[", "]", elements, depth, into: &output) {
        $0.write(into: &$1, depth: depth.map { $0 + 1 }, drain)
      }
    case .elements(let elements):
      Self.enclose("[", "]", 0..<elements.count, depth, into: &output) {
        elements.element($0).write(into: &$1, depth: depth.map { $0 + 1 }, drain)
        drain(&$1)
      }
    case .object(let members):
      let sorted = members.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
      Self.enclose("{", "}", sorted, depth, into: &output) { member, output in
        Self.quote(member.key, into: &output)
        output += (depth == nil ? ":" : ": ").utf8
        member.value.write(into: &output, depth: depth.map { $0 + 1 }, drain)
      }
    }
  }

  private static func enclose<Elements: Collection>(
    _ open: String, _ close: String, _ elements: Elements, _ depth: Int?, into output: inout [UInt8],
    _ write: (Elements.Element, inout [UInt8]) -> Void
  ) {
    output += open.utf8
    for (index, element) in elements.enumerated() {
      if index > 0 { output += ",".utf8 }
      if let depth { newline(depth + 1, into: &output) }
      write(element, &output)
    }
    if let depth, !elements.isEmpty { newline(depth, into: &output) }
    output += close.utf8
  }

  private static func newline(_ depth: Int, into output: inout [UInt8]) {
    output.append(0x0a)
    output.append(contentsOf: repeatElement(0x20, count: 2 * depth))
  }

  /// Source: RFC 8259 section 7; U+007F to U+009F, and what turns the direction of text, are escaped too, so that no
  /// terminal obeys a report.
  private static func quote(_ text: String, into output: inout [UInt8]) {
    output.append(0x22)
    if text.utf8.allSatisfy({ $0 < 0x80 }) {
      for byte in text.utf8 { quote(byte, into: &output) }
    } else {
      for scalar in text.unicodeScalars {
        switch scalar.value {
        case 0..<0x80: quote(UInt8(truncatingIfNeeded: scalar.value), into: &output)
        case 0x80..<0xa0, 0x061c, 0x200e, 0x200f, 0x202a...0x202e, 0x2066...0x2069:
          escape(UInt16(truncatingIfNeeded: scalar.value), into: &output)
        default: output += UTF8.encode(scalar).map { Array($0) } ?? []
        }
      }
    }
    output.append(0x22)
  }

  private static func quote(_ byte: UInt8, into output: inout [UInt8]) {
    switch byte {
    case 0x22, 0x5c: output += [0x5c, byte]
    case 0x0a: output += "\\n".utf8
    case 0x09: output += "\\t".utf8
    case 0..<0x20, 0x7f: escape(UInt16(byte), into: &output)
    default: output.append(byte)
    }
  }

  /// `\u` and four digits.
  private static func escape(_ code: UInt16, into output: inout [UInt8]) {
    output += "\\u".utf8
    for shift in [12, 8, 4, 0] {
      let digit = UInt8(code >> UInt16(shift) & 0xf)
      output.append(digit < 10 ? 0x30 + digit : 0x57 + digit)
    }
  }
}
