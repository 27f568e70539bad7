// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

/// Addresses and identifiers by the way they are written.
enum AddressPattern {
  /// Looks at a run of letters, digits, `:`, `.` and `-`. `nil`: it is none of them. PCI ids (`15b3:101d`), versions of
  /// three numbers, times, dates and digests are none.
  static func find(_ run: ArraySlice<UInt8>) -> OutputScan.Hit.Kind? {
    if run.count == 32, run.allSatisfy(isHex), run.contains(where: isDigit) { return .uuid }
    for piece in pieces(run, isPart: { isHex($0) || $0 == 0x2d }) where isUUID(piece) { return .uuid }
    for piece in pieces(run, isPart: { isHex($0) || $0 == 0x3a }) {
      if isHardwareAddress(piece, separator: 0x3a) { return .hardwareAddress }
      if isIPv6(piece) { return .ipv6 }
    }
    for piece in pieces(run, isPart: { isHex($0) || $0 == 0x2d }) {
      if isHardwareAddress(piece, separator: 0x2d) { return .hardwareAddress }
    }
    for piece in pieces(run, isPart: { isDigit($0) || $0 == 0x2e }) where isIPv4(piece) { return .ipv4 }
    if isWorldWideName(run) { return .serial }
    return nil
  }

  /// The longest parts of a run that are made of some bytes alone, without signs at their ends, and that no other letter
  /// touches: `v1.2.3.4` is a version.
  private static func pieces(
    _ run: ArraySlice<UInt8>, isPart: (UInt8) -> Bool
  ) -> [ArraySlice<UInt8>] {
    var pieces: [ArraySlice<UInt8>] = []
    var start = run.startIndex
    while let first = run[start...].firstIndex(where: isPart) {
      let end = run[first...].firstIndex { !isPart($0) } ?? run.endIndex
      start = end
      let touchesBefore = first > run.startIndex && isLetter(run[first - 1]) && isHex(run[first])
      let touchesAfter = end < run.endIndex && isLetter(run[end]) && isHex(run[end - 1])
      if touchesBefore || touchesAfter { continue }
      // `fe80::` keeps its end: only one sign at an end is punctuation.
      var piece = run[first..<end]
      if let last = piece.last, !isHex(last), piece.dropLast().last.map(isHex) ?? true {
        piece = piece.dropLast()
      }
      if let sign = piece.first, !isHex(sign), piece.dropFirst().first.map(isHex) ?? true {
        piece = piece.dropFirst()
      }
      if !piece.isEmpty { pieces.append(piece) }
    }
    return pieces
  }

  /// Of 8, 4, 4, 4 and 12 digits, anywhere in a run. Source: RFC 9562 section 4.
  private static func isUUID(_ piece: ArraySlice<UInt8>) -> Bool {
    let groups = piece.split(separator: 0x2d, omittingEmptySubsequences: false).map(\.count)
    guard groups.count >= 5 else { return false }
    return (0...(groups.count - 5)).contains { Array(groups[$0..<($0 + 5)]) == [8, 4, 4, 4, 12] }
  }

  /// 6, 8 or 20 groups of two digits: a MAC, an EUI-64, or an InfiniBand hardware address.
  private static func isHardwareAddress(_ piece: ArraySlice<UInt8>, separator: UInt8) -> Bool {
    let groups = piece.split(separator: separator, omittingEmptySubsequences: false)
    return [6, 8, 20].contains(groups.count) && groups.allSatisfy { $0.count == 2 }
  }

  /// Eight groups, or fewer with one `::`, and at least two of them: `::` and `::1` name nobody. Source: RFC 4291
  /// section 2.2.
  private static func isIPv6(_ piece: ArraySlice<UInt8>) -> Bool {
    let groups = piece.split(separator: 0x3a, omittingEmptySubsequences: false)
    guard groups.allSatisfy({ $0.count <= 4 }) else { return false }
    let filled = groups.count { !$0.isEmpty }
    let gaps = zip(piece, piece.dropFirst()).count { $0 == 0x3a && $1 == 0x3a }
    return gaps == 0 ? filled == 8 && groups.count == 8 : gaps == 1 && (2...7).contains(filled)
  }

  /// Four numbers of 0 to 255 without leading zeros. A fifth makes it something else.
  private static func isIPv4(_ piece: ArraySlice<UInt8>) -> Bool {
    let groups = piece.split(separator: 0x2e, omittingEmptySubsequences: false)
    return groups.count == 4
      && groups.allSatisfy { group in
        (1...3).contains(group.count) && (group.count == 1 || group.first != 0x30)
          && group.reduce(0) { $0 * 10 + Int($1 - 0x30) } <= 255
      }
  }

  /// `naa.5000c500a1b2c3d4`, `eui.0025388b91d0a1f2`. Source: NVM Express Base 2.0 section 4.5; SPC-5 section 7.7.6.
  private static func isWorldWideName(_ run: ArraySlice<UInt8>) -> Bool {
    ["naa.", "eui."].contains { prefix in
      run.starts(with: prefix.utf8) && run.count >= 20 && run.dropFirst(4).prefix(16).allSatisfy(isHex)
    }
  }

  static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
  static func isHex(_ byte: UInt8) -> Bool { isDigit(byte) || (0x61...0x66).contains(byte | 0x20) }
  static func isLetter(_ byte: UInt8) -> Bool { isDigit(byte) || (0x61...0x7a).contains(byte | 0x20) }
}

/// Serial numbers have no form; what stands before them has.
enum SerialNumber {
  static let words = [
    "serial", "serialnumber", "serial_number", "serial-number", "serialno", "wwn", "wwid", "nguid",
  ]

  /// Whether, after such a word, there is something like a number: five letters and digits or more, with a digit.
  static func follows(_ bytes: [UInt8], _ word: Range<Int>) -> Bool {
    var index = word.upperBound
    let limit = min(bytes.count, index + 24)
    while index < limit {
      while index < limit, !AddressPattern.isLetter(bytes[index]) { index += 1 }
      let start = index
      while index < bytes.count, AddressPattern.isLetter(bytes[index]) { index += 1 }
      let text = bytes[start..<index]
      if text.count >= 5, text.contains(where: AddressPattern.isDigit) { return true }
      // `Serial number: …`, and markup between the two.
      let isFiller = ["number", "no", "td", "th", "dt", "dd", "code"].contains { text.elementsEqual($0.utf8) }
      if !isFiller { return false }
    }
    return false
  }
}
