// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

/// What a flavor's name says of memory encryption.
struct NameClaim: Sendable, Hashable {
  /// As it stands in the table: `sev-snp`.
  let words: String
  /// `nil`: some kind.
  let kind: MemoryEncryption?

  /// The longer before the shorter.
  private static let table: [(words: [Substring], kind: MemoryEncryption?)] = [
    (["sev", "snp"], .sevSNP), (["sevsnp"], .sevSNP), (["snp"], .sevSNP), (["tdx"], .tdx),
    (["sev", "es"], .sevES), (["seves"], .sevES), (["sev"], .sev), (["confidential"], nil), (["cc"], nil),
  ]

  /// Whole words, whatever their case, parted by `-`, `_` and `.`; `nil`: it says nothing.
  init?(_ name: String) {
    let tokens = name.lowercased().split(whereSeparator: { "-_.".contains($0) })
    let row = Self.table.first { row in
      tokens.indices.contains { tokens[$0...].starts(with: row.words) }
    }
    guard let row else { return nil }
    (words, kind) = (row.words.joined(separator: "-"), row.kind)
  }

  /// Whether guests of `other` are not what the name says.
  func isDenied(by other: MemoryEncryption) -> Bool {
    switch kind {
    case nil: false
    case .sev: other == .tdx
    case let kind?: kind != other
    }
  }
}
