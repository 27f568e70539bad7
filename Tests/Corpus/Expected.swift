// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Foundation

/// What `expected.json` says of one dump: a JSON value with paths.
struct Expected: @unchecked Sendable {
  let value: Any?

  /// `amd_mem_enc.c_bit`
  subscript(path: String) -> Expected {
    var current = value
    for key in path.split(separator: ".") { current = (current as? [String: Any])?[String(key)] }
    return Expected(value: current is NSNull ? nil : current)
  }

  var isThere: Bool { value != nil }
  var keys: Set<String> { Set((value as? [String: Any] ?? [:]).keys) }
  func has(_ key: String) -> Bool { keys.contains(key) }
  var list: [Expected]? { (value as? [Any])?.map { Expected(value: $0) } }
  var strings: [String]? { (value as? [Any])?.compactMap { $0 as? String } }

  /// As one text, however JSON wrote it: `true`, `51`, `AMD EPYC`.
  var text: String? {
    switch value {
    case let text as String: text
    case let number as NSNumber:
      isBoolean(number) ? (number.boolValue ? "true" : "false") : number.stringValue
    default: nil
    }
  }

  private func isBoolean(_ number: NSNumber) -> Bool { unsafe String(cString: number.objCType) == "c" }
}

/// One thing that an expectation and a report both speak of.
struct Comparison: Sendable {
  let field: String
  /// `nil`: the other program knew of none.
  let expected, got: String?
  var agrees: Bool { expected == got }
}
