// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

/// Strings with their length in front. Source: RFC 4251, section 5.
struct SSHStrings {
  /// Source: RFC 8709, section 4.
  static let ed25519 = Array("ssh-ed25519".utf8)

  private var rest: ArraySlice<UInt8>

  init(_ bytes: [UInt8]) { rest = bytes[...] }

  var isEmpty: Bool { rest.isEmpty }

  mutating func take(_ count: Int) -> [UInt8]? {
    guard rest.count >= count else { return nil }
    defer { rest = rest.dropFirst(count) }
    return Array(rest.prefix(count))
  }

  /// 32 bits, the highest first.
  mutating func number() -> UInt32? { take(4)?.reduce(0) { $0 << 8 | UInt32($1) } }

  mutating func string() -> [UInt8]? {
    guard let length = number() else { return nil }
    return take(Int(length))
  }

  /// Everything that is left.
  mutating func remainder() -> [UInt8] {
    defer { rest = [] }
    return Array(rest)
  }

  /// The 32 bytes within a public key as SSH writes it; `nil`: another kind of key, or more than a key.
  static func ed25519Key(_ blob: [UInt8]) -> [UInt8]? {
    var parts = SSHStrings(blob)
    guard parts.string() == ed25519, let raw = parts.string(), raw.count == 32, parts.isEmpty else {
      return nil
    }
    return raw
  }

  static func encoded(_ bytes: [UInt8]) -> [UInt8] {
    let count = UInt32(bytes.count)
    return [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: count >> $0) } + bytes
  }
}
