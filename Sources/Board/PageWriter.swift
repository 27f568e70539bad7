// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

/// Cuts pages to size, and writes them with their twins.
struct PageWriter {
  let site: Site
  /// Files as they are made: path, content.
  let emit: (String, [UInt8]) throws -> Void

  func write(_ page: Page) throws {
    let (stem, name) = Page.stem(page.path)
    var body = HTML()
    for block in page.blocks {
      switch block {
      case .html(let html): body += html
      case .sheet(let sheet, let first): body += try write(sheet, stem, name, page, first)
      }
    }
    try emit(page.path, Page.document(body, path: page.path, title: page.title, place: page.place, site))
  }

  /// The first part's markup; the others become pages of their own, each with links to its neighbours.
  private func write(_ sheet: Sheet, _ stem: String, _ name: String, _ page: Page, _ first: Sheet.Limit)
    throws -> HTML
  {
    let parts = sheet.parts(first: first)
    func path(_ part: Int) -> String { part == 0 ? page.path : "\(stem).\(sheet.id)-\(part + 1).html" }
    var own = HTML()
    for (part, content) in parts.enumerated() {
      let id = part == 0 ? sheet.id : "\(sheet.id)-\(part + 1)"
      if !content.rows.isEmpty {
        try emit("\(stem).\(id).csv", sheet.csv(content.rows))
        try emit("\(stem).\(id).json", sheet.json(content.rows, site))
      }
      var html = sheet.markup(content.markup, id: id, stem: name, isLast: part == parts.count - 1)
      if parts.count > 1 {
        html += pager(sheet, parts.map(\.rows), part) { Page.stem(path($0)).name + ".html" }
      }
      if part == 0 {
        own = html
      } else {
        let body: HTML = "<h1>\(page.title.shortened)</h1>\n\(html)"
        let title = "\(page.title), \(sheet.caption), part \(part + 1)"
        try emit(path(part), Page.document(body, path: path(part), title: title, place: page.place, site))
      }
    }
    return own
  }

  private func pager(_ sheet: Sheet, _ ranges: [Range<Int>], _ part: Int, _ path: (Int) -> String) -> HTML {
    var links: [HTML] = []
    if part > 0 { links.append("<a href=\"\(path(part - 1))\" rel=\"prev\">Earlier rows</a>") }
    links.append("Rows \(ranges[part].lowerBound + 1) to \(ranges[part].upperBound) of \(sheet.rows.count)")
    if part + 1 < ranges.count { links.append("<a href=\"\(path(part + 1))\" rel=\"next\">Further rows</a>") }
    return "<p class=\"pager\">\(links.joined(" · "))</p>\n"
  }
}
