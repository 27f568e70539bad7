// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Tables

/// What is not as it should be: causes, stale providers, refused inputs, contradictions.
struct ProblemsPage {
  let site: Site

  var page: Page {
    var page = Page("problems.html", "Problems", in: "problems.html")
    let layers = LayerPage.stages.map { stage -> HTML in
      "<li><a href=\"layer/\(stage.rawValue).html\">\(stage.title)</a></li>"
    }
    page.add(
      """
      <h1>Problems</h1>
      <p class="lead">What is blocked or unknown, by cause; the most hosts first.</p>
      <nav class="filters" aria-label="Layers"><ul>\(layers)</ul></nav>
      <h2>Causes</h2>

      """)
    page.add(causes, first: Sheet.Limit(rows: 500, bytes: 80_000))
    page.add("<h2>Stale providers</h2>\n")
    page.add(stale)
    page.add("<h2>Refused inputs</h2>\n")
    page.add(rejections)
    page.add("<h2>Findings and contradictions</h2>\n")
    page.add(remarks)
    return page
  }

  private var causes: Sheet {
    // Of buckets, that of more hosts sorts first too: 100+, 20-99, 5-19, 1-4.
    let order = ["100+": 100, "20-99": 20, "5-19": 5, "1-4": 1, "yes": 1]
    let rows = site.facts.rows("problems").enumerated().sorted { a, b in
      let counts = [a, b].map { row -> Int64 in
        let count = row.element.count("hosts")
        return count.number ?? Int64(order[count.text] ?? 0)
      }
      return counts[0] == counts[1] ? a.offset < b.offset : counts[0] > counts[1]
    }.map(\.element)
    var sheet = Sheet(
      "causes", "What stops capabilities and devices",
      [
        Sheet.Field("subject", "Capability or device"), Sheet.Field("state", "State"),
        Sheet.Field("layer", "Layer"), Sheet.Field("reason", "Reason"), Sheet.Field("fix_kind", "Kind"),
        Sheet.Field("next_step", "Next step"), Sheet.Field("hosts", "Hosts", .number),
        Sheet.Field("units", "Units", .number),
      ],
      rows.map { row in
        Sheet.Row([
          site.link(capability: row.text("subject"), up: ""), Stops.state(row), .text(row.text("layer")),
          .code(row.text("reason")), .text(row.text("fix_kind")), .words(site.remedy(row)),
          .count(row.count("hosts")), .count(row.count("units")),
        ])
      })
    sheet.none = "Nothing is blocked or unknown."
    return sheet
  }

  private var stale: Sheet {
    let rows = site.providers.filter { site.isStale($0.name) }.map { provider -> Sheet.Row in
      let newest = site.reports[provider.name]?.text("newest") ?? ""
      return Sheet.Row([
        SheetCell(
          .text(provider.name),
          "<a href=\"provider/\(Slug.of(provider.name)).html\">\(site.title(provider))</a>"),
        newest.isEmpty ? .text("never") : .time(newest), .text(site.age(newest)),
        SheetCell(.text(provider.contact), Contact.link(provider)),
      ])
    }
    var sheet = Sheet(
      "stale", "Providers without a report of the last two days",
      [
        Sheet.Field("provider", "Provider"), Sheet.Field("newest", "Last report"), Sheet.Field("age", "Age"),
        Sheet.Field("ask", "Ask"),
      ], rows)
    sheet.none = "Every provider has reported within two days."
    return sheet
  }

  private var rejections: Sheet {
    var sheet = Sheet(
      "rejections", "Inputs that were refused, by reason",
      [Sheet.Field("reason", "Reason"), Sheet.Field("inputs", "Inputs", .number)],
      site.facts.rows("rejections").map {
        Sheet.Row([.code($0.text("reason")), .count($0.count("inputs"))])
      })
    sheet.none = "No input was refused."
    return sheet
  }

  private var remarks: Sheet {
    let showsText = !site.isPublic
    var sheet = Sheet(
      "remarks", "What hosts remark beside the ladders",
      [Sheet.Field("kind", "Kind"), Sheet.Field("reason", "Reason")]
        + (showsText ? [Sheet.Field("text", "For example")] : [])
        + [Sheet.Field("hosts", "Hosts", .number), Sheet.Field("times", "Times", .number)],
      site.facts.rows("remarks").map { row in
        Sheet.Row(
          [.text(row.text("kind")), .code(row.text("reason"))]
            + (showsText ? [.words(row.text("text"))] : [])
            + [.count(row.count("hosts")), .count(row.count("times"))])
      })
    sheet.none = "Hosts remark nothing."
    return sheet
  }
}
