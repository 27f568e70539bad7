// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

/// The secrets of a run, found by the longest word of each.
struct SecretWords: Sendable {
  /// A word's FNV-1a hash, as it grows. Source: draft-eastlake-fnv, 64 bits.
  struct Hash {
    private(set) var value: UInt64 = 0xcbf2_9ce4_8422_2325
    private(set) var count = 0

    var isEmpty: Bool { count == 0 }

    mutating func add(_ byte: UInt8) {
      value = (value ^ UInt64(SecretWords.lower(byte))) &* 0x0000_0100_0000_01b3
      count += 1
    }

    init() {}

    init(_ word: some Sequence<UInt8>) { for byte in word { add(byte) } }

    private static let serials = Set(SerialNumber.words.map { Hash($0.utf8).value })

    var isAboutSerials: Bool { count <= 13 && Self.serials.contains(value) }
  }

  private struct Secret {
    let bytes: [UInt8]
    /// Where its longest word begins.
    let offset: Int
  }

  private var byWord: [UInt64: [Secret]] = [:]
  /// One bit for the low bits of each hash: nearly all words of a page end here.
  private var filter: [UInt64]

  init(_ secrets: [String], open: [String]) {
    let open = Set(open.map { $0.utf8.map(Self.lower) })
    filter = Array(repeating: 0, count: 1 << 14)
    var seen: Set<[UInt8]> = []
    for secret in secrets {
      for form in Self.forms(secret) where form.count > 3 && !open.contains(form) {
        guard seen.insert(form).inserted, let word = Self.longestWord(form) else { continue }
        let hash = Hash(form[word]).value
        byWord[hash, default: []].append(Secret(bytes: form, offset: word.lowerBound))
        filter[Int(hash >> 6) & 0x3fff] |= 1 << (hash & 63)
      }
    }
  }

  /// As it is, and as HTML and JSON write it.
  private static func forms(_ secret: String) -> [[UInt8]] {
    let plain = secret.utf8.map(lower)
    let html = plain.flatMap { byte -> [UInt8] in
      switch byte {
      case 0x26: Array("&amp;".utf8)
      case 0x3c: Array("&lt;".utf8)
      case 0x3e: Array("&gt;".utf8)
      case 0x22: Array("&quot;".utf8)
      case 0x27: Array("&#39;".utf8)
      default: [byte]
      }
    }
    let json = plain.flatMap { [0x22, 0x5c].contains($0) ? [0x5c, $0] : [$0] }
    return [plain, html, json]
  }

  private static func longestWord(_ bytes: [UInt8]) -> Range<Int>? {
    let kinds = ByteKind.table
    var longest: Range<Int>?
    var start = 0
    for index in 0...bytes.count where index == bytes.count || !kinds[Int(bytes[index])].isWord {
      if index - start > longest?.count ?? 0 { longest = start..<index }
      start = index + 1
    }
    return longest
  }

  func mayContain(_ word: Hash) -> Bool {
    filter[Int(word.value >> 6) & 0x3fff] >> (word.value & 63) & 1 == 1
  }

  /// Whether a word, and what is around it, is one of the secrets.
  func isSecret(_ bytes: [UInt8], _ word: Range<Int>) -> Bool {
    for secret in byWord[Hash(bytes[word]).value] ?? [] {
      let start = word.lowerBound - secret.offset
      let end = start + secret.bytes.count
      guard start >= 0, end <= bytes.count else { continue }
      if zip(bytes[start..<end], secret.bytes).allSatisfy({ Self.lower($0) == $1 }) { return true }
    }
    return false
  }

  static func lower(_ byte: UInt8) -> UInt8 { (0x41...0x5a).contains(byte) ? byte | 0x20 : byte }
}
