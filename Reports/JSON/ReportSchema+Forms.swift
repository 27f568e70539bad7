// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import CanonicalJSON

// The few forms that the schema is put together from.
extension ReportSchema {
  /// An object with exactly these keys, all of them required.
  static func object(_ description: String, _ properties: [String: JSONValue]) -> JSONValue {
    let names = properties.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    return [
      "type": "object",
      "description": .string(description),
      "properties": .object(properties),
      "required": .array(names.map(JSONValue.string)),
      "additionalProperties": false,
    ]
  }

  static func list(_ description: String, of items: JSONValue) -> JSONValue {
    ["type": "array", "description": .string(description), "items": items]
  }

  static func text(_ description: String) -> JSONValue {
    ["type": "string", "description": .string(description)]
  }

  static func flag(_ description: String) -> JSONValue {
    ["type": "boolean", "description": .string(description)]
  }

  static func number(_ description: String, minimum: Int64) -> JSONValue {
    ["type": "integer", "minimum": .integer(minimum), "description": .string(description)]
  }

  /// As the report writes a 64-bit count: a number, or digits where a number would not be exact.
  static func count(_ description: String) -> JSONValue {
    [
      "description": .string(description),
      "oneOf": [["type": "integer", "minimum": 0], ["type": "string", "pattern": "^[0-9]{16,20}$"]],
    ]
  }

  static func words(_ words: [String], _ description: String) -> JSONValue {
    ["enum": .array(words.map(JSONValue.string)), "description": .string(description)]
  }

  static func pattern(_ pattern: String, _ description: String) -> JSONValue {
    ["type": "string", "pattern": .string(pattern), "description": .string(description)]
  }

  static func reference(_ name: String) -> JSONValue { ["$ref": .string("#/$defs/\(name)")] }

  /// The form, or null for not known.
  static func orNull(_ form: JSONValue, _ description: String? = nil) -> JSONValue {
    let either: JSONValue = ["anyOf": [form, ["type": "null"]]]
    return description.map { described(members(either), $0) } ?? either
  }

  static func described(_ form: [String: JSONValue], _ description: String) -> JSONValue {
    .object(form.merging(["description": .string(description)]) { _, new in new })
  }

  static func members(_ value: JSONValue) -> [String: JSONValue] {
    if case .object(let members) = value { members } else { [:] }
  }
}
