// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

/// One host's page: its ladders rung by rung, and its history. Tables have no twins here: the report itself is the data.
struct HostDocument {
  let site: Site
  let host: HostPage

  private static let most = Sheet.Limit(rows: 500, bytes: 150_000)

  var bytes: [UInt8] {
    var sections = HTML()
    var room = Self.most.bytes
    var (shown, left): (Set<String>, Int) = ([], 0)
    for ladder in ladders {
      let html = section(ladder)
      if html.bytes.count > room {
        left += 1
        continue
      }
      room -= html.bytes.count
      shown.insert(ladder.capability)
      sections += html
    }
    var body = head(shown)
    body += sections
    if left > 0 {
      body += "<p class=\"none\">\(left) more ladders do not fit on a page; the report has them.</p>\n"
    }
    body += history(room)
    return Page.document(body, path: host.path, title: host.host, place: "index.html", site)
  }

  /// One for each capability: an anchor may be there only once.
  private var given: [HostPage.Ladder] {
    var seen: Set<String> = []
    return host.ladders.filter { seen.insert($0.capability).inserted }
  }

  /// First what somebody can do something about.
  private var ladders: [HostPage.Ladder] {
    let given = given
    let order: [CellState] = [.blocked, .unknown, .ready, .usable, .proven, .absent]
    return order.flatMap { state in
      given.filter { standing($0).state == state && $0.state != "notApplicable" }
    } + given.filter { $0.state == "notApplicable" }
  }

  /// - Parameter shown: the capabilities whose ladders are on the page.
  private func head(_ shown: Set<String>) -> HTML {
    let up = Page.up(host.path)
    let details = host.details.map { detail -> HTML in
      "<div><dt>\(detail.name)</dt><dd>\(detail.value.shortened)</dd></div>\n"
    }
    let states = given.map { ladder -> HTML in
      let standing = standing(ladder)
      let chip: HTML =
        "\(Symbols.shape(Symbols.name(standing))) <code>\(ladder.capability.shortened)</code> \(words(ladder, standing))"
      let link: HTML =
        shown.contains(ladder.capability)
        ? "<a href=\"#\(Slug.of(ladder.capability))\">\(chip)</a>" : "<span>\(chip)</span>"
      return "<li class=\"s-\(standing.state.rawValue)\">\(link)</li>\n"
    }
    return """
      <p class="crumb"><a href="\(up)index.html">Board</a> / <a href="\(up)provider/\(Slug.of(host.provider)).html">\(site.title(provider: host.provider))</a> / \(host.region.shortened)</p>
      <h1>\(host.host.shortened)</h1>
      <dl class="facts">
      <div><dt>Hardware class</dt><dd>\(host.hardwareClass)</dd></div>
      <div><dt>Last report</dt><dd>\(HTML.time(host.observedAt)), \(site.howOld(host.observedAt))</dd></div>
      \(details)</dl>
      <ul class="states">
      \(states)</ul>

      """
  }

  private func standing(_ ladder: HostPage.Ladder) -> Standing {
    var standing = Standing()
    standing.state = CellState(report: ladder.state, isUsable: ladder.isUsable, isProven: ladder.isProven)
    if standing.state == .blocked, let stop = stop(ladder) {
      standing.passed = Stage(layer: ladder.rungs[stop].layer).index
    }
    return standing
  }

  private func words(_ ladder: HostPage.Ladder, _ standing: Standing) -> String {
    ladder.state == "notApplicable" ? "does not arise" : standing.words
  }

  /// The first rung that says no, or nothing.
  private func stop(_ ladder: HostPage.Ladder) -> Int? {
    let wanted = ladder.state == "unknown" ? "unknown" : "fail"
    return ["blocked", "absent", "unknown"].contains(ladder.state)
      ? ladder.rungs.firstIndex { $0.verdict == wanted } : nil
  }

  private func section(_ ladder: HostPage.Ladder) -> HTML {
    let standing = standing(ladder)
    let slug = Slug.of(ladder.capability)
    let stop = stop(ladder)
    var rows = HTML()
    for (index, rung) in ladder.rungs.prefix(Self.most.rows).enumerated() {
      let stops: HTML = index == stop ? " class=\"stop\"" : ""
      let tag: HTML = index == stop ? " <span class=\"tag\">stops here</span>" : ""
      let fix: HTML = rung.fix.isEmpty ? "" : "<p class=\"fix\">→ \(rung.fix)</p>"
      let evidence: HTML = rung.evidence.isEmpty ? "" : "<code>\(rung.evidence)</code>"
      rows += """
        <tr\(stops)><th scope="row">\(rung.layer)</th><td class="v-\(rung.verdict)">\(Symbols.mark(verdict: rung.verdict))</td><td class="words">\(rung.title)\(tag)</td><td class="words">\(rung.because)\(fix)</td><td class="words">\(evidence)</td></tr>

        """
    }
    let title = site.capability(ladder.capability)?.title ?? ladder.capability
    let table: HTML =
      ladder.rungs.isEmpty
      ? "<p class=\"none\">Nothing was asked.</p>\n"
      : """
      <div class="region" tabindex="0" role="region" aria-label="Ladder of \(ladder.capability.shortened)">
      <table class="list rungs"><caption>Ladder of \(ladder.capability.shortened)</caption>
      <thead><tr><th scope="col">Layer</th><th scope="col">Holds</th><th scope="col">Rung</th><th scope="col">Because</th><th scope="col">Evidence</th></tr></thead>
      <tbody>
      \(rows)</tbody></table>
      </div>

      """
    let heading: HTML = """
      <h2 id="\(slug)">\(title.shortened) <span class="m s-\(standing.state.rawValue)">\(Symbols.shape(Symbols.name(standing))) \(words(ladder, standing))</span></h2>
      """
    // What the hardware never can, nobody has to read, and yet it is there.
    let isClosed = standing.state == .absent || ladder.state == "notApplicable"
    return isClosed
      ? "<section aria-labelledby=\"\(slug)\"><details><summary>\(heading)</summary>\n\(table)</details></section>\n"
      : "<section aria-labelledby=\"\(slug)\">\(heading)\n\(table)</section>\n"
  }

  /// The newest first.
  private func history(_ room: Int) -> HTML {
    let newest = host.history.sorted(byTexts: { [$0.from, $0.capability, $0.to] }).reversed()
    var rows = HTML()
    for span in newest.prefix(Self.most.rows) {
      let state = CellState(report: span.state)
      let row: HTML = """
        <tr><th scope="row"><code>\(span.capability.shortened)</code></th><td>\(HTML.time(span.from))</td><td>\(span.to.isEmpty ? "still so" : HTML.time(span.to))</td><td class="s-\(state.rawValue)">\(Symbols.mark(state, stoppedBy: span.layer))</td><td>\(span.layer)</td><td><code>\(span.reason.shortened)</code></td><td class="words">\(span.because)</td></tr>

        """
      if rows.bytes.count + row.bytes.count > room { break }
      rows += row
    }
    if rows.isEmpty { return "" }
    return """
      <section aria-labelledby="host_history">
      <h2 id="host_history">History</h2>
      \(HistoryStrip(spans: host.history, until: host.observedAt).figure)      <div class="region" tabindex="0" role="region" aria-label="History">
      <table class="list"><caption>How its capabilities went</caption>
      <thead><tr><th scope="col">Capability</th><th scope="col">From</th><th scope="col">To</th><th scope="col">State</th><th scope="col">Layer</th><th scope="col">Reason</th><th scope="col">Because</th></tr></thead>
      <tbody>
      \(rows)</tbody></table>
      </div>
      </section>

      """
  }
}
