// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

/// One element of an XML document with what is in it.
public struct XMLElement: Sendable, Hashable {
  /// As written, a namespace prefix included.
  public let name: String
  public let attributes: [String: String]
  /// The character data directly inside, pieces joined, blanks as written.
  public internal(set) var text: String
  /// In document order.
  public internal(set) var children: [XMLElement]

  public init(
    _ name: String, attributes: [String: String] = [:], text: String = "", children: [XMLElement] = []
  ) {
    (self.name, self.attributes, self.text, self.children) = (name, attributes, text, children)
  }

  /// The text without blanks at either end.
  public var trimmedText: String {
    let isBlank = { (byte: UInt8) in byte <= 0x20 }
    let bytes = text.utf8.drop(while: isBlank)
    return String(decoding: bytes.reversed().drop(while: isBlank).reversed(), as: UTF8.self)
  }

  /// The children of that name.
  public func all(_ name: String) -> [XMLElement] { children.filter { $0.name == name } }

  /// The first descendant by names between slashes, the first of each name taken: `features/sev/cbitpos`.
  public func first(_ path: String) -> XMLElement? {
    var element = self
    for name in path.split(separator: "/") {
      guard let next = element.children.first(where: { $0.name == name }) else { return nil }
      element = next
    }
    return element
  }
}

/// Why a document was refused.
public struct XMLError: Error, Hashable, Sendable, CustomStringConvertible {
  /// Counted from 1.
  public let line: Int
  public let reason: String

  public init(line: Int, _ reason: String) { (self.line, self.reason) = (line, reason) }

  public var description: String { "line \(line): \(reason)" }
}
