// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

/// A page before its tables are cut to size.
struct Page: Sendable {
  enum Block: Sendable {
    case html(HTML)
    case sheet(Sheet, first: Sheet.Limit)
  }
  /// From the site's root: `provider/alpha.html`.
  let path: String
  let title: String
  /// Which of the navigation's entries it belongs to: `index.html`.
  let place: String
  var blocks: [Block] = []

  init(_ path: String, _ title: String, in place: String) {
    (self.path, self.title, self.place) = (path, title, place)
  }

  mutating func add(_ html: HTML) { blocks.append(.html(html)) }
  mutating func add(_ sheet: Sheet, first: Sheet.Limit = .shared) {
    blocks.append(.sheet(sheet, first: first))
  }

  /// `../` for each folder between the root and a path.
  static func up(_ path: String) -> String {
    String(repeating: "../", count: path.utf8.count { $0 == 0x2f })
  }

  var up: String { Self.up(path) }

  /// `provider/alpha` and `alpha`.
  static func stem(_ path: String) -> (path: String, name: String) {
    let stem = path.hasSuffix(".html") ? String(path.dropLast(5)) : path
    let name = stem.utf8.lastIndex(of: 0x2f).map { String(stem[stem.utf8.index(after: $0)...]) } ?? stem
    return (stem, name)
  }
}

extension Page {
  private static let places = [
    ("index.html", "Board"), ("changes.html", "Changes"), ("problems.html", "Problems"),
    ("classes.html", "Classes"), ("purchasing.html", "Purchasing"), ("about.html", "About"),
  ]

  /// A whole document around a body.
  static func document(_ body: HTML, path: String, title: String, place: String, _ site: Site) -> [UInt8] {
    let up = Self.up(path)
    var links: [HTML] = []
    for (target, word) in places where target != "purchasing.html" || site.hasPurchasing {
      let current: HTML = target == place ? " aria-current=\"page\"" : ""
      links.append("<li><a href=\"\(up)\(target)\"\(current)>\(word)</a></li>")
    }
    let stamp = site.facts.stamp
    let expires: HTML =
      site.now.map {
        "Fresh until \(HTML.time($0.after(days: 2).date)); older than that, ask for a new one. "
      } ?? ""
    let audience = site.isPublic ? "public board" : "internal board, not for others"
    let page: HTML = """
      <!doctype html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'self'; img-src 'self' data:">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <meta name="referrer" content="no-referrer">
      <title>\(title.shortened) · hostcap board</title>
      <link rel="stylesheet" href="\(up)style.css">
      <link rel="alternate" type="application/atom+xml" title="Changes" href="\(up)changes.atom">
      </head>
      <body>
      <a class="skip" href="#main_content">Skip to the content</a>
      \(Symbols.definitions)<header class="top">
      <p class="brand"><a href="\(up)index.html">hostcap board</a> <span>\(audience)</span></p>
      <nav aria-label="Board"><ul>\(links)</ul></nav>
      </header>
      <main id="main_content">
      \(body)</main>
      <footer>
      <p>Snapshot \(HTML.time(stamp.at)) UTC, \(stamp.release), build <code>\(site.build)</code>. \(expires)<a href="\(up)about.html">What the words mean</a></p>
      </footer>
      </body>
      </html>

      """
    return page.bytes
  }
}
