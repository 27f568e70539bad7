// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Tables

/// A provider's hosts on its own board, up to 500 a page.
struct HostList {
  let site: Site
  static let size = 500

  func pages(_ provider: String, _ rows: [FactRow]) -> [Page] {
    let rows = rows.sorted(byTexts: { [$0.text("region"), $0.text("host")] })
    let count = max(1, (rows.count + Self.size - 1) / Self.size)
    return (0..<count).map { index in
      let part = rows[index * Self.size..<min(rows.count, (index + 1) * Self.size)]
      let title = site.title(provider: provider)
      var page = Page(Self.path(provider, index), "Hosts of \(title)", in: "index.html")
      let links = (0..<count).map { other -> HTML in
        let current: HTML = other == index ? " aria-current=\"page\"" : ""
        let name = Page.stem(Self.path(provider, other)).name + ".html"
        return "<li><a href=\"\(name)\"\(current)>\(other + 1)</a></li>"
      }
      let pager: HTML =
        count == 1 ? "" : "<nav class=\"filters\" aria-label=\"Pages\"><ul>\(links)</ul></nav>"
      page.add(
        """
        <p class="crumb"><a href="../index.html">Board</a> / <a href="../provider/\(Slug.of(provider)).html">\(title)</a></p>
        <h1>Hosts of \(title)</h1>
        <p class="lead">\(Count.grouped(Int64(rows.count))) hosts, page \(index + 1) of \(count).</p>
        \(pager)
        """)
      page.add(sheet(title, part), first: .alone)
      return page
    }
  }

  static func path(_ provider: String, _ index: Int) -> String {
    "hosts/\(Slug.of(provider))-\(index + 1).html"
  }

  private func sheet(_ title: String, _ rows: ArraySlice<FactRow>) -> Sheet {
    let counts = ["usable", "ready", "blocked", "absent", "unknown"]
    return Sheet(
      "hosts", "Hosts of \(title) and how many capabilities are in each state",
      [
        Sheet.Field("host", "Host"), Sheet.Field("region", "Region"), Sheet.Field("class", "Hardware class"),
        Sheet.Field("kernel", "Kernel"), Sheet.Field("observed_at", "Last report"),
        Sheet.Field("freshness", "Freshness"),
      ] + counts.map { Sheet.Field($0, $0.prefix(1).uppercased() + $0.dropFirst(), .number) },
      rows.map { row in
        var shown = Sheet.Row(
          [
            site.link(host: row, up: "../"), .text(row.text("region")), .words(row.text("class")),
            .code(row.text("kernel")), .time(row.text("observed_at")), .text(row.text("freshness")),
          ] + counts.map { .count(row.count($0)) })
        shown.isStale = row.text("freshness") != "fresh"
        return shown
      })
  }
}
