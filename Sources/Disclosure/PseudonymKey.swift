// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Crypto

/// A provider's secret from which the pseudonyms of its hosts are made. Who has it can try names; whoever loses it only
/// loses that a host keeps its pseudonym.
public struct PseudonymKey: Sendable {
  public enum Refusal: Error, Sendable, Hashable {
    /// Fewer than 32 bytes.
    case tooShort
  }
  private let key: SymmetricKey

  /// - Parameter file: a key file's content: 32 bytes or more, raw or as hexadecimal digits with a line's end.
  public init(file: [UInt8]) throws(Refusal) {
    let text = file.reversed().drop { $0 == 0x0a || $0 == 0x0d || $0 == 0x20 }.reversed()
    let digits = text.map(Self.value)
    let isText = digits.count.isMultiple(of: 2) && digits.count > 0 && !digits.contains(nil)
    let bytes =
      isText
      ? stride(from: 0, to: digits.count, by: 2).map { (digits[$0] ?? 0) << 4 | (digits[$0 + 1] ?? 0) }
      : file
    guard bytes.count >= 32 else { throw .tooShort }
    key = SymmetricKey(data: bytes)
  }

  private static func value(_ digit: UInt8) -> UInt8? {
    switch digit {
    case 0x30...0x39: digit - 0x30
    case 0x41...0x46: digit - 0x37
    case 0x61...0x66: digit - 0x57
    default: nil
    }
  }

  /// Twelve of `a`-`z` and `2`-`7`: the first 60 bits of an HMAC of a value's kind and the value. Not a salted hash: who
  /// knows the salt could try all names.
  /// Source: RFC 2104; RFC 4648 section 6, in lower case.
  func pseudonym(_ kind: String, _ value: String) -> String {
    let code = HMAC<SHA256>.authenticationCode(for: Array(kind.utf8) + [0] + Array(value.utf8), using: key)
    let alphabet = Array("abcdefghijklmnopqrstuvwxyz234567".utf8)
    var bits: UInt64 = 0
    for byte in code.prefix(8) { bits = bits << 8 | UInt64(byte) }
    let letters = (0..<12).map { alphabet[Int(bits >> (59 - 5 * UInt64($0)) & 31)] }
    return String(decoding: letters, as: UTF8.self)
  }
}
