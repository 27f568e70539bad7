// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

public import Planning

/// A needs assessment for a purchasing meeting, and as data.
public struct NeedsPage: Sendable {
  let needs: NeedsAssessment

  public init(_ needs: NeedsAssessment) { self.needs = needs }

  /// Markdown: the table, then what to switch, what to look at, and what to buy, in this order.
  public var markdown: String {
    let rows = needs.lines.map { line -> [String] in
      [
        line.demand.name, Self.words(line.demand), "\(line.demand.wanted)", "\(line.provenCount)",
        "\(line.usableCount - line.provenCount)",
        "\(line.fixes.reduce(0) { $0 + $1.count })", "\(line.missing)",
      ]
    }
    var lines = [
      "# What the fleet lacks for \(needs.list.releaseName)", "",
      "From the reports of \(needs.hostCount) hosts. Each host and each device serves one demand, the earlier one first.",
      "",
    ]
    lines += MarkdownTable.lines(
      ["demand", "of", "wanted", "proven", "usable", "after a fix", "missing"], rows)
    lines += fixes + unknown + purchase
    return lines.joined(separator: "\n") + "\n"
  }

  /// One fix may serve several demands: said once, with all that it brings.
  private var fixes: [String] {
    var order: [Supply.Remedy] = []
    var entries: [Supply.Remedy: [(String, NeedsAssessment.Fix)]] = [:]
    for line in needs.lines {
      for fix in line.fixes {
        if entries[fix.remedy] == nil { order.append(fix.remedy) }
        entries[fix.remedy, default: []].append((line.demand.name, fix))
      }
    }
    if order.isEmpty { return [] }
    var lines = ["", "## Do not buy yet: switch these", ""]
    for remedy in order {
      let things = Set((entries[remedy] ?? []).flatMap(\.1.things)).sorted()
      lines.append(
        "- **\(things.count)**: \(MarkdownTable.plain(remedy.fix)) (\(remedy.kind), `\(remedy.reason)`)")
      for (demand, fix) in entries[remedy] ?? [] {
        lines.append("  - \(demand): \(fix.count) on \(Self.some(fix.things))")
      }
    }
    return lines
  }

  private var unknown: [String] {
    let open = needs.lines.filter { !$0.unknown.isEmpty }
    if open.isEmpty { return [] }
    var lines = ["", "## Look at these before buying: nobody could see", ""]
    for line in open {
      for fix in line.unknown {
        lines.append(
          "- \(line.demand.name): \(fix.count) on \(Self.some(fix.things)): \(MarkdownTable.plain(fix.remedy.fix))"
        )
      }
    }
    return lines
  }

  private var purchase: [String] {
    let nowhere = needs.lines.filter(\.isNowhere)
    if needs.lines.allSatisfy({ $0.missing == 0 }) { return ["", "Nothing has to be bought."] }
    var lines = ["", "## Buy", ""]
    for purchase in needs.purchase {
      lines.append(
        "- **\(purchase.count)** x \(MarkdownTable.plain(purchase.hardware.name)): as \(purchase.hardware.example), which works"
      )
    }
    for line in nowhere {
      lines.append(
        "- for \(line.demand.name): no hardware that does it was seen in this fleet; \(line.missing) are missing"
      )
    }
    return lines
  }

  public static func words(_ demand: Demand) -> String {
    let subject =
      switch demand.subject {
      case .hosts(let capability): "hosts with \(capability)"
      case .slots(let capability): "guests with \(capability)"
      case .devices(let match, let memory):
        "devices: \(match)" + (memory.map { ", \($0) GiB or more" } ?? "")
      }
    return demand.terms.isEmpty ? subject : "\(subject); \(demand.terms)"
  }

  /// The first five, and how many more.
  private static func some(_ names: [String]) -> String {
    names.prefix(5).joined(separator: ", ") + (names.count > 5 ? " and \(names.count - 5) more" : "")
  }
}
