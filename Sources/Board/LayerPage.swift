// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Tables

/// Everything that is stuck at one layer, by reason: what to fix there.
struct LayerPage {
  let site: Site
  let stage: Stage

  /// A test guest is not a layer that anything is stuck at.
  static let stages = Stage.allCases.filter { $0 != .proven }

  var page: Page {
    var page = Page("layer/\(stage.rawValue).html", "Stuck at \(stage.title)", in: "problems.html")
    let links = Self.stages.map { other -> HTML in
      let current: HTML = other == stage ? " aria-current=\"page\"" : ""
      return "<li><a href=\"\(other.rawValue).html\"\(current)>\(other.title)</a></li>"
    }
    page.add(
      """
      <p class="crumb"><a href="../problems.html">Problems</a> / Layer</p>
      <h1>Stuck at \(stage.rawValue)</h1>
      <p class="lead">It holds where \(stage.meaning).</p>
      <nav class="filters" aria-label="Layers"><ul>\(links)</ul></nav>

      """)
    page.add(stage == .platform ? waiting : stops, first: .alone)
    return page
  }

  private var stops: Sheet {
    let rows = site.facts.rows("stops").filter { $0.text("stage") == stage.rawValue }
      .sorted(byTexts: { [$0.text("reason"), $0.text("capability"), $0.text("provider")] })
    var sheet = Sheet(
      "stops", "What is stuck at \(stage.rawValue), by reason",
      [
        Sheet.Field("reason", "Reason"), Sheet.Field("next_step", "Next step"),
        Sheet.Field("fix_kind", "Kind"),
        Sheet.Field("capability", "Capability"), Sheet.Field("state", "State"),
        Sheet.Field("provider", "Provider"), Sheet.Field("hosts", "Hosts", .number),
      ],
      rows.map { row in
        let provider = row.text("provider")
        return Sheet.Row([
          row.text("reason").isEmpty ? .text("none of the known") : .code(row.text("reason")),
          .words(site.remedy(row)), .text(row.text("fix_kind")),
          site.link(capability: row.text("capability"), up: "../"), Stops.state(row),
          SheetCell(
            .text(provider),
            "<a href=\"../provider/\(Slug.of(provider)).html\">\(site.title(provider: provider))</a>"),
          .count(row.count("hosts")),
        ])
      })
    sheet.none = "Nothing is stuck here."
    return sheet
  }

  /// Ready hosts whose guests the release does not start.
  private var waiting: Sheet {
    let gates = site.facts.rows("gate").filter { $0.count("waiting").isSome || $0.count("never").isSome }
    var sheet = Sheet(
      "gate", "Ready hosts that wait for the platform",
      [
        Sheet.Field("capability", "Capability"), Sheet.Field("ready", "Ready", .number),
        Sheet.Field("usable", "Usable", .number), Sheet.Field("waiting", "Wait for a release", .number),
        Sheet.Field("never", "No known release", .number), Sheet.Field("usable_from", "Usable from"),
      ],
      gates.map { row in
        Sheet.Row([
          site.link(capability: row.text("capability"), up: "../"), .count(row.count("ready")),
          .count(row.count("usable")), .count(row.count("waiting")), .count(row.count("never")),
          .text(row.text("usable_from")),
        ])
      })
    sheet.none = "Nothing is stuck here: the release starts the guests of every ready host."
    return sheet
  }
}
