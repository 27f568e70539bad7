// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

/// The one block of a text between `-----BEGIN …-----` and `-----END …-----`.
///
/// Nothing may stand before or behind it but blank lines. Source: RFC 7468, section 3; OpenSSH PROTOCOL.sshsig, "Armored
/// format".
struct ArmoredBlock {
  let label: String
  let bytes: [UInt8]

  /// `nil`: no such block, or more.
  init?(_ text: [UInt8]) {
    guard let label = Self.label(of: text), let whole = String(validating: text, as: UTF8.self) else {
      return nil
    }
    let lines = whole.split(whereSeparator: \.isNewline)
    guard lines.count > 2, lines.last == "-----END \(label)-----",
      let bytes = Base64.bytes(lines.dropFirst().dropLast().joined())
    else { return nil }
    (self.label, self.bytes) = (label, bytes)
  }

  /// What the text's first line says that it is, whether the rest holds or not; `nil`: nothing.
  static func label(of text: [UInt8]) -> String? {
    let line = text.prefix(100).drop { $0 == 0x0a || $0 == 0x0d }.prefix { $0 != 0x0a && $0 != 0x0d }
    let words = String(decoding: line, as: UTF8.self)
    guard words.hasPrefix("-----BEGIN "), words.hasSuffix("-----"), words.utf8.count > 16 else { return nil }
    return String(words.dropFirst(11).dropLast(5))
  }
}
