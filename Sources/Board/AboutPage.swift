// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

/// What the words mean, and how a provider gets on the board.
struct AboutPage {
  let site: Site

  var page: Page {
    var page = Page("about.html", "About this board", in: "about.html")
    let states = CellState.allCases.reversed().map { state -> HTML in
      "<div><dt>\(Symbols.mark(state))</dt><dd>\(state.meaning)</dd></div>\n"
    }
    let stages = Stage.allCases.map { stage -> HTML in
      "<div><dt>\(stage.title)</dt><dd>\(stage.meaning)</dd></div>\n"
    }
    page.add(
      """
      <div class="prose">
      <h1>About this board</h1>
      <p class="lead">Who can test which capability, on which layer, how sure that is, and how old.</p>
      <h2>States</h2>
      <dl class="facts">
      \(states)</dl>
      <p>A cell has the farthest state that any host of the provider has. A capability is absent only where no host says anything else; beside hosts that say nothing it is unknown.</p>
      <h2>Stages</h2>
      <dl class="facts">
      \(stages)</dl>
      <h2>How sure</h2>
      <p>Everything comes from reports that hostcap makes on the hosts. It only reads there; it changes nothing. A signature says who sent a report, not that it is true: whoever is root on a host can make it say anything. Only a proof is evidence against the operator: a test guest whose attestation was checked. Proofs hold for a provider's hardware class, for 90 days.</p>
      <p>A report is fresh for two days and stale for five more. After a week it has expired, and what it said counts as unknown.</p>
      <h2>Privacy</h2>
      <p>\(privacy)</p>
      <h2>How to publish</h2>
      <ol>
      <li>Run hostcap on the hosts and collect the reports where you keep such things; they never have to leave your site.</li>
      <li>Take the reports into a store, and make the board from it: for yourself with everything, for others with what is open.</li>
      <li>Look at the public board before you give it away: it is a folder of plain files.</li>
      </ol>
      <h2>Data</h2>
      <p>Under each table the same rows are there as CSV and JSON. All data of the board, each feed with its schema:</p>
      <ul>
      \(feeds)</ul>
      <p>The words and the style of this board are under the licence of hostcap, Apache-2.0. The data are the providers'; a public board may be copied whole, with its build id.</p>
      </div>

      """)
    return page
  }

  private var privacy: HTML {
    site.isPublic
      ? "This is a public board. It has names of capabilities, products, reasons and providers, days, and how many hosts there are, mostly as 1-4, 5-19, 20-99 or 100+. What was read on a host, words about it, and its name are left out; where a host must be told from another it has a pseudonym that only its provider can resolve. Each file was searched for names of hosts and for addresses before it was written."
      : "This is an internal board. It has names of hosts and what was read on them: do not give it to others. A public board is made from the same reports by leaving out everything that is not known to be open."
  }

  private var feeds: [HTML] {
    Feeds.files(site).map { name, meaning -> HTML in
      let schema: HTML =
        name.hasSuffix(".json")
        ? " (<a href=\"feed/\(name.dropLast(5) + ".schema.json")\">schema</a>)" : ""
      return "<li><a href=\"feed/\(name)\">\(name)</a>: \(meaning)\(schema)</li>\n"
    } + ["<li><a href=\"changes.atom\">changes.atom</a>: changes for a feed reader</li>\n"]
  }
}
