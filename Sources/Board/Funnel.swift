// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Tables

/// How far a capability comes: hosts that hold up to each stage, or providers with such hosts where hosts are not told
/// exactly. Buckets have no sum, and providers may be counted.
struct Funnel {
  let site: Site
  let capability: String

  private var rows: [FactRow] {
    site.facts.rows("funnel").filter { $0.text("capability") == capability }
  }

  private var isExact: Bool {
    rows.allSatisfy { row in Stage.allCases.allSatisfy { row.count($0.rawValue).number != nil } }
  }

  private var unit: String { isExact ? "hosts" : "providers" }

  /// By stage.
  private var counts: [Int64] {
    Stage.allCases.map { stage in
      let counts = rows.map { $0.count(stage.rawValue) }
      return isExact ? Count.sum(counts) ?? 0 : Int64(counts.count(where: \.isSome))
    }
  }

  /// All that were looked at.
  private var total: Int64 {
    isExact ? Count.sum(rows.map { $0.count("hosts") }) ?? 0 : Int64(rows.count)
  }

  var figure: HTML {
    let counts = counts
    let all = max(1, total)
    var bars = HTML()
    for (index, stage) in Stage.allCases.enumerated() {
      let y = 8 + index * 30
      let width = Int(counts[index] * 480 / all)
      let lost = index == 0 ? total - counts[0] : counts[index - 1] - counts[index]
      let words: HTML = lost > 0 ? "  (\("−" + Count.grouped(lost)))" : ""
      bars += """
        <text x="0" y="\(y + 16)">\(stage.title)</text>
        <rect class="ground" x="96" y="\(y)" width="480" height="22" rx="3"/>
        <rect class="bar b-\(stage.rawValue)" x="96" y="\(y)" width="\(width)" height="22" rx="3"/>
        <text x="588" y="\(y + 16)">\(Count.grouped(counts[index]))<tspan class="soft">\(words)</tspan></text>

        """
    }
    return """
      <figure><svg class="plot" viewBox="0 0 720 192" role="img" aria-labelledby="funnel_title funnel_desc">
      <title id="funnel_title">How far \(capability.shortened) comes</title>
      <desc id="funnel_desc">One bar a stage: \(unit) that hold up to it, of \(Count.grouped(total)). The same numbers are in the table below.</desc>
      \(bars)</svg><figcaption>\(isExact ? "Hosts" : "Providers with at least one such host"), of \(Count.grouped(total)); in brackets what is lost at the stage.</figcaption></figure>

      """
  }

  var sheet: Sheet {
    let counts = counts
    let rows = Stage.allCases.enumerated().map { index, stage -> Sheet.Row in
      let before = index == 0 ? total : counts[index - 1]
      let page = stage == .proven ? nil : "../layer/\(stage.rawValue).html"
      return Sheet.Row([
        page.map { SheetCell(.text(stage.rawValue), "<a href=\"\($0)\">\(stage.title)</a>") }
          ?? SheetCell(.text(stage.rawValue), "\(stage.title)"),
        .words(stage.meaning), .count(.exact(counts[index])), .count(.exact(before - counts[index])),
      ])
    }
    return Sheet(
      "funnel", "\(unit == "hosts" ? "Hosts" : "Providers") by the stage they hold up to",
      [
        Sheet.Field("stage", "Stage"), Sheet.Field("meaning", "Holds where"),
        Sheet.Field(unit, unit == "hosts" ? "Hosts" : "Providers", .number),
        Sheet.Field("lost", "Lost here", .number),
      ], rows)
  }
}
