// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

/// How a host's capabilities went in time: a strip each, whose height says the state, so that it can be read without its
/// colour. Only those that ever changed.
struct HistoryStrip {
  let spans: [HostPage.Span]
  /// The end of what still holds.
  let until: String

  private static let most = 12
  private static let width = 540

  private struct Piece {
    let state: CellState
    let start, end: Int
  }

  private var strips: [(capability: String, pieces: [Piece])] {
    let byCapability = Dictionary(grouping: spans) { $0.capability }.filter { $0.value.count > 1 }
    return byCapability.keys.sorted(by: BoardFacts.precedes).prefix(Self.most).map { capability in
      let pieces = (byCapability[capability] ?? []).sorted(byTexts: { [$0.from, $0.to] }).compactMap {
        span -> Piece? in
        guard let start = Moment(span.from)?.minutes,
          let end = Moment(span.to.isEmpty ? until : span.to)?.minutes
        else { return nil }
        return Piece(state: CellState(report: span.state), start: start, end: max(start, end))
      }
      return (capability, pieces)
    }
  }

  var figure: HTML {
    let strips = strips.filter { !$0.pieces.isEmpty }
    let pieces = strips.flatMap(\.pieces)
    guard let first = pieces.map(\.start).min(), let last = pieces.map(\.end).max() else { return "" }
    let length = max(1, last - first)
    var rows = HTML()
    for (index, strip) in strips.enumerated() {
      let base = 26 + index * 32
      rows += "<text x=\"0\" y=\"\(base)\">\(strip.capability.shortened)</text>\n"
      for piece in strip.pieces {
        let x = 176 + (piece.start - first) * Self.width / length
        let end = 176 + (piece.end - first) * Self.width / length
        let height = Self.height(piece.state)
        rows += """
          <rect class="h-\(piece.state.rawValue)" x="\(x)" y="\(base - height)" width="\(max(2, end - x - 1))" height="\(height)"/>

          """
      }
    }
    return """
      <figure><svg class="plot" viewBox="0 0 720 \(strips.count * 32 + 8)" role="img" aria-labelledby="strip_title strip_desc">
      <title id="strip_title">How the capabilities of the host went</title>
      <desc id="strip_desc">A strip for each capability that changed, in time; the higher, the farther: unknown, absent, blocked, ready. The same spans are in the table below.</desc>
      \(rows)</svg><figcaption>The higher, the farther: unknown, absent, blocked, ready.</figcaption></figure>

      """
  }

  private static func height(_ state: CellState) -> Int {
    switch state {
    case .unknown: 3
    case .absent: 6
    case .blocked: 12
    case .ready, .usable, .proven: 20
    }
  }
}
