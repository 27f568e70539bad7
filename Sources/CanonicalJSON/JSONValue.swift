// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

/// A JSON document as a value, and its one canonical text: keys sorted by their UTF-8 bytes, no floats, LF.
public enum JSONValue: Sendable, Equatable {
  case null
  case bool(Bool)
  case integer(Int64)
  case string(String)
  case array([JSONValue])
  /// An array whose elements are made one by one while it is written.
  case elements(JSONElements)
  case object([String: JSONValue])
  /// One of many that are alike.
  case filling(JSONFilling)
}

/// Elements that need not be there all at once: a host may have thousands of PCI functions.
public struct JSONElements: Sendable, Equatable {
  let count: Int
  let element: @Sendable (Int) -> JSONValue

  /// - Parameter element: the same index gives the same value every time.
  public init(count: Int, element: @escaping @Sendable (Int) -> JSONValue) {
    (self.count, self.element) = (count, element)
  }

  public static func == (a: JSONElements, b: JSONElements) -> Bool {
    a.count == b.count && (0..<a.count).allSatisfy { a.element($0) == b.element($0) }
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

  /// As above, at a depth; `nil`: on one line.
  func write(into output: inout [UInt8], depth: Int?, _ drain: (inout [UInt8]) -> Void) {
    switch self {
    case .null: output += "null".utf8
    case .bool(let value): output += (value ? "true" : "false").utf8
    case .integer(let value): output += String(value).utf8
    case .string(let value): JSONString.write(value, into: &output)
    case .array(let elements):
      Self.enclose("[", "]", elements, depth, into: &output) {
        $0.write(into: &$1, depth: depth.map { $0 + 1 }, drain)
      }
    case .elements(let elements):
      let inner = depth.map { $0 + 1 }
      var texts: [ObjectIdentifier: JSONForm.Text] = [:]
      Self.enclose("[", "]", 0..<elements.count, depth, into: &output) {
        let element = elements.element($0)
        if case .filling(let filling) = element {
          let form = ObjectIdentifier(filling.form)
          let text = texts[form] ?? filling.form.text(depth: inner, drain)
          texts[form] = text
          text.fill(with: filling.words, into: &$1)
        } else {
          element.write(into: &$1, depth: inner, drain)
        }
        drain(&$1)
      }
    case .filling(let filling):
      filling.form.text(depth: depth, drain).fill(with: filling.words, into: &output)
    case .object(let members):
      let sorted = members.sorted { JSONString.precedes($0.key, $1.key) }
      Self.enclose("{", "}", sorted, depth, into: &output) { member, output in
        JSONString.write(member.key, into: &output)
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
    for _ in 0..<2 * depth { output.append(0x20) }
  }
}
