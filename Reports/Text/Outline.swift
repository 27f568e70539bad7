// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

/// Lines in levels, for what commands say beside the reports: wrapped, and safe to show whatever a file holds.
public struct Outline {
  /// What a line is for; a terminal with colours shows it.
  public enum Tone: Sendable { case plain, strong, faint, good, caution, bad, open }

  private var page: Page

  public init(style: TextStyle) { page = Page(style) }

  public var output: [UInt8] { page.output }

  /// - Parameter level: 0 at the margin; four columns each.
  public mutating func add(_ text: String, level: Int = 0, _ tone: Tone = .plain) {
    let indentation = 4 * level
    page.line(
      Span(String(repeating: " ", count: indentation)), Span(text, Self.role(tone)), hang: indentation + 2)
  }

  public mutating func blank() { page.blank() }

  private static func role(_ tone: Tone) -> Role {
    switch tone {
    case .plain: .plain
    case .strong: .strong
    case .faint: .faint
    case .good: .good
    case .caution: .caution
    case .bad: .bad
    case .open: .open
    }
  }
}
