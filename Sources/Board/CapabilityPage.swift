// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Tables

/// Who has a capability, where it stops, what to do, and how to ask for a test.
struct CapabilityPage {
  let site: Site
  let capability: CapabilityProfile

  var path: String { "capability/\(Slug.of(capability.id)).html" }

  var page: Page {
    var page = Page(path, capability.title, in: "index.html")
    let able = site.providers.count { site.standing($0.name, capability.id).state.isTestable }
    let proven = site.providers.count { site.standing($0.name, capability.id).state == .proven }
    page.add(
      """
      <p class="crumb"><a href="../index.html">Board</a> / \(capability.group)</p>
      <h1>\(capability.title.shortened) <code>\(capability.id.shortened)</code></h1>
      <p class="lead"><b>\(able)</b> of \(site.providers.count) providers can test it; \(proven) have proven it.</p>

      """)
    if capability.source == .ladders {
      let funnel = Funnel(site: site, capability: capability.id)
      page.add("<h2>How far it comes</h2>\n\(funnel.figure)")
      page.add(funnel.sheet)
      let trend = Trend(site: site, capability: capability.id)
      page.add(trend.section)
      if let sheet = trend.sheet { page.add(sheet) }
    }
    page.add("<h2>Providers</h2>\n")
    page.add(providers)
    if capability.source == .ladders {
      page.add("<h2>Where it stops, and what to do</h2>\n")
      page.add(stops)
      page.add("<h2>Hardware classes</h2>\n")
      page.add(classes)
    }
    page.add(test)
    return page
  }

  private var providers: Sheet {
    let counts = site.facts.rows("matrix").filter { $0.text("capability") == capability.id }
    let byProvider = Dictionary(counts.map { ($0.text("provider"), $0) }) { first, _ in first }
    let isLadder = capability.source == .ladders
    let states: [CellState] = isLadder ? [.proven, .usable, .ready, .blocked, .absent, .unknown] : []
    let fields =
      [Sheet.Field("provider", "Provider"), Sheet.Field("state", "State")]
      + (isLadder
        ? [Sheet.Field("hosts", "Hosts", .number)]
        : [Sheet.Field("units", "Units in this state", .number), Sheet.Field("hosts", "Hosts", .number)])
      + states.map {
        Sheet.Field($0.rawValue, $0.rawValue.prefix(1).uppercased() + $0.rawValue.dropFirst(), .number)
      }
      + [
        Sheet.Field("proven_at", "Proven on"), Sheet.Field("newest", "Last report"),
        Sheet.Field("ask", "Ask"),
      ]
    let rows = site.providers.map { provider -> Sheet.Row in
      let standing = site.standing(provider.name, capability.id)
      var cells = [
        SheetCell(
          .text(provider.name),
          "<a href=\"../provider/\(Slug.of(provider.name)).html\">\(site.title(provider))</a>"),
        .state(standing),
      ]
      if !isLadder { cells.append(.count(standing.count)) }
      cells.append(.count(standing.hosts))
      cells += states.map { .count(byProvider[provider.name]?.count($0.rawValue) ?? .hidden) }
      cells += [
        .time(standing.provenAt), .time(standing.newest),
        SheetCell(.text(provider.contact), Contact.link(provider)),
      ]
      var row = Sheet.Row(cells)
      row.isStale = site.isStale(provider.name)
      return row
    }
    return Sheet("providers", "\(capability.title.shortened) by provider", fields, rows)
  }

  private var stops: Sheet {
    let rows = site.facts.rows("stops").filter { $0.text("capability") == capability.id }
    var sheet = Stops.sheet(
      "stops", "What stops \(capability.title.shortened)", rows, site, up: "../", without: "capability")
    sheet.none = "Nothing stops it anywhere."
    return sheet
  }

  private var classes: Sheet {
    let rows = site.facts.rows("class_capabilities").filter { $0.text("capability") == capability.id }
    let counts = ["hosts", "proven", "usable", "ready", "blocked", "absent", "unknown"]
    let fields =
      [Sheet.Field("class", "Hardware class"), Sheet.Field("state", "Best state seen")]
      + counts.map { Sheet.Field($0, $0.prefix(1).uppercased() + $0.dropFirst(), .number) }
    return Sheet(
      "classes", "\(capability.title.shortened) by hardware class", fields,
      rows.map { row in
        Sheet.Row(
          [.words(row.text("class")), .state(Standing(row, ofClass: true))]
            + counts.map { .count(row.count($0)) })
      })
  }

  private var test: HTML {
    func list(_ title: String, _ lines: [HTML]) -> HTML {
      lines.isEmpty ? "" : "<div><dt>\(title)</dt><dd>\(lines.joined("<br>"))</dd></div>\n"
    }
    func named(_ values: [NamedValue]) -> [HTML] {
      values.map { "<code>\($0.name)=\($0.value)</code>" }
    }
    var html: HTML = "<h2 id=\"how_to_test\">How to test</h2>\n<dl class=\"facts\">\n"
    html += list("Placement traits", capability.traits.map { "<code>\($0)</code>" })
    html += list("Flavor extra specs", named(capability.extraSpecs))
    html += list("Image properties", named(capability.imageProperties))
    html += list("Notes", capability.notes.map { "\($0)" })
    if let gate = site.facts.rows("gate").first(where: { $0.text("capability") == capability.id }) {
      let from = gate.text("usable_from")
      let later: HTML = from.isEmpty ? "" : " From release \(from) on, those that wait can be used."
      html += list(
        "Release",
        [
          "Under \(site.facts.stamp.release): \(gate.count("usable")) of \(gate.count("ready")) ready hosts are usable; \(gate.count("waiting")) wait for a later release, and no known release starts such guests on \(gate.count("never")).\(later)"
        ])
    }
    html += "</dl>\n"
    return html
  }
}

/// Whom to ask.
enum Contact {
  /// Only addresses of the web and of mail become links: no other scheme gets into a page.
  static func link(_ provider: ProviderProfile) -> HTML {
    let contact = provider.contact
    let isOpen = ["https://", "mailto:"].contains { contact.hasPrefix($0) }
    if contact.isEmpty { return "" }
    return isOpen
      ? "<a href=\"\(contact)\" rel=\"external noreferrer\">ask</a>" : "\(contact.shortened)"
  }
}
