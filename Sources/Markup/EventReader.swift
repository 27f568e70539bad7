// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

/// Reads the flat buffer that `chost_xml_flatten` writes; its form is described with that function.
struct EventReader {
  private var rest: ArraySlice<UInt8>

  init(_ events: ArraySlice<UInt8>) { rest = events }

  /// The one element that the buffer holds; `nil`: the buffer is not of its form.
  mutating func element() -> XMLElement? {
    var open: [XMLElement] = []
    while let tag = rest.popFirst() {
      switch tag {
      case UInt8(ascii: "S"):
        guard let started = start() else { return nil }
        open.append(started)
      case UInt8(ascii: "T"):
        guard let piece = string(), !open.isEmpty else { return nil }
        open[open.count - 1].text += piece
      case UInt8(ascii: "E"):
        guard let closed = open.popLast() else { return nil }
        guard !open.isEmpty else { return closed }
        open[open.count - 1].children.append(closed)
      default: return nil
      }
    }
    return nil
  }

  private mutating func start() -> XMLElement? {
    guard let name = string(), let count = number() else { return nil }
    var attributes: [String: String] = [:]
    for _ in 0..<count {
      guard let key = string(), let value = string() else { return nil }
      attributes[key] = value
    }
    return XMLElement(name, attributes: attributes)
  }

  private mutating func string() -> String? {
    guard let length = number(), length <= rest.count else { return nil }
    defer { rest = rest.dropFirst(length) }
    return String(decoding: rest.prefix(length), as: UTF8.self)
  }

  /// Both sides are the same machine, and every machine hostcap runs on is little endian.
  private mutating func number() -> Int? {
    guard rest.count >= 4 else { return nil }
    defer { rest = rest.dropFirst(4) }
    return rest.prefix(4).reversed().reduce(0) { $0 << 8 | Int($1) }
  }
}
