// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

/// What a terminal makes of bytes: how wide each line is, and whether anything but text and colours came.
enum Terminal {
  /// Lines without colour sequences.
  static func lines(_ bytes: [UInt8]) -> [String] {
    var text = String(decoding: bytes, as: UTF8.self)
    for code in ["0", "1", "2", "31", "32", "33", "36"] {
      text = text.split(separator: "\u{1b}[\(code)m", omittingEmptySubsequences: false).joined()
    }
    return text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  /// Display columns: wide blocks two, everything else one.
  static func width(_ line: String) -> Int {
    line.unicodeScalars.reduce(0) { sum, scalar in
      switch scalar.value {
      case 0x1100...0x115f, 0x2e80...0xa4cf, 0xac00...0xd7a3, 0xff01...0xff60, 0x1f300...0x1faff,
        0x20000...0x3fffd:
        sum + 2
      default: sum + 1
      }
    }
  }

  /// Characters that move the cursor, change the writing direction or stack on others.
  static func isHarmless(_ line: String) -> Bool {
    line.unicodeScalars.allSatisfy { scalar in
      switch scalar.properties.generalCategory {
      case .control, .format, .privateUse, .lineSeparator, .paragraphSeparator, .nonspacingMark,
        .enclosingMark:
        false
      default: true
      }
    }
  }
}
