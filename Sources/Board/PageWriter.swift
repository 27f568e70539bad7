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
    func path(_ part: Int) -> String { part == 0 ? page.path : "\(stem).\(sheet.id)-\(part + 1).html" }
    var own = HTML()
    try sheet.eachPart(first: first) { part in
      let id = part.number == 0 ? sheet.id : "\(sheet.id)-\(part.number + 1)"
      if !part.rows.isEmpty {
        try emit("\(stem).\(id).csv", sheet.csv(part.rows))
        try emit("\(stem).\(id).json", sheet.json(part.rows, site))
      }
      var html = sheet.markup(part, id: id, stem: name)
      if !part.isWhole { html += pager(sheet, part) { Page.stem(path($0)).name + ".html" } }
      if part.number == 0 {
        own = html
      } else {
        let body: HTML = "<h1>\(page.title.shortened)</h1>\n\(html)"
        let title = "\(page.title), \(sheet.caption), part \(part.number + 1)"
        let own = path(part.number)
        try emit(own, Page.document(body, path: own, title: title, place: page.place, site))
      }
    }
    return own
  }

  private func pager(_ sheet: Sheet, _ part: Sheet.Part, _ path: (Int) -> String) -> HTML {
    var links: [HTML] = []
    if part.number > 0 { links.append("<a href=\"\(path(part.number - 1))\" rel=\"prev\">Earlier rows</a>") }
    links.append("Rows \(part.start + 1) to \(part.start + part.rows.count) of \(sheet.count)")
    if !part.isLast { links.append("<a href=\"\(path(part.number + 1))\" rel=\"next\">Further rows</a>") }
    return "<p class=\"pager\">\(links.joined(" · "))</p>\n"
  }
}
