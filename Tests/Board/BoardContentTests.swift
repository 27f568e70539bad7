// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Board
import CanonicalJSON
import Disclosure
import Tables
import Testing

/// What a board says, and what it does not.
@Suite struct BoardContentTests {
  private static let open = Result { try BoardFixture(.public, hostsPerProvider: 4) }
  private static let own = Result { try BoardFixture(.internal, hostsPerProvider: 4) }
  private static let hostile = Result { try BoardFixture(.public, hostsPerProvider: 4, hostile: true) }

  private func open() throws -> BoardFixture { try Self.open.get() }
  private func own() throws -> BoardFixture { try Self.own.get() }

  @Test func nothingThatWasReadOnAHostGetsOnAPublicBoard() throws {
    for counts in CountPrecision.allCases {
      let board = try BoardFixture(.public, counts: counts, hostsPerProvider: 4)
      let names = board.fleet.hosts.map(\.name)
      let scan = OutputScan(secrets: names)
      let words = [
        "secretkernel", "rack 14", "secretoption", InventedFleet.secretFix, InventedFleet.secretBecause,
      ]
      for (path, bytes) in board.files {
        try scan.check(bytes, path: path)
        let text = String(decoding: bytes, as: UTF8.self)
        for word in words { #expect(!text.contains(word), "\(path) has \(word)") }
        #expect(!text.contains("T04:10:00Z"), "\(path)")
      }
      #expect(
        !board.files.keys.contains {
          $0.hasPrefix("host") || $0.hasPrefix("purchasing") || $0.contains("demand-gap")
        })
    }
  }

  @Test func aResultForTheProviderAloneIsNotShownToOthers() throws {
    let fleet = InventedFleet(hostsPerProvider: 4)
    let mine = Discloser(.internal)
    let facts = BoardFacts(
      for: .public, stamp: .init(at: InventedFleet.at, since: InventedFleet.since, release: "2026.2"),
      tables: fleet.tables.map(mine.disclose))
    var pages = 0
    try Board(facts).files { path, bytes in
      if path.hasSuffix(".html") { pages += 1 }
      #expect(!String(decoding: bytes, as: UTF8.self).contains("alpha-cloud"), "\(path)")
    }
    #expect(pages > 10)
  }

  @Test func theProviderSeesItsHostsRungByRung() throws {
    let board = try own()
    let host = try #require(board.fleet.hosts.first { $0.states["amd.sev-snp"]?.state == "blocked" })
    let text = board.text("host/\(host.provider)/\(host.region)/\(host.name).html")
    #expect(text.contains("<h1>\(host.name)</h1>"))
    #expect(text.contains(InventedFleet.secretFix))
    #expect(text.contains("<tr class=\"stop\">"))
    #expect(text.contains("<span class=\"tag\">stops here</span>"))
    #expect(board.text("hosts/\(host.provider)-1.html").contains(host.kernel))
  }

  @Test func theMatrixSaysWhoCanTestWhat() throws {
    let board = try open()
    let text = board.text("index.html")
    let unknown = try Markup(board.text("index.html")).elements.count {
      $0.name == "td" && $0.attributes["class"] == "s-unknown"
    }
    #expect(text.contains("Known: \(192 - unknown) of 192 cells"))
    #expect(text.contains("<dd>16</dd><dt>providers</dt>"))
    #expect(text.contains("<span>Certified</span>") && text.contains("<span>Experimental</span>"))
    #expect(text.contains("<small>stale: 51 d</small>"))
    #expect(text.contains("href=\"provider/alpha-cloud.html#amd.sev-snp\""))
    let only = try Markup(board.text("index-unknown.html"))
    #expect(only.elements.contains { $0.attributes["class"] == "s-unknown" && $0.name == "td" })
    #expect(!only.elements.contains { $0.attributes["class"] == "s-usable" && $0.name == "td" })
  }

  @Test func bucketsAreNeverAddedUp() throws {
    let text = try open().text("capability/amd.sev-snp.html")
    #expect(text.contains("Providers with at least one such host, of 16"))
    let exact = try own().text("capability/amd.sev-snp.html")
    let hosts = try own().fleet.hosts.count
    #expect(exact.contains("Hosts, of \(hosts)"))
  }

  @Test func aPublicBoardTakesItsNextStepsFromTheCatalogue() throws {
    let text = try open().text("layer/firmware.html")
    #expect(text.contains("switch SEV-SNP on in the BIOS"))
    #expect(try open().text("layer/kernel.html").contains("change a setting of the host"))
    #expect(try own().text("layer/firmware.html").contains(InventedFleet.secretFix))
  }

