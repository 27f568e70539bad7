// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

public import Disclosure
internal import Tables

extension BoardFacts {
  /// How far hosts came at an earlier moment: the query `funnel` of that time.
  public mutating func add(_ funnel: DisclosedTable, at time: String) {
    guard audience == .internal || funnel.audience == .public else { return }
    trend.append((String(time.prefix(10)), FactTable(funnel)))
    trend.sort { Self.precedes($0.day, $1.day) }
  }
}

/// How many hosts were ready and usable, week by week; providers with such hosts where hosts are not told exactly.
struct Trend {
  let site: Site
  let capability: String

  private static let shown: [Stage] = [.hypervisor, .platform]

  /// By day and stage; `nil`: hosts are not told exactly.
  private func counts(exactly: Bool) -> [[Int64]]? {
    var days: [[Int64]] = []
    for (_, table) in site.facts.trend {
      let rows = table.rows.map { FactRow(columns: table.columns, cells: $0) }
        .filter { $0.text("capability") == capability }
      var counts: [Int64] = []
      for stage in Self.shown {
        let all = rows.map { $0.count(stage.rawValue) }
        if exactly {
          guard let sum = Count.sum(all) else { return nil }
          counts.append(sum)
        } else {
          counts.append(Int64(all.count(where: \.isSome)))
        }
      }
      days.append(counts)
    }
    return days
  }

  /// Empty: there are not two moments to compare.
  var section: HTML {
    guard site.facts.trend.count > 1 else { return "" }
    let exact = counts(exactly: true)
    let unit = exact == nil ? "providers" : "hosts"
    return figure(exact ?? counts(exactly: false) ?? [], unit)
  }

  private func figure(_ counts: [[Int64]], _ unit: String) -> HTML {
    let most = max(1, counts.flatMap { $0 }.max() ?? 1)
    let days = site.facts.trend.map(\.day)
    let step = 560 / max(1, counts.count - 1)
    var lines = HTML()
    for (index, state) in [CellState.ready, .usable].enumerated() {
      let points = counts.enumerated().map { day, values in
        "\(day == 0 ? "M" : "L")\(20 + day * step) \(100 - Int(values[index] * 80 / most))"
      }
      let dashes: HTML = state == .ready ? " stroke-dasharray=\"6 4\"" : ""
      let last = counts.last.map { $0[index] } ?? 0
      // At the line's end; where both lines end together, one above the other.
      let ends = (counts.last ?? [0, 0]).map { 104 - Int($0 * 80 / most) }
      let label =
        ends[0] > ends[1] - 18 ? (index == 0 ? min(ends[0], 88) : min(ends[0], 88) + 18) : ends[index]
      lines += """
        <path class="s-\(state.rawValue)" fill="none" stroke="currentColor" stroke-width="2"\(dashes) d="\(points.joined(separator: " "))"/>
        <text x="\(30 + (counts.count - 1) * step)" y="\(label)">\(state.rawValue) \(Count.grouped(last))</text>

        """
    }
    return """
      <h2>Since \(days.first ?? "")</h2>
      <figure><svg class="plot" viewBox="0 0 720 124" role="img" aria-labelledby="trend_title trend_desc">
      <title id="trend_title">\(unit.capitalizedWord) that were ready and usable</title>
      <desc id="trend_desc">A dashed line for ready, a whole one for usable, from \(days.first ?? "") to \(days.last ?? ""). The same numbers are in the table below.</desc>
      <rect class="ground" x="20" y="100" width="\((counts.count - 1) * step)" height="1"/>
      \(lines)</svg><figcaption>\(unit.capitalizedWord); dashed: ready, whole: usable under \(site.facts.stamp.release).</figcaption></figure>

      """
  }

  /// The same as a table; `nil`: there is no figure.
  var sheet: Sheet? {
    guard site.facts.trend.count > 1 else { return nil }
    let exact = counts(exactly: true)
    let unit = exact == nil ? "Providers" : "Hosts"
    let rows = zip(site.facts.trend, exact ?? counts(exactly: false) ?? []).map { moment, counts in
      Sheet.Row([.time(moment.day), .count(.exact(counts[0])), .count(.exact(counts[1]))])
    }
    return Sheet(
      "trend", "\(unit) that were ready and usable",
      [
        Sheet.Field("day", "Day"), Sheet.Field("ready", "Ready", .number),
        Sheet.Field("usable", "Usable", .number),
      ],
      rows)
  }
}

extension String {
  fileprivate var capitalizedWord: String { prefix(1).uppercased() + dropFirst() }
}
