// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Board
import Disclosure
import Foundation
import Tables
import Testing

/// How capabilities went, as a line and as numbers.
@Suite struct TrendTests {
  @Test func theLineEndsWhereTheFunnelStands() throws {
    let page = try BoardFixture(.internal, hostsPerProvider: 4).text("capability/amd.sev-snp.html")
    #expect(page.components(separatedBy: " d=\"M20 ").count == 3, "ready and usable")
    let now = try #require(InventedFleet(hostsPerProvider: 4).tables.first { $0.name == "funnel" })
    let stage = try #require(now.index(of: "hypervisor"))
    let capability = try #require(now.index(of: "capability"))
    let ready = now.rows.filter { $0[capability].text == "amd.sev-snp" }.compactMap { $0[stage].integer }
    #expect(page.contains(">ready \(ready.reduce(0, +))</text>"))
  }

  @Test func othersSeeProvidersWhereHostsAreBuckets() throws {
    let page = try BoardFixture(.public, hostsPerProvider: 4).text("capability/amd.sev-snp.html")
    #expect(page.contains("Providers that were ready and usable"))
    let exact = try BoardFixture(.public, counts: .exact, hostsPerProvider: 4).text(
      "capability/amd.sev-snp.html")
    #expect(exact.contains("Hosts that were ready and usable"))
  }

  /// A report whose functions nobody could list says nothing of GPUs.
  @Test func withoutAnyDeviceAtAllNobodyCanTell() throws {
    let fleet = InventedFleet(hostsPerProvider: 4)
    func states(without names: Set<String>) throws -> String {
      let tables = fleet.tables.map { table in
        var table = table
        if names.contains(table.name) { table.rows = [] }
        return Discloser(.internal).disclose(table)
      }
      var facts = BoardFacts(
        for: .internal, stamp: .init(at: InventedFleet.at, since: InventedFleet.since, release: "2026.2"),
        tables: tables)
      var cards = CapabilityProfile(id: "cards", title: "Cards", group: "GPU")
      cards.source = .devices(kind: "gpu")
      facts.capabilities = [cards]
      var page = ""
      try Board(facts).files { path, bytes in
        if path == "capability/cards.providers.csv" { page = String(decoding: bytes, as: UTF8.self) }
      }
      return page
    }
    let blind = try states(without: ["provider_devices"])
    #expect(blind.contains(",unknown") && !blind.contains(",absent"), "\(blind)")
  }

  @Test func oneMomentIsNoLine() throws {
    let fleet = InventedFleet(hostsPerProvider: 4)
    let facts = BoardFacts(
      for: .internal, stamp: .init(at: InventedFleet.at, since: InventedFleet.since, release: "2026.2"),
      tables: fleet.tables.map(Discloser(.internal).disclose))
    try Board(facts).files { path, bytes in
      #expect(!String(decoding: bytes, as: UTF8.self).contains("trend_title"), "\(path)")
    }
  }

  @Test func theChartOfAPurchaseStandsAlone() throws {
    let facts = try BoardFixture.facts(.internal, InventedFleet(hostsPerProvider: 4), .exact)
    let chart = String(decoding: try #require(facts.purchasing).chart, as: UTF8.self)
    #expect(chart.hasPrefix("<svg xmlns=\"http://www.w3.org/2000/svg\""))
    #expect(chart.hasSuffix("</svg>\n"))
    #expect(chart.contains("--proven:#12602f;") && chart.contains("must buy"))
    _ = try Markup(chart)
  }
}
