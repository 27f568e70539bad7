// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Tables

/// Hardware classes, and what each has been seen doing.
struct ClassesPage {
  let site: Site

  var page: Page {
    var page = Page("classes.html", "Hardware classes", in: "classes.html")
    page.add(
      """
      <h1>Hardware classes</h1>
      <p class="lead">Board, processor and cards. Evidence is of hosts; what it says is of the class.</p>

      """)
    page.add(classes, first: Sheet.Limit(rows: 500, bytes: 120_000))
    page.add("<h2>Devices</h2>\n")
    page.add(DeviceSheets.devices(site.facts.rows("devices")))
    page.add("<h2>Virtual functions</h2>\n")
    page.add(DeviceSheets.functions(site.facts.rows("virtual_functions")))
    return page
  }

  private var classes: Sheet {
    let seen = site.facts.rows("class_capabilities", by: "class").mapValues { rows in
      Dictionary(rows.map { ($0.text("capability"), Standing($0, ofClass: true)) }) { first, _ in first }
    }
    let ids = Set(seen.values.flatMap(\.keys))
    let shown = site.capabilities.filter { $0.source == .ladders && ids.contains($0.id) }
    var fields = [
      Sheet.Field("class", "Hardware class"), Sheet.Field("providers", "Providers", .number),
      Sheet.Field("hosts", "Hosts", .number),
    ]
    for capability in shown {
      var field = Sheet.Field(capability.id, capability.title)
      field.head = "<a href=\"capability/\(Slug.of(capability.id)).html\">\(capability.id.shortened)</a>"
      fields.append(field)
    }
    var sheet = Sheet(
      "classes", "Hardware classes and the best state seen on each", fields,
      site.facts.rows("classes").map { row in
        let standings = seen[row.text("class")] ?? [:]
        return Sheet.Row(
          [.words(row.text("class")), .count(row.count("providers")), .count(row.count("hosts"))]
            + shown.map { .state(standings[$0.id] ?? Standing()) })
      })
    sheet.style = "matrix plain"
    return sheet
  }
}
