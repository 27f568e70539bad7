// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

/// Who can test what: providers by capabilities, whole or what a filter leaves.
struct IndexPage {
  enum Filter: String, CaseIterable {
    case all, usable, fixable, unknown

    var path: String { self == .all ? "index.html" : "index-\(rawValue).html" }

    var title: String {
      switch self {
      case .all: "Everything"
      case .usable: "Usable or proven"
      case .fixable: "Blocked, could be fixed"
      case .unknown: "Unknown"
      }
    }

    func shows(_ state: CellState) -> Bool {
      switch self {
      case .all: true
      case .usable: state.isTestable
      case .fixable: state == .blocked
      case .unknown: state == .unknown
      }
    }
  }
  let site: Site
  var filter = Filter.all
  /// Of capabilities; empty: all of them.
  var group = ""

  /// `index-group-cpu-tee.html`, unless another group would be called so too.
  private func path(group: String) -> String {
    let plain = Slug.plain(group)
    let isOwn = Slug.of(plain) == plain && Self.groups(site).count { Slug.plain($0) == plain } == 1
    return "index-group-\(isOwn ? plain : Slug.of(group)).html"
  }

  /// Groups in their order, where there is more than one.
  static func groups(_ site: Site) -> [String] {
    var groups: [String] = []
    for capability in site.capabilities where groups.last != capability.group {
      groups.append(capability.group)
    }
    return groups.count > 1 ? groups : []
  }

  var capabilities: [CapabilityProfile] {
    group.isEmpty ? site.capabilities : site.capabilities.filter { $0.group == group }
  }

  var page: Page {
    let part = group.isEmpty ? filter == .all ? "" : ": \(filter.title)" : ": \(group)"
    let path = group.isEmpty ? filter.path : self.path(group: group)
    var page = Page(path, "Who can test what\(part)", in: "index.html")
    page.add(head)
    page.add(matrix, first: Sheet.Limit(rows: 500, bytes: 120_000))
    page.add(legend)
    if filter == .all, group.isEmpty { page.add(changes) }
    return page
  }

  private var cells: [Standing] {
    site.providers.flatMap { provider in
      site.capabilities.map { site.standing(provider.name, $0.id) }
    }
  }

  private var head: HTML {
    let fleet = site.facts.rows("fleet").first
    let known = cells.count { $0.state != .unknown }
    let percent = cells.isEmpty ? 0 : known * 100 / cells.count
    let stale = site.providers.count { site.isStale($0.name) }
    let figures: [(HTML, String)] = [
      ("\(site.providers.count)", site.providers.count == 1 ? "provider" : "providers"),
      (fleet.map { "\($0.count("hosts"))" } ?? "none", "hosts"),
      ("\(site.capabilities.count)", site.capabilities.count == 1 ? "capability" : "capabilities"),
      ("\(cells.count { $0.state.isTestable })", "cells that can be tested"),
      ("\(cells.count { $0.state == .proven })", "of them proven"),
      ("\(stale)", stale == 1 ? "provider is stale" : "providers are stale"),
    ]
    let tiles = figures.map { number, words -> HTML in "<div><dd>\(number)</dd><dt>\(words)</dt></div>" }
    let filters = Filter.allCases.map { one -> HTML in
      let current: HTML = one == filter && group.isEmpty ? " aria-current=\"page\"" : ""
      let count = cells.count { one.shows($0.state) }
      return "<li><a href=\"\(one.path)\"\(current)>\(one.title) <span>\(count)</span></a></li>"
    }
    let groups = Self.groups(site).map { one -> HTML in
      let current: HTML = one == group ? " aria-current=\"page\"" : ""
      let count = site.capabilities.count { $0.group == one }
      return "<li><a href=\"\(path(group: one))\"\(current)>\(one) <span>\(count)</span></a></li>"
    }
    let columns: HTML =
      groups.isEmpty
      ? "" : "<nav class=\"filters\" aria-label=\"Capabilities to show\"><ul>\(groups)</ul></nav>"
    return """
      <h1>Who can test what?</h1>
      <dl class="tiles">\(tiles)</dl>
      <p class="known">Known: \(known) of \(cells.count) cells (\(percent) %). What is not known is not a no.</p>
      <nav class="filters" aria-label="Cells to show"><ul>\(filters)</ul></nav>\(columns)

      """
  }

  private var legend: HTML {
    let states = CellState.allCases.reversed().map { state -> HTML in
      let quarters = state == .blocked ? (1...3).map { Symbols.shape("blocked-\($0)") } : []
      let mark: HTML =
        quarters.isEmpty ? Symbols.mark(state) : "<span class=\"m\">\(quarters) \(state.rawValue)</span>"
      return "<div><dt class=\"s-\(state.rawValue)\">\(mark)</dt><dd>\(state.meaning)</dd></div>"
    }
    return """
      <section class="legend" aria-labelledby="legend_title">
      <h2 id="legend_title">What the shapes mean</h2>
      <dl>\(states)</dl>
      <p>Beside a word: how many hosts or devices are in that state; below it: where it stops, or the day of the last proof. A hatched row is of a provider whose reports are all older than two days; from a week on they count as unknown.</p>
      </section>

      """
  }

  /// The first twelve.
  private var changes: HTML {
    let rows = ChangesPage(site: site).rows
    let shown = rows.prefix(12).map { row -> HTML in
      let provider = row.text("provider")
      return """
        <li>\(Symbols.mark(change: row.text("change"))) <a href="provider/\(Slug.of(provider)).html">\(site.title(provider: provider))</a> <code>\(row.text("capability").shortened)</code>: \(row.text("was")) → \(row.text("now")), hosts: \(row.count("hosts"))</li>

        """
    }
    let all: HTML =
      rows.isEmpty ? "<p class=\"none\">Nothing has changed.</p>" : "<ul class=\"changes\">\(shown)</ul>"
    return """
      <section aria-labelledby="changes_title">
      <h2 id="changes_title">Changed since \(HTML.time(site.facts.stamp.since))</h2>
      \(all)
      <p><a href="changes.html">All changes</a> · <a href="changes.atom">Atom feed</a></p>
      </section>

      """
  }
}
