// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import CanonicalJSON
internal import Evidence

// What is not known is null; what is known has one form each.
extension JSONValue {
  /// Largest integer that every reader keeps exactly. Source: RFC 8259 section 6, 2^53 - 1.
  static let largestExact: UInt64 = 9_007_199_254_740_991

  static func text(_ value: String?) -> JSONValue { value.map(JSONValue.string) ?? .null }

  static func flag(_ value: Bool?) -> JSONValue { value.map(JSONValue.bool) ?? .null }

  static func list<Element>(_ values: [Element]?, _ element: (Element) -> JSONValue) -> JSONValue {
    values.map { .array($0.map(element)) } ?? .null
  }

  static func number(_ value: Int?) -> JSONValue { value.map { .integer(Int64($0)) } ?? .null }

  /// A count as a number; beyond what readers keep exactly, as its decimal digits in a string.
  static func count(_ value: UInt64) -> JSONValue {
    value <= largestExact ? .integer(Int64(value)) : .string("\(value)")
  }

  /// Lower-case hexadecimal digits without `0x`, as sysfs and lspci print an id.
  static func hexadecimal(_ value: (some UnsignedInteger)?, width: Int) -> JSONValue {
    value.map { .string(digits($0, width: width)) } ?? .null
  }

  static func address(_ value: PCIAddress?) -> JSONValue { text(value?.description) }

  static func strings(_ values: [String]) -> JSONValue { .array(values.map(JSONValue.string)) }
}
