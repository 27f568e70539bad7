// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import FoundationEssentials

/// RFC 4648, read strictly: one text for some bytes and no other, with its padding and no blanks.
///
/// Two texts for the same bytes would let an envelope be changed without anybody noticing.
enum Base64 {
  static func text(_ bytes: [UInt8]) -> String { Data(bytes).base64EncodedString() }

  /// `nil`: a letter of no alphabet, no padding, or bits that stand for nothing and are not zero (section 3.5).
  static func bytes(_ text: String) -> [UInt8]? {
    guard let data = Data(base64Encoded: text), data.base64EncodedString() == text else { return nil }
    return Array(data)
  }

  /// The same from either alphabet, but not both in one text. Source: section 5; DSSE envelope.md allows it.
  static func bytesOfEither(_ text: String) -> [UInt8]? {
    let letters = Array(text.utf8)
    guard letters.contains(where: { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_") }) else {
      return bytes(text)
    }
    guard !letters.contains(UInt8(ascii: "+")), !letters.contains(UInt8(ascii: "/")) else { return nil }
    let plain = letters.map { letter in
      switch letter {
      case UInt8(ascii: "-"): UInt8(ascii: "+")
      case UInt8(ascii: "_"): UInt8(ascii: "/")
      default: letter
      }
    }
    return bytes(String(decoding: plain, as: UTF8.self))
  }
}
