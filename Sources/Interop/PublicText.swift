// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

/// Words of a report that others read.
enum PublicText {
  /// On one line, without what steers terminals or turns text around.
  static func line(_ text: String) -> String {
    let plain = text.unicodeScalars.map { scalar -> Unicode.Scalar in
      switch scalar.properties.generalCategory {
      case .control, .lineSeparator, .paragraphSeparator: " "
      case .format, .surrogate, .privateUse, .unassigned: "\u{fffd}"
      default: scalar
      }
    }
    return String(String.UnicodeScalarView(plain))
  }
}
