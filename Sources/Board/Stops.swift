// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Tables

/// What stops capabilities, with the next step: the same table on several pages.
enum Stops {
  /// - Parameter column: that all rows have in common: `provider` or `capability`.
  static func sheet(
    _ id: String, _ caption: String, _ rows: [FactRow], _ site: Site, up: String, without column: String
  ) -> Sheet {
    let isShown = { (key: String) in key != column }
    let fields = [
      Sheet.Field("provider", "Provider"), Sheet.Field("capability", "Capability"),
      Sheet.Field("state", "State"), Sheet.Field("layer", "Layer"), Sheet.Field("reason", "Reason"),
      Sheet.Field("fix_kind", "Kind"), Sheet.Field("next_step", "Next step"),
      Sheet.Field("hosts", "Hosts", .number),
    ].filter { isShown($0.key) }
    let sorted = rows.enumerated().sorted { a, b in
      let counts = [a, b].map { $0.element.count("hosts").number ?? 0 }
      return counts[0] == counts[1] ? a.offset < b.offset : counts[0] > counts[1]
    }.map(\.element)
    return Sheet(
      id, caption, fields,
      sorted.map { row in
        var cells: [SheetCell] = []
        if isShown("provider") {
          let provider = row.text("provider")
          cells.append(
            SheetCell(
              .text(provider),
              "<a href=\"\(up)provider/\(Slug.of(provider)).html\">\(site.title(provider: provider))</a>"))
        }
        if isShown("capability") { cells.append(site.link(capability: row.text("capability"), up: up)) }
        cells.append(state(row))
        cells.append(.text(row.text("layer")))
        cells.append(.code(row.text("reason")))
        cells.append(.text(row.text("fix_kind")))
        cells.append(.words(site.remedy(row)))
        cells.append(.count(row.count("hosts")))
        return Sheet.Row(cells)
      })
  }

  static func state(_ row: FactRow) -> SheetCell {
    let state = CellState(report: row.text("state"))
    return SheetCell(
      .text(row.text("state")), Symbols.mark(state, stoppedBy: row.text("layer")),
      style: "s-\(state.rawValue)")
  }
}

extension Site {
  /// A capability's id with a link to its page, if it has one.
  func link(capability id: String, up: String) -> SheetCell {
    capability(id) == nil
      ? .code(id)
      : SheetCell(
        .text(id), "<a href=\"\(up)capability/\(Slug.of(id)).html\"><code>\(id.shortened)</code></a>")
  }
}
