// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

extension Sheet {
  /// What a page may hold of one table: the rest goes to pages of its own.
  struct Limit: Sendable {
    let rows: Int
    let bytes: Int

    /// On a page with others.
    static let shared = Limit(rows: 500, bytes: 30_000)
    /// On a page of its own.
    static let alone = Limit(rows: 500, bytes: 150_000)
  }

  /// Rows that fit on a page.
  struct Part: Sendable {
    let number: Int
    /// The place of the first.
    let start: Int
    let rows: [Row]
    let markup: HTML
    let isLast: Bool

    /// Whether it is all there is.
    var isWhole: Bool { number == 0 && isLast }
  }

  /// Hands out the parts, never none, each as soon as it is whole.
  func eachPart(first: Limit, rest: Limit = .alone, _ body: (Part) throws -> Void) rethrows {
    var (number, start) = (0, 0)
    var rows: [Row] = []
    var markup = HTML()
    // The one that a row without a head of its own belongs to.
    var section = ""
    for index in 0..<count {
      let row = row(index)
      if !row.section.isEmpty { section = row.section }
      let limit = number == 0 ? first : rest
      let before = markup.bytes.count
      // A part begins with the section that it goes on with.
      add(row, section: index == start ? section : row.section, isFirst: index == start, to: &markup)
      if index > start, index - start >= limit.rows || markup.bytes.count > limit.bytes {
        markup.cut(to: before)
        try body(Part(number: number, start: start, rows: rows, markup: markup, isLast: false))
        (number, start, rows, markup) = (number + 1, index, [], HTML())
        add(row, section: section, isFirst: true, to: &markup)
      }
      rows.append(row)
    }
    try body(Part(number: number, start: start, rows: rows, markup: markup, isLast: true))
  }

  /// A section is a group of rows with a head of its own.
  private func add(_ row: Row, section: String, isFirst: Bool, to html: inout HTML) {
    if !section.isEmpty {
      if !isFirst { html += "</tbody>\n<tbody>\n" }
      html +=
        "<tr class=\"section\"><th scope=\"rowgroup\" colspan=\"\(fields.count)\"><span>\(section)</span></th></tr>\n"
    }
    html += row.isStale ? "<tr class=\"stale\">" : "<tr>"
    for (index, cell) in row.cells.enumerated() {
      html += index == 0 ? "<th scope=\"row\"" : "<td"
      if index == 0, !row.anchor.isEmpty { html += " id=\"\(row.anchor)\"" }
      switch (fields[index].kind == .number, cell.style.isEmpty) {
      case (true, true): html += " class=\"n\">"
      case (true, false): html += " class=\"n \(cell.style)\">"
      case (false, true): html += ">"
      case (false, false): html += " class=\"\(cell.style)\">"
      }
      html += cell.html
      html += index == 0 ? "</th>" : "</td>"
    }
    html += "</tr>\n"
  }

  private var head: HTML {
    var html: HTML = "<thead>\n"
    if fields.contains(where: { !$0.group.isEmpty }) {
      html += "<tr class=\"groups\">"
      var index = 0
      while index < fields.count {
        let group = fields[index].group
        let end = fields[index...].firstIndex { $0.group != group } ?? fields.count
        html +=
          group.isEmpty
          ? "<td colspan=\"\(end - index)\"></td>"
          : "<th scope=\"colgroup\" colspan=\"\(end - index)\"><span>\(group)</span></th>"
        index = end
      }
      html += "</tr>\n"
    }
    html += "<tr>"
    for field in fields {
      let style: HTML = field.kind == .number ? " class=\"n\"" : ""
      html += "<th scope=\"col\"\(style)>\(field.head.isEmpty ? "\(field.title)" : field.head)</th>"
    }
    html += "</tr>\n</thead>\n"
    return html
  }

  /// A region that scrolls by itself, and links to the same rows as data.
  ///
  /// - Parameter stem: the page's file name, which the twins' begin with; they lie beside it.
  func markup(_ part: Part, id: String, stem: String) -> HTML {
    if part.rows.isEmpty { return "<p class=\"none\">\(none)</p>\n" }
    var html: HTML = """
      <div class="region" tabindex="0" role="region" aria-label="\(caption)">
      <table id="table_\(id)" class="\(style.isEmpty ? "list" : style)">
      <caption>\(caption)</caption>
      \(head)<tbody>
      \(part.markup)</tbody>

      """
    if part.isLast, !foot.isEmpty {
      html += "<tfoot>\n<tr>"
      for (index, cell) in foot.enumerated() {
        html += index == 0 ? "<th scope=\"row\">\(cell)</th>" : "<td>\(cell)</td>"
      }
      html += "</tr>\n</tfoot>\n"
    }
    let words = part.rows.count == 1 ? "1 row" : "\(part.rows.count) rows"
    html += """
      </table>
      </div>
      <p class="twins">\(words) as <a href="\(stem).\(id).csv">CSV</a> <a href="\(stem).\(id).json">JSON</a></p>

      """
    return html
  }
}
