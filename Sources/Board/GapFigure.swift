// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

/// One stacked bar a demand: proven, usable, fixable, to buy. Each share has a pattern of its own.
struct GapFigure {
  let demands: [Purchasing.Demand]

  /// Beyond, the table has to do.
  private static let most = 40

  var figure: HTML {
    demands.isEmpty ? "" : "<figure>\(drawing("", HTML()))</figure>\n\n"
  }

  /// On its own, for a slide or a mail: its colours come along.
  var file: [UInt8] {
    let colours = Palette.properties(\.light)
    let dark = Palette.properties(\.dark)
    let style: HTML = """
      <style>:root{\(colours)}@media (prefers-color-scheme:dark){:root{\(dark)}}
      svg{background:var(--page)}\(StyleSheet.figures)</style>

      """
    return drawing(" xmlns=\"http://www.w3.org/2000/svg\"", style).bytes + [0x0a]
  }

  private func drawing(_ attributes: HTML, _ style: HTML) -> HTML {
    let shown = demands.prefix(Self.most)
    let height = 34 + shown.count * 52
    var bars = HTML()
    for (index, demand) in shown.enumerated() { bars += bar(demand, y: 40 + index * 52) }
    return """
      <svg\(attributes) class="plot" viewBox="0 0 720 \(height)" role="img" aria-labelledby="gap_title gap_desc">
      <title id="gap_title">Demand against supply</title>
      <desc id="gap_desc">One bar a demand, as long as what is wanted: proven, usable, fixable by a setting, to buy. The same numbers are in the table below.</desc>
      \(style)<defs>
      <pattern id="p_proven" width="6" height="6" patternUnits="userSpaceOnUse"><rect class="fill-proven" width="6" height="6"/><path class="ink" d="M0 3h6M3 0v6"/></pattern>
      <pattern id="p_usable" width="6" height="6" patternUnits="userSpaceOnUse"><rect class="fill-usable" width="6" height="6"/></pattern>
      <pattern id="p_fixable" width="6" height="6" patternUnits="userSpaceOnUse"><rect class="soft-blocked" width="6" height="6"/><path class="line-blocked" d="M0 6L6 0"/></pattern>
      <pattern id="p_buy" width="6" height="6" patternUnits="userSpaceOnUse"><rect class="soft-buy" width="6" height="6"/><circle class="dot" cx="3" cy="3" r="1"/></pattern>
      </defs>
      \(key)\(bars)</svg>
      """
  }

  private var key: HTML {
    let shares = [
      ("proven", "proven"), ("usable", "usable"), ("fixable", "fixable by a setting"), ("buy", "must buy"),
    ]
    var html = HTML()
    var x = 0
    for (share, words) in shares {
      html += """
        <rect class="edge" x="\(x)" y="4" width="16" height="14" fill="url(#p_\(share))"/>
        <text x="\(x + 22)" y="16">\(words)</text>

        """
      x += 44 + words.utf8.count * 7
    }
    return html
  }

  private func bar(_ demand: Purchasing.Demand, y: Int) -> HTML {
    let shares = [
      ("proven", demand.proven), ("usable", demand.usable), ("fixable", demand.fixable),
      ("buy", demand.missing),
    ].map { ($0.0, max(0, $0.1)) }
    let total = max(1, shares.reduce(0) { $0 + $1.1 })
    var html: HTML = """
      <text x="0" y="\(y + 12)">\(demand.name.shortened)<tspan class="soft"> wants \(Count.grouped(Int64(demand.wanted)))</tspan></text>

      """
    var words: [HTML] = []
    var (sum, x) = (0, 0)
    for (share, count) in shares where count > 0 {
      sum += count
      // Each edge is of the sum up to it, so that rounding adds no gap.
      let edge = Int(Int64(sum) * 718 / Int64(total))
      html += """
        <rect class="edge" x="\(x + 1)" y="\(y + 18)" width="\(max(1, edge - x))" height="18" fill="url(#p_\(share))"/>

        """
      words.append("\(share == "buy" ? "must buy" : share) \(Count.grouped(Int64(count)))")
      x = edge
    }
    html +=
      "<text class=\"soft\" x=\"719\" y=\"\(y + 12)\" text-anchor=\"end\">\(words.joined(", "))</text>\n"
    return html
  }
}
