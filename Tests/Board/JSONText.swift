// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import CanonicalJSON

/// A small strict reader of JSON, and of as much of JSON Schema as the feeds' schemas use.
enum JSONText {
  struct Fault: Error { let offset: Int }

  static func parse(_ bytes: [UInt8]) throws -> JSONValue {
    var reader = Reader(bytes: bytes)
    let value = try reader.value()
    reader.skip()
    if reader.index != bytes.count { throw Fault(offset: reader.index) }
    return value
  }

  private struct Reader {
    let bytes: [UInt8]
    var index = 0

    mutating func skip() {
      while index < bytes.count, [0x20, 0x0a, 0x0d, 0x09].contains(bytes[index]) { index += 1 }
    }

    private mutating func take(_ text: String) -> Bool {
      guard bytes[index...].starts(with: text.utf8) else { return false }
      index += text.utf8.count
      return true
    }

    mutating func value() throws -> JSONValue {
      skip()
      if take("null") { return .null }
      if take("true") { return .bool(true) }
      if take("false") { return .bool(false) }
      if take("{") { return try object() }
      if take("[") { return try array() }
      if index < bytes.count, bytes[index] == 0x22 { return .string(try text()) }
      let start = index
      while index < bytes.count, bytes[index] == 0x2d || (0x30...0x39).contains(bytes[index]) { index += 1 }
      guard let number = Int64(String(decoding: bytes[start..<index], as: UTF8.self)) else {
        throw Fault(offset: start)
      }
      return .integer(number)
    }

    private mutating func object() throws -> JSONValue {
      var members: [String: JSONValue] = [:]
      skip()
      if take("}") { return .object(members) }
      repeat {
        skip()
        let key = try text()
        skip()
        guard take(":"), members[key] == nil else { throw Fault(offset: index) }
        members[key] = try value()
        skip()
      } while take(",")
      guard take("}") else { throw Fault(offset: index) }
      return .object(members)
    }

    private mutating func array() throws -> JSONValue {
      var elements: [JSONValue] = []
      skip()
      if take("]") { return .array(elements) }
      repeat {
        elements.append(try value())
        skip()
      } while take(",")
      guard take("]") else { throw Fault(offset: index) }
      return .array(elements)
    }

    private mutating func text() throws -> String {
      guard take("\"") else { throw Fault(offset: index) }
      var text: [UInt8] = []
      while index < bytes.count, bytes[index] != 0x22 {
        if bytes[index] < 0x20 { throw Fault(offset: index) }
        if bytes[index] == 0x5c { try escape(into: &text) } else { text.append(bytes[index]); index += 1 }
      }
      guard take("\"") else { throw Fault(offset: index) }
      return String(decoding: text, as: UTF8.self)
    }

    private mutating func escape(into text: inout [UInt8]) throws {
      for (name, byte) in [("\\\"", 0x22), ("\\\\", 0x5c), ("\\n", 0x0a), ("\\t", 0x09)] as [(String, UInt8)]
      where take(name) {
        text.append(byte)
        return
      }
      guard take("\\u"), index + 4 <= bytes.count,
        let code = UInt32(String(decoding: bytes[index..<(index + 4)], as: UTF8.self), radix: 16),
        let scalar = Unicode.Scalar(code)
      else { throw Fault(offset: index) }
      index += 4
      text += String(scalar).utf8
    }
  }
}

extension JSONValue {
  private subscript(_ key: String) -> JSONValue? {
    if case .object(let members) = self { members[key] } else { nil }
  }

  /// Where it is not as a schema says.
  func faults(_ schema: JSONValue, at path: String = "$") -> [String] {
    var faults: [String] = []
    if let constant = schema["const"], constant != self { faults.append("\(path): const") }
    if case .array(let values)? = schema["enum"], !values.contains(self) { faults.append("\(path): enum") }
    if case .array(let choices)? = schema["oneOf"], choices.count(where: { self.faults($0).isEmpty }) != 1 {
      faults.append("\(path): oneOf")
    }
    switch (schema["type"], self) {
    case (nil, _), ("string", .string), ("boolean", .bool): break
    case ("integer", .integer(let number)):
      if case .integer(let least)? = schema["minimum"], number < least { faults.append("\(path): minimum") }
    case ("array", .array(let elements)):
      for (index, element) in elements.enumerated() {
        if let items = schema["items"] { faults += element.faults(items, at: "\(path)[\(index)]") }
      }
    case ("object", .object(let members)):
      guard case .object(let properties)? = schema["properties"],
        case .array(let required)? = schema["required"]
      else {
        return faults + ["\(path): a schema without properties"]
      }
      for case .string(let key) in required where members[key] == nil {
        faults.append("\(path): lacks \(key)")
      }
      for (key, member) in members {
        guard let property = properties[key] else {
          faults.append("\(path): has \(key)")
          continue
        }
        faults += member.faults(property, at: "\(path).\(key)")
      }
    default: faults.append("\(path): type")
    }
    return faults
  }
}
