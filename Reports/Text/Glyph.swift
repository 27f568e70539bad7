// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

/// One character as a terminal may be shown it: it prints, moves nothing but the cursor to the right, and its width is known.
///
/// What a host says may be hostile: escape sequences, writing direction, marks that stack. None of that gets past here.
struct Glyph: Hashable {
  let scalar: Unicode.Scalar
  let role: Role

  /// Display columns, never fewer than a terminal takes.
  var width: Int { Self.isWide(scalar) ? 2 : 1 }

  var isBlank: Bool { scalar == " " }

  /// Longest run of text taken from a host, in characters.
  static let limit = 600

  /// The printable form of `text`, cut to the limit.
  static func glyphs(_ text: String, _ role: Role, unicode: Bool) -> [Glyph] {
    var glyphs = text.unicodeScalars.prefix(limit).flatMap { scalar in
      printable(scalar, unicode: unicode).map { Glyph(scalar: $0, role: role) }
    }
    if text.unicodeScalars.dropFirst(limit).isEmpty == false {
      glyphs += (unicode ? "…" : "...").unicodeScalars.map { Glyph(scalar: $0, role: role) }
    }
    return glyphs
  }

  private static func printable(_ scalar: Unicode.Scalar, unicode: Bool) -> [Unicode.Scalar] {
    if (0x20..<0x7f).contains(scalar.value) { return [scalar] }
    if [0x09, 0x0a, 0x0d, 0xa0].contains(scalar.value) { return [" "] }
    guard unicode else { return Array((ascii[scalar] ?? "?").unicodeScalars) }
    switch scalar.properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator,
      .nonspacingMark, .enclosingMark, .spacingMark:
      return ["\u{fffd}"]
    default: return [scalar]
    }
  }

  /// Our own symbols on a terminal without them.
  private static let ascii: [Unicode.Scalar: String] = [
    "✔": "+", "✘": "x", "→": "->", "–": "-", "…": "...", "·": "|", "←": "<-", "×": "x", "≥": ">=", "≠": "!=",
    "’": "'",
  ]

  /// Source: Unicode Standard Annex 11, EastAsianWidth.txt, W and F, in whole blocks.
  private static let wide: [ClosedRange<UInt32>] = [
    0x1100...0x115f, 0x231a...0x231b, 0x2329...0x232a, 0x23e9...0x23f3, 0x25fd...0x25fe, 0x2614...0x2615,
    0x2630...0x2637, 0x2648...0x2653, 0x267f...0x268f, 0x2693...0x2693, 0x26a1...0x26a1, 0x26aa...0x26ab,
    0x26bd...0x26be, 0x26c4...0x26c5, 0x26ce...0x26ce, 0x26d4...0x26d4, 0x26ea...0x26ea, 0x26f2...0x26f5,
    0x26fa...0x26fd, 0x2705...0x2705, 0x270a...0x270b, 0x2728...0x2728, 0x274c...0x274e, 0x2753...0x2757,
    0x2795...0x2797, 0x27b0...0x27bf, 0x2b1b...0x2b1c, 0x2b50...0x2b55, 0x2e80...0xa4cf, 0xa960...0xa97f,
    0xac00...0xd7ff, 0xf900...0xfaff, 0xfe10...0xfe6f, 0xff01...0xff60, 0xffe0...0xffe6, 0x16fe0...0x1b2ff,
    0x1d300...0x1d37f, 0x1f000...0x1faff, 0x20000...0x3fffd,
  ]

  private static func isWide(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value >= 0x1100 && wide.contains { $0.contains(scalar.value) }
  }
}
