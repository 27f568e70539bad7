// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import HostModel

/// The forms of what a statement says, for it is shown to people and becomes part of boards.
public enum StatedText {
  /// Bytes of a label and of a line.
  private static let labelLimit = 200
  private static let lineLimit = 400

  /// A provider, a release, a capability: letters, digits, dots, dashes and underscores, and no dot in front.
  public static func isLabel(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.count <= labelLimit && !text.hasPrefix(".")
      && text.utf8.allSatisfy {
        (0x30...0x39).contains($0) || (0x41...0x5a).contains($0) || (0x61...0x7a).contains($0)
          || Array("._-".utf8).contains($0)
      }
  }

  /// Words on one line: no control or format characters, which could show something else than is there.
  public static func isLine(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.count <= lineLimit
      && text.unicodeScalars.allSatisfy {
        switch $0.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate: false
        default: true
        }
      }
  }

  /// SHA-256 in hexadecimal, lower case.
  static func isDigest(_ text: String) -> Bool {
    text.utf8.count == 64
      && text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
  }

  /// `2026-11-26T09:45:50Z` and no other form.
  static func time(_ text: String) -> UTCTime? { text.utf8.count == 20 ? UTCTime(text) : nil }
}
