// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

public import HostModel

/// What the program knows about: what `hostcap list` prints.
public struct Listing {
  private var page: Page

  public init(style: TextStyle) { page = Page(style) }

  public var output: [UInt8] { page.output }

  public mutating func add(_ ladder: Ladder) {
    page.blank()
    page.line(Span(ladder.id, .strong), Span("  \(ladder.title)"), hang: 2)
    for rung in ladder.rungs {
      page.line(
        "  ", Span(rung.layer.rawValue, .faint).padded(to: 14), Span(rung.id),
        Span("  \(rung.title)", .faint), hang: 16)
    }
  }

  public mutating func add(_ reasons: [Reason]) {
    title("Reasons")
    for reason in reasons {
      page.line("  ", Span(reason.id), hang: 4)
      page.line("    ", Span(reason.fixKind.introducing(reason.fix), .faint), hang: 4)
    }
  }

  /// A title and lines of a name and what it stands for.
  public mutating func add(_ heading: String, _ entries: [(name: String, meaning: String)]) {
    title(heading)
    for entry in entries {
      page.line("  ", Span(entry.name).padded(to: 14), Span(entry.meaning, .faint), hang: 16)
    }
  }

  private mutating func title(_ text: String) {
    page.blank()
    page.line(Span(text, .strong))
  }
}
