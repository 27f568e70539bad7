// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Evidence

/// The flags of the first processor's block of /proc/cpuinfo, found without reading the rest: they are asked for often.
struct ProcessorFlags: Sendable {
  /// `nil`: the architecture prints none.
  let words: Words?

  /// The bytes behind `flags`, or `Features` on Arm.
  struct Words: Sendable {
    let bytes: ArraySlice<UInt8>

    /// Whether `word` stands there, as a whole word.
    func contains(_ word: some Collection<UInt8>) -> Bool {
      bytes.split(separator: 0x20).contains { $0.elementsEqual(word) }
    }
  }

  /// `nil`: no line with a colon, so no cpuinfo.
  init?(_ bytes: ArraySlice<UInt8>) {
    var hasFields = false
    for line in bytes.split(separator: 0x0a, omittingEmptySubsequences: false) {
      if line.isEmpty && hasFields { break }
      guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { continue }
      hasFields = true
      let key = trimmed(line[..<colon])
      guard key.elementsEqual("flags".utf8) || key.elementsEqual("Features".utf8) else { continue }
      let words = trimmed(line[line.index(after: colon)...])
      self.words = words.isEmpty ? nil : Words(bytes: words)
      return
    }
    guard hasFields else { return nil }
    words = nil
  }
}
