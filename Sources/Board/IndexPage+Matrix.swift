// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Tables

extension IndexPage {
  /// Rows and columns without a cell that the filter shows are left out.
  var matrix: Sheet {
    let shown = capabilities.filter { capability in
      filter == .all
        || site.providers.contains { filter.shows(site.standing($0.name, capability.id).state) }
    }
    let providers = site.providers.filter { provider in
      filter == .all || shown.contains { filter.shows(site.standing(provider.name, $0.id).state) }
    }
    var section = ""
    var rows: [Sheet.Row] = []
    for provider in providers {
      var row = Sheet.Row(cells(provider, shown))
      row.isStale = site.isStale(provider.name)
      if provider.section.rawValue != section {
        section = provider.section.rawValue
        row.section = section.prefix(1).uppercased() + section.dropFirst()
      }
      rows.append(row)
    }
    var sheet = Sheet("board", "Providers by capability", fields(shown), rows)
    sheet.style = "matrix"
    sheet.none = "No cell is like this."
    if filter == .all, !rows.isEmpty {
      let able = shown.map { capability -> HTML in
        let count = site.providers.count { site.standing($0.name, capability.id).state.isTestable }
        return "<b>\(count)</b> of \(site.providers.count)"
      }
      sheet.foot = ["Providers that can test"] + able + [""]
    }
    return sheet
  }

  private func fields(_ shown: [CapabilityProfile]) -> [Sheet.Field] {
    var fields = [Sheet.Field("provider", "Provider")]
    for capability in shown {
      var field = Sheet.Field(capability.id, capability.title)
      field.group = capability.group
      field.head =
        "<a href=\"capability/\(Slug.of(capability.id)).html\" title=\"\(capability.id.shortened)\">\(capability.title.shortened)</a>"
      fields.append(field)
    }
    return fields + [Sheet.Field("newest", "Last report")]
  }

  private func cells(_ provider: ProviderProfile, _ shown: [CapabilityProfile]) -> [SheetCell] {
    let page = "provider/\(Slug.of(provider.name)).html"
    let newest = site.reports[provider.name]?.text("newest") ?? ""
    let age = SheetCell(
      .text(newest),
      newest.isEmpty ? "never" : "<time datetime=\"\(newest)\">\(site.age(newest))</time>")
    let old: HTML = site.isStale(provider.name) ? "<small>stale: \(site.age(newest))</small>" : ""
    return [SheetCell(.text(provider.name), "<a href=\"\(page)\">\(site.title(provider))</a>\(old)")]
      + shown.map { capability in
        let standing = site.standing(provider.name, capability.id)
        if !filter.shows(standing.state) {
          return SheetCell(.text(""), "<span class=\"vh\">not shown</span>", style: "off")
        }
        return cell(standing, href: "\(page)#\(Slug.of(capability.id))")
      } + [age]
  }

  private func cell(_ standing: Standing, href: String) -> SheetCell {
    let word = standing.state == .blocked ? "blocked" : standing.state.rawValue
    let value = [
      standing.words, standing.state == .absent ? "" : standing.count.cell.text, standing.provenAt,
    ].filter { !$0.isEmpty }
    let isCounted = standing.state > .absent && standing.count.isSome
    let count: HTML = isCounted ? "<span class=\"c\">\(standing.count)</span>" : ""
    return SheetCell(
      .text(value.joined(separator: " ")),
      "<a href=\"\(href)\">\(Symbols.shape(Symbols.name(standing))) \(word)\(count)</a>\(detail(standing))",
      style: "s-\(standing.state.rawValue)")
  }

  /// The second line of a cell: where it stops, or since when it is proven.
  private func detail(_ standing: Standing) -> HTML {
    if let stage = standing.stage { return "<small>\(stage.rawValue)</small>" }
    if standing.state == .proven, let day = Moment(standing.provenAt) {
      return "<small>\(HTML.time(day.date))</small>"
    }
    return ""
  }
}