  @Test func purchasingSplitsSettingsFromPurchases() throws {
    let text = try own().text("purchasing.html")
    #expect(text.contains("<b>90</b> to buy; <b>150</b> become usable without buying"))
    #expect(text.contains("proven 40, usable 120, fixable 150, must buy 90"))
    let csv = try own().text("purchasing.gaps.csv")
    #expect(
      csv.hasPrefix(
        "demand,of,scope,wanted,proven,usable,fix_reboot,fix_bios,fixable,buy,unknown\r\nsnp-campaign,hosts with amd.sev-snp,r1,400,40,120,54,96,150,90,12\r\n"
      ))
  }

  @Test func whoMeansNoGoodIsShownAndNotObeyed() throws {
    let board = try Self.hostile.get()
    for (path, text) in board.pages {
      #expect(!text.contains("<script"), "\(path)")
      #expect(!text.utf8.contains(0), "\(path)")
      #expect(!text.unicodeScalars.contains("\u{202e}"), "\(path)")
    }
    let text = board.text("index.html")
    #expect(text.contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;"))
    #expect(text.contains("&quot;quoted&quot; &amp; &#39;quoted&#39;"))
    #expect(text.contains("[U+202E]drawkcab") && text.contains("nul[U+0000]nul"))
    #expect(text.contains("långt…"))
    let pages = board.files.keys.filter {
      $0.hasPrefix("provider/") && $0.hasSuffix(".html") && !$0.contains("-2.html")
    }
    #expect(pages.count { $0.split(separator: ".").count == 2 } == 27)
  }

  @Test func aSpreadsheetTakesNoCellForAFormula() throws {
    let csv = try Self.hostile.get().text("index.board.csv")
    #expect(csv.contains("\"'=HYPERLINK(\"\"x\"\")\""))
    for line in csv.split(separator: "\r\n") {
      #expect(
        !line.split(separator: ",").contains { field in field.first.map { "=+-@".contains($0) } ?? false })
    }
  }

  @Test func numbersOfTheTwinsAreNumbers() throws {
    let json = try own().text("capability/amd.sev-snp.funnel.json")
    #expect(json.contains("\"schema\": \"hostcap-board-table/1\""))
    #expect(json.contains("\"stage\": \"silicon\""))
    #expect(json.contains("\"lost\": "))
    #expect(!json.contains("\"lost\": \""))
  }

  @Test func theManifestListsEveryFileButItself() throws {
    let board = try open()
    let bytes = try #require(board.files[SiteManifest.path])
    #expect(SiteManifest.isManifest(bytes))
    let digests = SiteManifest.digests(bytes)
    #expect(Set(digests.keys) == Set(board.files.keys).subtracting([SiteManifest.path]))
    for (path, digest) in digests { #expect(board.files[path].map(SiteManifest.digest) == digest, "\(path)") }
    #expect(!SiteManifest.isManifest(Array("something else".utf8)))
  }

  @Test func everyColourCanBeReadOnItsGround() {
    let colours = Dictionary(Palette.colours.map { ($0.name, $0) }) { first, _ in first }
    #expect(colours.count == Palette.colours.count)
    for (text, ground) in Palette.pairs {
      for scheme in [\Palette.Colour.light, \Palette.Colour.dark] {
        guard let above = colours[text], let below = colours[ground] else {
          Issue.record("no colour \(text) or \(ground)")
          continue
        }
        let ratio = Contrast.ratio(above[keyPath: scheme], below[keyPath: scheme])
        #expect(ratio >= 4.5, "\(text) on \(ground): \(ratio)")
      }
    }
  }
}

/// Source: WCAG 2.2, relative luminance and contrast ratio.
private enum Contrast {
  static func ratio(_ a: String, _ b: String) -> Double {
    let lights = [luminance(a), luminance(b)].sorted()
    return (lights[1] + 0.05) / (lights[0] + 0.05)
  }

  private static func luminance(_ colour: String) -> Double {
    let value = Int(colour.dropFirst(), radix: 16) ?? 0
    let parts = [value >> 16, value >> 8 & 255, value & 255].map { part -> Double in
      let share = Double(part) / 255
      return share <= 0.04045 ? share / 12.92 : power((share + 0.055) / 1.055)
    }
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
  }

  /// x to the power of 2.4, as x² times the fifth root of x², by Newton.
  private static func power(_ x: Double) -> Double {
    let square = x * x
    var root = 1.0
    for _ in 0..<60 { root -= (root * root * root * root * root - square) / (5 * root * root * root * root) }
    return square * root
  }
}
