// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Tables

/// What one provider can test, on what, and how fresh that is.
struct ProviderPage {
  let site: Site
  let provider: ProviderProfile

  var path: String { "provider/\(Slug.of(provider.name)).html" }

  var page: Page {
    var page = Page(path, site.title(provider), in: "index.html")
    page.add(head)
    page.add("<h2>Ladder</h2>\n")
    page.add(ladder)
    page.add("<h2>Where it stops, and what to do</h2>\n")
    var stops = Stops.sheet(
      "stops", "What stops capabilities of \(site.title(provider))", rows("stops"), site, up: "../",
      without: "provider")
    stops.none = "Nothing stops anything here."
    page.add(stops)
    page.add("<h2>Devices</h2>\n")
    page.add(DeviceSheets.devices(rows("provider_devices")))
    page.add("<h2>Virtual functions</h2>\n")
    let functions = rows("provider_virtual_functions")
    page.add(DeviceSheets.figure(functions))
    page.add(DeviceSheets.functions(functions))
    page.add("<h2>Hardware classes</h2>\n")
    page.add(classes)
    page.add("<h2>Changes</h2>\n")
    let changes = ChangesPage(site: site)
    page.add(changes.sheet(changes.rows.filter { $0.text("provider") == provider.name }, up: "../"))
    return page
  }

  private func rows(_ query: String) -> [FactRow] {
    site.facts.rows(query).filter { $0.text("provider") == provider.name }
  }

  private var head: HTML {
    let report = site.reports[provider.name]
    var facts: [(String, HTML)] = [("Section", "\(provider.section.rawValue)")]
    if let report {
      let newest = report.text("newest")
      let stale: HTML = site.isStale(provider.name) ? " <span class=\"tag\">stale</span>" : ""
      facts += [
        ("Hosts", "\(report.count("hosts"))"), ("Regions", "\(report.count("regions"))"),
        ("Last report", "\(HTML.time(newest)), \(site.howOld(newest))\(stale)"),
        (
          "Fresh, stale, expired",
          "\(report.count("fresh")), \(report.count("stale")), \(report.count("expired"))"
        ),
        ("Signed by an allowed key", "\(report.count("signed")) of \(report.count("hosts"))"),
      ]
    } else {
      facts.append(("Last report", "never"))
    }
    if !provider.contact.isEmpty { facts.append(("Contact", Contact.link(provider))) }
    if !site.isPublic, !site.facts.rows("hosts").isEmpty, report != nil {
      facts.append(("Hosts one by one", "<a href=\"../hosts/\(Slug.of(provider.name))-1.html\">list</a>"))
    }
    let lines = facts.map { title, value -> HTML in "<div><dt>\(title)</dt><dd>\(value)</dd></div>\n" }
    return """
      <p class="crumb"><a href="../index.html">Board</a> / Provider</p>
      <h1>\(site.title(provider))</h1>
      <dl class="facts">
      \(lines)</dl>

      """
  }

  /// A row a capability; the stages say how many hosts hold up to each.
  private var ladder: Sheet {
    let funnels = Dictionary(rows("funnel").map { ($0.text("capability"), $0) }) { first, _ in first }
    let fields =
      [Sheet.Field("capability", "Capability"), Sheet.Field("state", "State")]
      + Stage.allCases.map { Sheet.Field($0.rawValue, $0.title, .number) }
      + [
        Sheet.Field("hosts", "Hosts", .number), Sheet.Field("unknown", "Unknown", .number),
        Sheet.Field("proven_at", "Proven on"),
      ]
    let rows = site.capabilities.map { capability -> Sheet.Row in
      let standing = site.standing(provider.name, capability.id)
      let funnel = funnels[capability.id]
      let stages = Stage.allCases.map { stage -> SheetCell in
        guard let funnel else { return SheetCell(.text(""), "<span class=\"soft\">–</span>") }
        let count = funnel.count(stage.rawValue)
        return SheetCell(count.cell, count.isZero ? "<span class=\"soft\">0</span>" : "\(count)")
      }
      var row = Sheet.Row(
        [site.link(capability: capability.id, up: "../"), .state(standing)] + stages + [
          .count(standing.hosts), .count(funnel?.count("unknown") ?? .hidden), .time(standing.provenAt),
        ])
      row.anchor = Slug.of(capability.id)
      return row
    }
    return Sheet("ladder", "Hosts of \(site.title(provider)) that hold up to each stage", fields, rows)
  }

  private var classes: Sheet {
    Sheet(
      "classes", "Hardware classes of \(site.title(provider))",
      [Sheet.Field("class", "Hardware class"), Sheet.Field("hosts", "Hosts", .number)],
      rows("provider_classes").map { Sheet.Row([.words($0.text("class")), .count($0.count("hosts"))]) })
  }
}
