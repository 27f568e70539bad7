// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

extension Unicode.Scalar {
  /// Whether a terminal obeys it instead of showing it: a control character (C0, DEL, C1), or one that turns the direction
  /// of the text around it, so that people read something else than programs do.
  ///
  /// Source: ECMA-48, 5.2 and 5.3; Unicode 16.0, PropList.txt, Bidi_Control.
  public var steersTerminals: Bool {
    switch value {
    case 0..<0x20, 0x7f..<0xa0, 0x061c, 0x200e, 0x200f, 0x202a...0x202e, 0x2066...0x2069: true
    default: false
    }
  }
}

extension String {
  /// The text with U+FFFD for everything that steers terminals, newlines included, cut to `limit` scalars.
  public func harmless(limit: Int = .max) -> String {
    var shown = String.UnicodeScalarView()
    for (count, scalar) in unicodeScalars.enumerated() {
      if count == limit {
        shown.append("…")
        break
      }
      shown.append(scalar.steersTerminals ? "\u{fffd}" : scalar)
    }
    return String(shown)
  }
}
