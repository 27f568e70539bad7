// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Evidence

/// The forms in which identities are written. Each function answers how many bytes from the start have the form, or `nil`.
enum Shape {
  /// Six or more pairs of digits with one separator, `:` or `-`. A PCI address, with four digits first, is none.
  static func pairs(_ text: ArraySlice<UInt8>, atLeast fewest: Int = 6) -> Int? {
    var at = text.startIndex
    var count = 0
    var separator: UInt8?
    while pair(text[at...]) {
      (at, count) = (at + 2, count + 1)
      guard at + 1 < text.endIndex, text[at] == UInt8(ascii: ":") || text[at] == UInt8(ascii: "-"),
        separator == nil || separator == text[at], pair(text[(at + 1)...])
      else { break }
      separator = text[at]
      at += 1
    }
    return count >= fewest ? at - text.startIndex : nil
  }

  /// Two digits, and no letter or digit behind them.
  private static func pair(_ text: ArraySlice<UInt8>) -> Bool {
    digitCount(text) == 2 && ends(text, 2)
  }

  static func uuid(_ text: ArraySlice<UInt8>) -> Int? {
    var at = text.startIndex
    for (group, width) in [8, 4, 4, 4, 12].enumerated() {
      if group > 0 {
        guard at < text.endIndex, text[at] == UInt8(ascii: "-") else { return nil }
        at += 1
      }
      guard digitCount(text[at...]) == width else { return nil }
      at += width
    }
    return ends(text, 36) ? 36 : nil
  }

  /// A network interface named after its address, `enx` and 12 digits, or an RDMA device after its GUID, `rocex` and 16.
  /// Source: systemd.net-naming-scheme(7); rdma-core udev/rdma_rename.c, NAME_GUID.
  static func interface(_ text: ArraySlice<UInt8>) -> Int? {
    for (width, prefixes) in [
      (12, ["enx", "wlx", "wwx", "slx", "ibx"]), (16, ["rocex", "ibx", "iwx", "opax", "usnicx"]),
    ] {
      guard let prefix = prefixes.first(where: { text.starts(with: $0.utf8) })?.utf8.count,
        digitCount(text.dropFirst(prefix)) == width, ends(text, prefix + width)
      else { continue }
      return prefix + width
    }
    return nil
  }

  /// A disk's name in the world: `naa.`, `eui.` or `wwn-0x` and 16 digits or more.
  static func worldWideName(_ text: ArraySlice<UInt8>) -> Int? {
    for prefix in ["naa.", "eui.", "wwn-0x"] where text.starts(with: prefix.utf8) {
      let digits = digitCount(text.dropFirst(prefix.utf8.count))
      return digits >= 16 ? prefix.utf8.count + digits : nil
    }
    return nil
  }

  static func ipv4(_ text: ArraySlice<UInt8>) -> Int? {
    var at = text.startIndex
    for group in 0..<4 {
      if group > 0 {
        guard at < text.endIndex, text[at] == UInt8(ascii: ".") else { return nil }
        at += 1
      }
      let digits = text[at...].prefix { (0x30...0x39).contains($0) }
      // A number with a zero in front is a version's, as in TDX module 1.5.05.46.
      guard (1...3).contains(digits.count), let number = decimal(digits), number < 256,
        digits.count == 1 || digits.first != UInt8(ascii: "0")
      else { return nil }
      at += digits.count
    }
    let more =
      at < text.endIndex && text[at] == UInt8(ascii: ".") && at + 1 < text.endIndex && isWord(text[at + 1])
    return ends(text, at - text.startIndex) && !more ? at - text.startIndex : nil
  }

  /// Groups of one to four digits: eight of them or more, as behind a port's number, or at least two around one `::`.
  static func ipv6(_ text: ArraySlice<UInt8>) -> Int? {
    let run = text.prefix(longestRun).prefix { hexDigit($0) != nil || $0 == UInt8(ascii: ":") }
    let length = run.last == UInt8(ascii: ":") && !run.dropLast().hasSuffix(":") ? run.count - 1 : run.count
    guard length < longestRun, ends(text, length) else { return nil }
    let groups = run.prefix(length).split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    guard groups.allSatisfy({ $0.count <= 4 }) else { return nil }
    let empty = groups.dropLast().count { $0.isEmpty }
    let whole = groups.count >= 8 && empty == 0
    return whole || (empty == 1 && groups.count { !$0.isEmpty } >= 2) ? length : nil
  }

  /// Bytes; what holds digits and colons alone for longer is no address.
  private static let longestRun = 256

  /// Whether a group of digits right before `at` belongs to the same run: an address does not begin in the middle of
  /// another's groups, or its pseudonym would make a third one of them.
  static func isInsideGroups(_ text: ArraySlice<UInt8>, _ at: Int) -> Bool {
    let before = text[..<at].suffix(longestRun)
    guard before.last == UInt8(ascii: ":") else { return false }
    let colons = before.reversed().prefix { $0 == UInt8(ascii: ":") }.count
    let digits = before.dropLast(colons).reversed().prefix { hexDigit($0) != nil }.count
    let isWholeWord = before.dropLast(colons + digits).last.map(isWord) != true
    return colons <= 2 && (1...4).contains(digits) && isWholeWord
  }

  static func hostPseudonym(_ text: ArraySlice<UInt8>) -> Int? { pseudonym("host-", text) }
  static func serialPseudonym(_ text: ArraySlice<UInt8>) -> Int? { pseudonym("serial-", text) }

  private static func pseudonym(_ prefix: String, _ text: ArraySlice<UInt8>) -> Int? {
    let length = prefix.utf8.count + 10
    guard text.starts(with: prefix.utf8), digitCount(text.dropFirst(prefix.utf8.count)) == 10,
      ends(text, length)
    else { return nil }
    return length
  }

  /// Hexadecimal digits at the start, counted up to 64.
  private static func digitCount(_ text: ArraySlice<UInt8>) -> Int {
    text.prefix(64).prefix { hexDigit($0) != nil }.count
  }

  /// The same from `start`, counted up to nine, which is more than any form begins with.
  static func digitCount(_ text: ArraySlice<UInt8>, from start: Int) -> Int {
    var at = start
    while at < text.endIndex, at < start + 9, hexDigit(text[at]) != nil { at += 1 }
    return at - start
  }

  /// What the prefixes begin with: `enx`, `eui.`, `host-`, `ibx`, `iwx`, `naa.`, `opax`, `rocex`, `slx`, `usnicx`, `w…`.
  static func isInitial(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "e"), UInt8(ascii: "h"), UInt8(ascii: "i"), UInt8(ascii: "n"), UInt8(ascii: "o"),
      UInt8(ascii: "r"), UInt8(ascii: "s"), UInt8(ascii: "u"), UInt8(ascii: "w"):
      true
    default: false
    }
  }

  /// Whether no letter or digit follows the first `length` bytes.
  private static func ends(_ text: ArraySlice<UInt8>, _ length: Int) -> Bool {
    text.dropFirst(length).first.map(isWord) != true
  }

  static func isWord(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x5a).contains(byte) || (0x61...0x7a).contains(byte)
  }
}

extension ArraySlice<UInt8> {
  func hasSuffix(_ text: String) -> Bool { suffix(text.utf8.count).elementsEqual(text.utf8) }
}
