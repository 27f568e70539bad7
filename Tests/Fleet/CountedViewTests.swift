// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Fleet
import Foundation
import GRDB
import HostModel
import Tables
import Testing

/// What hostcap counts for SQLite is what the texts of these views say.
@Suite struct CountedViewTests {
  private static let names = ["part", "held", "class_count", "product_count", "card_count", "stop_count"]

  private static func select(_ view: String) -> String? {
    let head = "CREATE TEMPORARY VIEW \(view) AS\n"
    return SchemaText.statements(SchemaText.views).first { $0.hasPrefix(head) }.map {
      String($0.dropFirst(head.count))
    }
  }

  /// A store on disk of hosts in two providers and three regions, which say all sorts of things, late and twice too.
  private static func store(
    below place: FleetFixture.Place, _ generator: inout some RandomNumberGenerator
  ) throws -> Store {
    let states = ["ready", "blocked", "unknown", "absent"]
    for number in 0..<Int.random(in: 1...60, using: &generator) {
      let (day, host) = (
        Int.random(in: 12...26, using: &generator), Int.random(in: 1...15, using: &generator)
      )
      let ids = ["amd.sev-snp", "iommu", "amd.sev"].filter { _ in
        Int.random(in: 0...3, using: &generator) > 0
      }
      let whole = FleetFixture.report(
        "2026-11-\(day)T00:00:00Z",
        Dictionary(uniqueKeysWithValues: ids.map { ($0, states.randomElement(using: &generator) ?? "") }),
        kernel: "6.\(Int.random(in: 1...2, using: &generator))",
        gpus: Int.random(in: 0...3, using: &generator))
      // Cards of one kind that are not all alike, on hosts of several providers.
      let report = whole.replacing(
        #""kind":"gpu","state":"ready""#, with: #""kind":"gpu","state":"unknown""#,
        maxReplacements: Int.random(in: 0...1, using: &generator))
      let region = ["acme/r1", "acme/r2", "other/r1"][host % 3]
      try place.write(report, to: "in/\(number)/\(region)/n\(host).json")
    }
    let store = try Store(at: "\(place.path)/db", creating: true)
    var ingest = Ingest(into: store, through: Admission(now: FleetFixture.now))
    try ingest.take(Deliveries(["\(place.path)/in"]))
    return store
  }

  /// Somebody has shown something of some of the hosts' classes.
  private static func prove(_ path: String, _ generator: inout some RandomNumberGenerator) throws {
    try DatabaseQueue(path: path).write { database in
      let classes = try String.fetchAll(database, sql: "SELECT DISTINCT class FROM host_span")
      for (name, capability) in zip(classes, ["iommu", "amd.sev-snp", "iommu"])
      where Bool.random(using: &generator) {
        try database.execute(
          sql: "INSERT INTO proof VALUES ('acme', ?, ?, '2026-11-20T00:00:00Z', 'guest', 'd')",
          arguments: [name, capability])
      }
    }
  }

  private static func scopes() throws -> [Scope] {
    try ["2026-11-14", "2026-11-24", "2026-11-26", "2026-12-01", "2026-12-20"].flatMap { day -> [Scope] in
      let plain = Scope(at: try #require(UTCTime("\(day)T12:00:00Z")))
      var scopes = [plain, plain, plain, plain]
      (scopes[1].provider, scopes[2].state, scopes[3].capability) = ("acme", "blocked", "iommu")
      (scopes[1].layer, scopes[3].region) = ("kernel", "r1")
      return scopes
    }
  }

  @Test func countsAreWhatTheTextsSay() throws {
    var generator = SystemRandomNumberGenerator()
    for _ in 0..<12 {
      let place = try FleetFixture.Place()
      _ = try Self.store(below: place, &generator)
      try Self.prove("\(place.path)/db/fleet.sqlite", &generator)
      let store = try Store(at: "\(place.path)/db", creating: false, reading: true)
      for scope in try Self.scopes() {
        for name in Self.names {
          let text = try #require(Self.select(name))
          let wanted = try store.answer(own: text, path: name, in: scope)
          let got = try store.answer(own: "SELECT * FROM \(name)", path: name, in: scope)
          #expect(got.columns.map(\.name) == wanted.columns.map(\.name))
          #expect(Set(got.rows) == Set(wanted.rows), "\(name) of \(scope)")
          #expect(got.rows.count == wanted.rows.count, "\(name) of \(scope)")
        }
      }
    }
  }
}
