// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Disclosure
internal import Tables

/// What is not what it was, the newest first.
struct ChangesPage {
  let site: Site

  /// By day, the newest first, then by provider and capability.
  var rows: [FactRow] {
    site.facts.rows("provider_changes").enumerated().map { (day: $1.text("since"), offset: $0, row: $1) }
      .sorted { a, b in a.day == b.day ? a.offset < b.offset : BoardFacts.precedes(b.day, a.day) }
      .map(\.row)
  }

  var page: Page {
    var page = Page("changes.html", "Changes", in: "changes.html")
    page.add(
      """
      <h1>Changes</h1>
      <p class="lead">What hosts can do now against what they could on \(HTML.time(site.facts.stamp.since)). <a href="changes.atom">Atom feed</a></p>
      <h2>By capability</h2>

      """)
    page.add(drift)
    page.add("<h2>By provider</h2>\n")
    page.add(sheet(rows, up: ""), first: Sheet.Limit(rows: 500, bytes: 80_000))
    if !site.isPublic, site.facts.count("changes") > 0 {
      page.add("<h2>By host</h2>\n")
      page.add(hosts)
    }
    return page
  }

  func sheet(_ rows: [FactRow], up: String) -> Sheet {
    var sheet = Sheet(
      "changes", "Capabilities that changed",
      [
        Sheet.Field("provider", "Provider"), Sheet.Field("capability", "Capability"),
        Sheet.Field("change", "Change"), Sheet.Field("was", "Was"), Sheet.Field("now", "Now"),
        Sheet.Field("hosts", "Hosts", .number), Sheet.Field("since", "Since"),
      ],
      rows.map { row in
        let provider = row.text("provider")
        return Sheet.Row([
          SheetCell(
            .text(provider),
            "<a href=\"\(up)provider/\(Slug.of(provider)).html\">\(site.title(provider: provider))</a>"),
          site.link(capability: row.text("capability"), up: up),
          SheetCell(.text(row.text("change")), Symbols.mark(change: row.text("change"))),
          .text(row.text("was")), .text(row.text("now")), .count(row.count("hosts")),
          .time(row.text("since")),
        ])
      })
    sheet.none = "Nothing has changed."
    return sheet
  }

  private var drift: Sheet {
    var sheet = Sheet(
      "drift", "What became of capabilities",
      [
        Sheet.Field("capability", "Capability"), Sheet.Field("change", "Change"), Sheet.Field("was", "Was"),
        Sheet.Field("now", "Now"), Sheet.Field("hosts", "Hosts", .number),
      ],
      site.facts.rows("drift").filter { $0.text("change") != "unchanged" }.map { row in
        Sheet.Row([
          site.link(capability: row.text("capability"), up: ""),
          SheetCell(.text(row.text("change")), Symbols.mark(change: row.text("change"))),
          .text(row.text("was")), .text(row.text("now")), .count(row.count("hosts")),
        ])
      })
    sheet.none = "Nothing has changed, or nothing is known of the moment before."
    return sheet
  }

  private var hosts: Sheet {
    Sheet(
      "hosts", "Hosts whose capabilities changed",
      [
        Sheet.Field("host", "Host"), Sheet.Field("provider", "Provider"), Sheet.Field("region", "Region"),
        Sheet.Field("capability", "Capability"), Sheet.Field("change", "Change"), Sheet.Field("was", "Was"),
        Sheet.Field("now", "Now"), Sheet.Field("layer", "Layer"), Sheet.Field("reason", "Reason"),
        Sheet.Field("next_step", "Next step"),
      ], count: site.facts.count("changes"),
      row: { [site] place in
        let row = site.facts.row("changes", place)
        let stops = ["blocked", "unknown"].contains(row.text("now"))
        return Sheet.Row([
          site.link(host: row, up: ""), .text(row.text("provider")), .text(row.text("region")),
          site.link(capability: row.text("capability"), up: ""),
          SheetCell(.text(row.text("change")), Symbols.mark(change: row.text("change"))),
          .text(row.text("was")), .text(row.text("now")), .text(row.text("layer")), .code(row.text("reason")),
          .words(stops ? site.remedy(row) : ""),
        ])
      })
  }
}

extension Site {
  /// A host's name with a link to its page, if host pages are written.
  func link(host row: FactRow, up: String) -> SheetCell {
    let host = row.text("host")
    if !facts.hasHostPages || isPublic { return .text(host) }
    return .link(up + HostPage.path(row.text("provider"), row.text("region"), host), host)
  }
}
