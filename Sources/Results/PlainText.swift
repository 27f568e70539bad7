// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

/// Text that a public board may show and that XML 1.0, YAML and subunit can hold.
enum PlainText {
  /// Longest line, in Unicode scalars.
  private static let limit = 1200

  /// One line: what steers terminals or is no character becomes U+FFFD, line ends become blanks, and PCI and hardware
  /// addresses become the word ADDRESS.
  ///
  /// Source: XML 1.0 (fifth edition) section 2.2; YAML 1.1 section 5.1.
  static func line(_ text: String) -> String {
    let named = text.split(separator: " ", omittingEmptySubsequences: false).map(Self.withoutFile)
    let masked = AddressMask.masked(Array(named.joined(separator: " ").utf8))
    var scalars = String.UnicodeScalarView()
    var count = 0
    for scalar in String(decoding: masked, as: UTF8.self).unicodeScalars {
      count += 1
      guard count <= limit else {
        scalars.append("…")
        break
      }
      scalars.append(plain(scalar))
    }
    return String(scalars)
  }

  /// What an administrator calls a firmware's descriptor may be a host's name.
  private static func withoutFile(_ word: Substring) -> String {
    let ends = word.lastIndex { $0 != "," && $0 != ":" && $0 != ";" && $0 != ")" } ?? word.startIndex
    let (text, tail) = word.isEmpty ? (word, "") : (word[...ends], String(word[word.index(after: ends)...]))
    if text.hasSuffix(".json") {
      let folder = text.lastIndex(of: "/").map { text[...$0] } ?? ""
      return "\(folder)FILE\(tail)"
    }
    return String(word)
  }

  private static func plain(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    switch scalar.value {
    case 0x09, 0x0a, 0x0d, 0x85, 0x2028, 0x2029: " "
    case 0..<0x20, 0x7f..<0xa0, 0xfeff, 0xfdd0...0xfdef: "\u{fffd}"
    case 0x061c, 0x200e, 0x200f, 0x202a...0x202e, 0x2066...0x2069: "\u{fffd}"
    // The last two of every plane are no characters.
    case let value where value & 0xfffe == 0xfffe: "\u{fffd}"
    default: scalar
    }
  }

  /// A part of an id: `NVIDIA H200 SXM 141GB` as `nvidia-h200-sxm-141gb`.
  static func word(_ text: String) -> String {
    String(
      text.lowercased().split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }.joined(separator: "-")
        .prefix(60))
  }
}

/// Hides addresses, by the way they are written.
enum AddressMask {
  private static let word = Array("ADDRESS".utf8)

  static func masked(_ bytes: [UInt8]) -> [UInt8] {
    guard bytes.contains(0x3a) else { return bytes }
    var output: [UInt8] = []
    var index = 0
    while index < bytes.count {
      let isStart = index == 0 || !isLetter(bytes[index - 1]) && bytes[index - 1] != 0x3a
      if isStart, isHex(bytes[index]), let end = end(of: bytes, at: index) {
        output += word
        index = end
      } else {
        output.append(bytes[index])
        index += 1
      }
    }
    return output
  }

  /// Where an address that starts at `start` ends; `nil`: there is none.
  ///
  /// `0000:41:00.0` with or without its domain or its function, and six pairs or more: `02:00:5e:10:00:01`.
  /// A PCI id (`15b3:101d`), a time and a version are none.
  private static func end(of bytes: [UInt8], at start: Int) -> Int? {
    var groups: [Int] = []
    var index = start
    while true {
      let first = index
      while index < bytes.count, isHex(bytes[index]) { index += 1 }
      groups.append(index - first)
      guard index + 1 < bytes.count, bytes[index] == 0x3a, isHex(bytes[index + 1]) else { break }
      index += 1
    }
    let hasFunction =
      index + 1 < bytes.count && bytes[index] == 0x2e && (0x30...0x37).contains(bytes[index + 1])
      && (index + 2 == bytes.count || !isLetter(bytes[index + 2]))
    let isWhole = index == bytes.count || !isLetter(bytes[index])
    let isFunction = groups == [2, 2] && hasFunction
    let isWithDomain = groups.count == 3 && (4...8).contains(groups[0]) && groups.dropFirst() == [2, 2]
    let isHardware = groups.count >= 6 && groups.allSatisfy { $0 == 2 }
    guard isWhole, isFunction || isWithDomain || isHardware else { return nil }
    return hasFunction && !isHardware ? index + 2 : index
  }

  private static func isHex(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte | 0x20)
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x61...0x7a).contains(byte | 0x20)
  }
}
