// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

/// Finds hardware addresses and UUIDs in redacted bytes, independently of the code that should have replaced them.
enum Identities {
  /// The first that carries no pseudonym's mark and stands alone; `nil`: there is none.
  static func left(in bytes: [UInt8]) -> String? {
    for word in bytes.split(whereSeparator: { !isPart($0) }) where word.count == 17 || word.count == 36 {
      let text = String(decoding: word, as: UTF8.self).lowercased()
      if isAddress(text) || isUUID(text) { return text }
    }
    return nil
  }

  /// Letters, digits and what joins them: in a longer word seventeen characters are no address.
  private static func isPart(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, 0x80...: true
    default: "_:-.".utf8.contains(byte)
    }
  }

  private static func isAddress(_ word: String) -> Bool {
    let groups = word.split(separator: ":", omittingEmptySubsequences: false)
    guard groups.count == 6, groups.allSatisfy({ $0.utf8.count == 2 && isHexadecimal($0) }) else {
      return false
    }
    return !word.hasPrefix("02:68:63:") && word != "00:00:00:00:00:00" && word != "ff:ff:ff:ff:ff:ff"
  }

  private static func isUUID(_ word: String) -> Bool {
    let groups = word.split(separator: "-", omittingEmptySubsequences: false)
    guard groups.map(\.utf8.count) == [8, 4, 4, 4, 12], groups.allSatisfy(isHexadecimal) else { return false }
    return !word.hasPrefix("68636170-") && word.utf8.contains { $0 != 0x30 && $0 != 0x2d }
  }

  private static func isHexadecimal(_ text: Substring) -> Bool {
    text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
  }
}
