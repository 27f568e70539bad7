// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

/// Reads a name from left to right, in ASCII and exactly as it is written.
struct NameScanner {
  private(set) var rest: Substring

  init(_ text: Substring) { rest = text }

  func error(_ message: String) -> SCSNameError { SCSNameError(message, rest: rest) }

  /// Steps over `text`, if it comes next.
  mutating func take(_ text: String) -> Bool {
    guard rest.hasPrefix(text) else { return false }
    rest = rest.dropFirst(text.count)
    return true
  }

  /// Up to nine digits; `nil`, and no step: there is none, a zero leads, or there are more.
  mutating func number() -> Int? {
    let digits = rest.prefix { $0.isASCII && $0.isNumber }
    guard digits.count <= 9, let number = Int(digits), digits.count == 1 || digits.first != "0" else {
      return nil
    }
    rest = rest.dropFirst(digits.count)
    return number
  }

  /// The value that the next letter stands for.
  mutating func letter<Value: RawRepresentable>(_ type: Value.Type) -> Value? where Value.RawValue == String {
    guard let letter = rest.first, let value = Value(rawValue: String(letter)) else { return nil }
    rest = rest.dropFirst()
    return value
  }

  /// How often `h` stands next.
  mutating func marks() -> Int {
    let count = rest.prefix { $0 == "h" }.count
    rest = rest.dropFirst(count)
    return count
  }
}
