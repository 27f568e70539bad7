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

  /// The rows of each part, never none.
  func parts(first: Limit, rest: Limit = .alone) -> [(rows: Range<Int>, markup: [HTML])] {
    var parts: [(rows: Range<Int>, markup: [HTML])] = []
    var (start, size) = (0, 0)
    var markup: [HTML] = []
    for (index, row) in rows.enumerated() {
      let limit = parts.isEmpty ? first : rest
      // A part begins with the section that it goes on with.
      let section = index == start ? rows[...index].last { !$0.section.isEmpty }?.section ?? "" : row.section
      let html = self.markup(row, section: section, isFirst: index == start)
      if index > start, index - start >= limit.rows || size + html.bytes.count > limit.bytes {
        parts.append((start..<index, markup))
        (start, size, markup) = (index, 0, [])
        let section = rows[...index].last { !$0.section.isEmpty }?.section ?? ""
        let again = self.markup(row, section: section, isFirst: true)
        markup.append(again)
        size += again.bytes.count
        continue
      }
      markup.append(html)
      size += html.bytes.count
    }
    parts.append((start..<rows.count, markup))
    return parts
  }

  /// A section is a group of rows with a head of its own.
  private func markup(_ row: Row, section: String, isFirst: Bool) -> HTML {
    var html = HTML()
    if !section.isEmpty {
      if !isFirst { html += "</tbody>\n<tbody>\n" }
      html +=
        "<tr class=\"section\"><th scope=\"rowgroup\" colspan=\"\(fields.count)\"><span>\(section)</span></th></tr>\n"
    }
    html += row.isStale ? "<tr class=\"stale\">" : "<tr>"
    for (index, cell) in row.cells.enumerated() {
      var attributes = HTML()
      let classes = [fields[index].kind == .number ? "n" : "", cell.style].filter { !$0.isEmpty }
      if !classes.isEmpty { attributes += " class=\"\(classes.joined(separator: " "))\"" }
      if index == 0 {
        let anchor: HTML = row.anchor.isEmpty ? "" : " id=\"\(row.anchor)\""
        html += "<th scope=\"row\"\(anchor)\(attributes)>\(cell.html)</th>"
      } else {
        html += "<td\(attributes)>\(cell.html)</td>"
      }
    }
    html += "</tr>\n"
    return html
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
  func markup(_ rows: [HTML], id: String, stem: String, isLast: Bool) -> HTML {
    if rows.isEmpty { return "<p class=\"none\">\(none)</p>\n" }
    var html: HTML = """
      <div class="region" tabindex="0" role="region" aria-label="\(caption)">
      <table id="table_\(id)" class="\(style.isEmpty ? "list" : style)">
      <caption>\(caption)</caption>
      \(head)<tbody>
      \(rows)</tbody>

      """
    if isLast, !foot.isEmpty {
      html += "<tfoot>\n<tr>"
      for (index, cell) in foot.enumerated() {
        html += index == 0 ? "<th scope=\"row\">\(cell)</th>" : "<td>\(cell)</td>"
      }
      html += "</tr>\n</tfoot>\n"
    }
    let words = rows.count == 1 ? "1 row" : "\(rows.count) rows"
    html += """
      </table>
      </div>
      <p class="twins">\(words) as <a href="\(stem).\(id).csv">CSV</a> <a href="\(stem).\(id).json">JSON</a></p>

      """
    return html
  }
}
