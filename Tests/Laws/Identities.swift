// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

/// Finds what identifies a machine in a tape's text, independently of the code that should have replaced it.
enum Identities {
  /// Hardware addresses and UUIDs that carry no pseudonym's mark.
  static func left(in text: [UInt8]) -> [String] {
    let parts = text.split { byte in
      switch byte {
      case 0x30...0x39, 0x41...0x46, 0x61...0x66, UInt8(ascii: ":"), UInt8(ascii: "-"): false
      default: true
      }
    }
    return parts.compactMap { part in
      guard part.count == 17 || part.count == 36 else { return nil }
      let word = String(decoding: part, as: UTF8.self).lowercased()
      return isAddress(word) || isUUID(word) ? word : nil
    }
  }

  private static func isAddress(_ word: String) -> Bool {
    let groups = word.split(separator: ":", omittingEmptySubsequences: false)
    guard groups.count == 6, groups.allSatisfy({ $0.count == 2 }) else { return false }
    return !word.hasPrefix("02:68:63:") && word != "00:00:00:00:00:00" && word != "ff:ff:ff:ff:ff:ff"
  }

  private static func isUUID(_ word: String) -> Bool {
    word.split(separator: "-", omittingEmptySubsequences: false).map(\.count) == [8, 4, 4, 4, 12]
      && !word.hasPrefix("68636170-") && !word.hasPrefix("00000000-0000-")
  }
}
