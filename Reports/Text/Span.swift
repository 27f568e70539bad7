// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

/// What a piece of text is for; a terminal with colours shows it.
enum Role: Hashable {
  case plain, strong, faint, good, caution, bad, open

  /// Parameters of Select Graphic Rendition. Source: ECMA-48, 8.3.117.
  var rendition: String? {
    switch self {
    case .plain: nil
    case .strong: "1"
    case .faint: "2"
    case .good: "32"
    case .caution: "33"
    case .bad: "31"
    case .open: "36"
    }
  }
}

/// A piece of a line.
struct Span: Hashable, ExpressibleByStringLiteral, ExpressibleByStringInterpolation {
  let text: String
  let role: Role

  init(_ text: String, _ role: Role = .plain) { (self.text, self.role) = (text, role) }
  init(stringLiteral text: String) { self.init(text) }

  /// With blanks behind, up to `width` characters; longer text gets two blanks.
  func padded(to width: Int) -> Span {
    let missing = width - text.unicodeScalars.prefix(width).count
    return Span(text + String(repeating: " ", count: missing > 0 ? missing : 2), role)
  }
}
