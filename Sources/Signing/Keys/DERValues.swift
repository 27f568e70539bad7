// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

/// Values one after another in DER, as far as keys need them: tags of one byte, lengths below 64 KiB in their shortest
/// form. Source: X.690 (02/2021), sections 8.1 and 10.1.
struct DERValues {
  static let integer: UInt8 = 0x02
  static let bitString: UInt8 = 0x03
  static let octetString: UInt8 = 0x04
  static let objectIdentifier: UInt8 = 0x06
  static let sequence: UInt8 = 0x30

  private var rest: ArraySlice<UInt8>

  init(_ bytes: [UInt8]) { rest = bytes[...] }

  var isEmpty: Bool { rest.isEmpty }
  /// The next value's; `nil`: there is none.
  var tag: UInt8? { rest.first }

  /// What the next value holds; `nil`: it has another tag or does not fit.
  mutating func take(_ tag: UInt8) -> [UInt8]? {
    var rest = self.rest
    guard rest.popFirst() == tag, let length = Self.length(&rest), rest.count >= length else { return nil }
    defer { self.rest = rest.dropFirst(length) }
    return Array(rest.prefix(length))
  }

  private static func length(_ rest: inout ArraySlice<UInt8>) -> Int? {
    guard let first = rest.popFirst() else { return nil }
    switch first {
    case 0..<0x80: return Int(first)
    case 0x81:
      guard let length = rest.popFirst(), length >= 0x80 else { return nil }
      return Int(length)
    case 0x82:
      guard let high = rest.popFirst(), let low = rest.popFirst(), high > 0 else { return nil }
      return Int(high) << 8 | Int(low)
    default: return nil
    }
  }
}
