// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

/// Lines that never grow wider than the style's columns, whatever is written on them.
struct Page {
  let style: TextStyle
  private(set) var output: [UInt8] = []

  init(_ style: TextStyle) { self.style = style }

  mutating func blank() { if !output.isEmpty { output.append(0x0a) } }

  /// One line of text; what does not fit goes on below, `hang` columns in.
  mutating func line(_ spans: [Span], hang: Int = 0) {
    let hang = min(hang, style.columns / 2)
    let indentation = Array(repeating: Glyph(scalar: " ", role: .plain), count: hang)
    var rest = spans.flatMap { Glyph.glyphs($0.text, $0.role, unicode: style.unicode) }[...]
    var isFirst = true
    repeat {
      let room = style.columns - (isFirst ? 0 : hang)
      let end = Self.end(of: rest, room: room, keeping: isFirst ? hang : 0)
      write((isFirst ? [] : indentation) + rest[..<end])
      rest = rest[end...].drop { $0.isBlank }
      isFirst = false
    } while !rest.isEmpty
  }

  mutating func line(_ spans: Span..., hang: Int = 0) { line(spans, hang: hang) }

  /// Where to break: all of it if it fits, else behind the last blank, else behind a slash or comma, else anywhere.
  ///
  /// - Parameter keeping: glyphs at the start that are indentation: no break inside.
  private static func end(of glyphs: ArraySlice<Glyph>, room: Int, keeping indented: Int) -> Int {
    var width = 0
    var lastBlank: Int?
    var lastJoint: Int?
    for index in glyphs.indices {
      width += glyphs[index].width
      if width > room {
        if glyphs[index].isBlank { return index }
        // Always at least one glyph a line, so that this ends.
        return lastBlank ?? lastJoint ?? max(index, glyphs.startIndex + 1)
      }
      guard index - glyphs.startIndex > indented else { continue }
      if glyphs[index].isBlank { lastBlank = index + 1 }
      if ["/", ",", ";", "="].contains(glyphs[index].scalar) { lastJoint = index + 1 }
    }
    return glyphs.endIndex
  }

  private mutating func write(_ glyphs: [Glyph]) {
    let end = (glyphs.lastIndex { !$0.isBlank }).map { $0 + 1 } ?? 0
    var role = Role.plain
    for glyph in glyphs[..<end] {
      if style.color, glyph.role != role {
        if role != .plain { output += "\u{1b}[0m".utf8 }
        if let rendition = glyph.role.rendition { output += "\u{1b}[\(rendition)m".utf8 }
        role = glyph.role
      }
      output.append(contentsOf: Array(String(glyph.scalar).utf8))
    }
    if role != .plain { output += "\u{1b}[0m".utf8 }
    output.append(0x0a)
  }
}
