// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Crypto

/// A name as a part of a path: any file system takes it, two names never share one, and nothing in it needs escaping.
enum Slug {
  /// `a`-`z`, digits, `.` and `-`, at most 64 of them, stay as they are. Any other name becomes what is left of it, `_`, and 20
  /// digits of its SHA-256; the `_` keeps it apart from names that stay.
  static func of(_ name: String) -> String {
    let bytes = Array(name.utf8)
    let isPlain =
      (1...64).contains(bytes.count) && bytes.allSatisfy(isOpen) && bytes.first != 0x2e && bytes.last != 0x2e
    if isPlain { return name }
    return plain(name) + "_" + Digest.hexadecimal(bytes, digits: 20)
  }

  /// What can be read of a name; two may share it.
  static func plain(_ name: String) -> String {
    let rest = name.utf8.prefix(24).map { lower($0) }.map { isOpen($0) && $0 != 0x2e ? $0 : 0x2d }
    return String(decoding: rest, as: UTF8.self)
  }

  private static func isOpen(_ byte: UInt8) -> Bool {
    (0x61...0x7a).contains(byte) || (0x30...0x39).contains(byte) || byte == 0x2e || byte == 0x2d
  }

  private static func lower(_ byte: UInt8) -> UInt8 { (0x41...0x5a).contains(byte) ? byte | 0x20 : byte }
}

/// SHA-256.
enum Digest {
  private static let alphabet = Array("0123456789abcdef".utf8)

  /// The first digits of it, of 64.
  static func hexadecimal(_ bytes: [UInt8], digits: Int = 64) -> String {
    let text = SHA256.hash(data: bytes).flatMap { [alphabet[Int($0 >> 4)], alphabet[Int($0 & 15)]] }
    return String(decoding: text.prefix(digits), as: UTF8.self)
  }
}
