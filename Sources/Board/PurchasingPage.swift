// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Tables

extension Site {
  /// What a provider lacks is its own business.
  var hasPurchasing: Bool { !isPublic && facts.purchasing != nil }
}

/// Demand against supply: what is there, what a setting would bring, and only then what to buy.
struct PurchasingPage {
  let site: Site
  let purchasing: Purchasing

  var page: Page {
    var page = Page("purchasing.html", "Purchasing", in: "purchasing.html")
    let demands = purchasing.demands
    let missing = demands.reduce(0) { $0 + $1.missing }
    let fixable = demands.reduce(0) { $0 + $1.fixable }
    page.add(
      """
      <h1>Purchasing</h1>
      <p class="lead">For \(purchasing.release), from the reports of \(Count.grouped(Int64(purchasing.hosts))) hosts: <b>\(Count.grouped(Int64(missing)))</b> to buy; <b>\(Count.grouped(Int64(fixable)))</b> become usable without buying. Each host and each device serves one demand, the earlier one first.</p>
      \(GapFigure(demands: demands).figure)
      """)
    page.add(gaps)
    page.add("<h2>Do not buy yet: switch these</h2>\n")
    page.add(fixes)
    page.add("<h2>Buy</h2>\n")
    page.add(purchases)
    page.add("<h2>Evidence</h2>\n")
    page.add(evidence)
    return page
  }

  /// Kinds of fixes that there are, the cheapest first.
  private var kinds: [String] {
    let order = ["config", "reboot", "bios", "firmware", "release"]
    let all = Set(purchasing.demands.flatMap(\.fixes).map(\.kind))
    return order.filter(all.contains) + all.subtracting(order).sorted(by: BoardFacts.precedes)
  }

  private var gaps: Sheet {
    let kinds = kinds
    let fields =
      [
        Sheet.Field("demand", "Demand"), Sheet.Field("of", "Of"), Sheet.Field("scope", "Where"),
        Sheet.Field("wanted", "Wanted", .number), Sheet.Field("proven", "Proven", .number),
        Sheet.Field("usable", "Usable", .number),
      ] + kinds.map { Sheet.Field("fix_\($0)", "Fix: \($0)", .number) } + [
        Sheet.Field("fixable", "Fixable", .number), Sheet.Field("buy", "Must buy", .number),
        Sheet.Field("unknown", "Look first", .number),
      ]
    return Sheet(
      "gaps", "Demand against supply", fields,
      purchasing.demands.map { demand in
        let byKind = kinds.map { kind in
          demand.fixes.reduce(0) { $0 + ($1.kind == kind ? $1.count : 0) }
        }
        var buy = SheetCell.number(demand.missing)
        if demand.missing > 0 { buy = SheetCell(buy.value, "<b>\(buy.html)</b>") }
        return Sheet.Row(
          [
            .text(demand.name), .words(demand.subject), .text(demand.scope.isEmpty ? "any" : demand.scope),
            .number(demand.wanted), .number(demand.proven), .number(demand.usable),
          ] + byKind.map { .number($0) }
            + [.number(demand.fixable), buy, .number(demand.unknown)])
      })
  }

  /// The remedies of all demands, each demand's cheapest first.
  private var fixes: Sheet {
    var sheet = Sheet(
      "fixes", "What becomes usable without buying",
      [
        Sheet.Field("demand", "Demand"), Sheet.Field("fix", "Next step"), Sheet.Field("kind", "Kind"),
        Sheet.Field("reason", "Reason"), Sheet.Field("count", "Brings", .number),
      ],
      purchasing.demands.flatMap { demand in
        demand.fixes.map { fix in
          Sheet.Row([
            .text(demand.name), .words(fix.text), .text(fix.kind), .code(fix.reason), .number(fix.count),
          ])
        }
      })
    sheet.none = "No setting would bring more."
    return sheet
  }

  private var purchases: Sheet {
    var sheet = Sheet(
      "purchases", "The smallest purchase of hardware that was seen working",
      [
        Sheet.Field("hardware", "Hardware"), Sheet.Field("count", "Machines", .number),
        Sheet.Field("example", "As"),
      ],
      purchasing.purchases.map { Sheet.Row([.words($0.hardware), .number($0.count), .text($0.example)]) })
    sheet.none =
      purchasing.demands.allSatisfy { $0.missing == 0 }
      ? "Nothing has to be bought." : "No hardware that does it was seen in this fleet."
    return sheet
  }

  private var evidence: Sheet {
    var sheet = Sheet(
      "evidence", "What serves each demand now",
      [Sheet.Field("demand", "Demand"), Sheet.Field("thing", "Host or device")],
      purchasing.demands.flatMap { demand in
        demand.evidence.map { Sheet.Row([.text(demand.name), .text($0)]) }
      })
    sheet.none = "Nothing serves a demand now."
    return sheet
  }
}
