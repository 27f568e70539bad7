// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

/// A JSON document as a value, and its one canonical text: keys sorted by their UTF-8 bytes, no floats, LF.
public enum JSONValue: Sendable, Hashable {
  case null
  case bool(Bool)
  case integer(Int64)
  case string(String)
  case array([JSONValue])
  case object([String: JSONValue])
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
  public func write(into output: inout [UInt8], indented: Bool = true) {
    write(into: &output, depth: indented ? 0 : nil)
  }

  private func write(into output: inout [UInt8], depth: Int?) {
    switch self {
    case .null: output += "null".utf8
    case .bool(let value): output += (value ? "true" : "false").utf8
    case .integer(let value): output += String(value).utf8
    case .string(let value): Self.quote(value, into: &output)
    case .array(let elements):
      Self.enclose("[", "]", elements, depth, into: &output) {
        $0.write(into: &$1, depth: depth.map { $0 + 1 })
      }
    case .object(let members):
      let sorted = members.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
      Self.enclose("{", "}", sorted, depth, into: &output) { member, output in
        Self.quote(member.key, into: &output)
        output += (depth == nil ? ":" : ": ").utf8
        member.value.write(into: &output, depth: depth.map { $0 + 1 })
      }
    }
  }

  private static func enclose<Element>(
    _ open: String, _ close: String, _ elements: [Element], _ depth: Int?, into output: inout [UInt8],
    _ write: (Element, inout [UInt8]) -> Void
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

  /// Source: RFC 8259 section 7; U+007F to U+009F are escaped too, so that no terminal obeys a report.
  private static func quote(_ text: String, into output: inout [UInt8]) {
    output.append(0x22)
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x22: output += "\\\"".utf8
      case 0x5c: output += "\\\\".utf8
      case 0x0a: output += "\\n".utf8
      case 0x09: output += "\\t".utf8
      case 0..<0x20, 0x7f...0x9f:
        let digits = String(scalar.value, radix: 16)
        output += "\\u".utf8
        output.append(contentsOf: repeatElement(0x30, count: 4 - digits.utf8.count))
        output += digits.utf8
      default: output.append(contentsOf: scalar.utf8)
      }
    }
    output.append(0x22)
  }
}
