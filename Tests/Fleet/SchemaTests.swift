// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Fleet
import Foundation
import GRDB
import HostModel
import Tables
import Tape
import Testing

/// Stores as an older hostcap has left them, and stores that somebody has changed.
@Suite struct SchemaTests {
  private let admission = Admission(now: FleetFixture.now)

  /// The rows of a report as schema 1 had them, by table.
  private func rows(_ facts: HostFacts) -> [(table: String, cells: [Cell])] {
    func member(_ number: Cell, _ set: FactSet) -> [Cell] {
      set.members.first { .integer($0.number) == number }?.cells ?? []
    }
    return [("host_span", facts.host)]
      + facts.capabilities.members.map { ("capability_span", $0.cells) }
      + facts.devices.rows.map {
        ("device_span", member($0[0], facts.devices) + member($0[1], facts.devices) + [$0[2]])
      }
      + facts.virtualFunctions.rows.map { ("virtual_function_span", $0) }
      + facts.remarks.rows.map { ("remark_span", $0) }
  }

  private static let columns = [
    "host_span": "environment, class, board, cpu, bios, kernel",
    "capability_span": "capability, state, layer, reason, fix_kind, fix, because, usable_from, slots",
    "device_span": "kind, id, model, type, memory_gib, state, layer, reason, fix_kind, fix, units",
    "virtual_function_span": "id, physical, total, active, assigned, free",
    "remark_span": "kind, reason, text, times",
  ]

  /// A store of schema 1 with these reports, which are in order and of one host.
  private func oldStore(_ reports: [AdmittedReport], at folder: String) throws {
    try FileManager.default.createDirectory(atPath: "\(folder)/segments", withIntermediateDirectories: true)
    let schema = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("Sources/Fleet/Schema/tables_1.sql")
    let queue = try DatabaseQueue(path: "\(folder)/fleet.sqlite")
    var migrator = DatabaseMigrator()
    migrator.registerMigration("1") { try $0.execute(sql: String(contentsOf: schema, encoding: .utf8)) }
    try migrator.migrate(queue)
    var spans: [String: [(cells: [Cell], from: String, until: String)]] = [:]
    for (report, next) in zip(reports, reports.dropFirst().map(\.observedAt) + ["9999"]) {
      for (table, cells) in rows(HostFacts(report.record)) {
        let old = spans[table, default: []].firstIndex { $0.cells == cells && $0.until == report.observedAt }
        if let old {
          spans[table]?[old].until = next
        } else {
          spans[table, default: []].append((cells, report.observedAt, next))
        }
      }
    }
    try queue.write { database in
      try database.execute(sql: "PRAGMA application_id = \(0x6863_6170)")
      for report in reports {
        let host = report.host
        try database.execute(
          sql: "INSERT OR IGNORE INTO machine VALUES (?, ?, ?, ?)",
          arguments: [host.key, host.provider, host.region, host.name])
        try database.execute(
          sql: "INSERT INTO report VALUES (?, ?, ?, '', 'part-0.ndjson', 1)",
          arguments: [host.key, report.observedAt, report.digest])
      }
      for (table, all) in spans {
        for (cells, from, until) in all {
          let values = [reports[0].host.key.databaseValue] + cells.map(\.value)
          let places = [String](repeating: "?", count: values.count).joined(separator: ", ")
          try database.execute(
            sql: """
              INSERT INTO \(table) (host, \(Self.columns[table] ?? ""), valid_from, valid_to)
              VALUES (\(places), '\(from)', '\(until)')
              """, arguments: StatementArguments(values))
        }
      }
    }
  }

  @Test func aStoreOfTheFirstSchemaIsBroughtUpToDateWithoutLoss() throws {
    var generator = SystemRandomNumberGenerator()
    let states = ["ready", "blocked", "unknown", "absent"]
    for _ in 0..<20 {
      let place = try FleetFixture.Place()
      let days = (10...26).filter { _ in Bool.random(using: &generator) } + [27]
      let texts = days.dropLast().map { day in
        FleetFixture.report(
          "2026-11-\(day)T00:00:00Z",
          [
            "amd.sev-snp": states.randomElement(using: &generator) ?? "",
            Bool.random(using: &generator) ? "iommu" : "amd.sme": "ready",
          ],
          kernel: "6.\(Int.random(in: 1...2, using: &generator))",
          gpus: Int.random(in: 0...2, using: &generator))
      }
      guard !texts.isEmpty else { continue }
      let reports = try texts.map { try admission.report(FleetFixture.delivery($0)) }
      for (text, day) in zip(texts, days) { try place.write(text, to: "in/\(day)/acme/r1/n1.json") }
      let wanted = try Store()
      var ingest = Ingest(into: wanted, through: admission)
      try ingest.take(Deliveries(["\(place.path)/in"]))
      try oldStore(reports, at: "\(place.path)/db")
      #expect(throws: InputError.self) { try Store(at: "\(place.path)/db", creating: false, reading: true) }
      let store = try Store(at: "\(place.path)/db", creating: false)
      for day in [12, 18, 26] {
        let time = try #require(UTCTime("2026-11-\(day)T12:00:00Z"))
        let (got, right) = (
          try FleetFixture.answers(store, at: time), try FleetFixture.answers(wanted, at: time)
        )
        #expect(got == right)
      }
      // Their bytes were nowhere from the beginning; everything else is in order.
      #expect(
        try store.examine(repairing: false).map(\.text) == [
          "segments/part-0.ndjson: is not there; \(reports.count) reports are lost"
        ])
    }
  }

  @Test(arguments: [
    ("UPDATE capability_fact SET state = 'ready'", "capability_fact: 1 rows are not what their number says"),
    ("UPDATE device_set SET units = 7", "device_set: 1 sets are not what their number says"),
    ("DELETE FROM capability_set", "capability_set: is not there for 1 spans of host_span"),
    ("DELETE FROM device_product", "device_product: is not there for 1 rows of device_set"),
    (
      "UPDATE host_span SET valid_to = '2026-11-01T00:00:00Z'", "host_span: 1 spans are empty or overlap"
    ),
  ])
  func theDoctorReckonsSetsAgain(_ change: String, _ trouble: String) throws {
    let place = try FleetFixture.Place()
    try place.write(
      FleetFixture.report(.some("2026-11-26T10:00:00Z"), ["iommu": "blocked"], gpus: 2), to: "in/a/b/n1.json")
    let db = "\(place.path)/db"
    var ingest = Ingest(into: try Store(at: db, creating: true), through: admission)
    try ingest.take(Deliveries(["\(place.path)/in"]))
    try DatabaseQueue(path: "\(db)/fleet.sqlite").write { try $0.execute(sql: change) }
    let found = try Store(at: db, creating: false).examine(repairing: false)
    #expect(found.map(\.text) == [trouble] && !found.contains(where: \.isHarmless))
  }

  /// Numbers are the same on every machine: other engines join by them.
  @Test func aNumberIsOfWhatItHoldsAlone() {
    let rows: [[Cell]] = [[.text("iommu"), .integer(7)], [.text("amd.sev"), .integer(-1)]]
    #expect(FactNumber.of(row: rows[0]) == 829_373_702_121_870_877)
    #expect(FactNumber.of(set: rows) == FactNumber.of(set: rows.reversed()))
    #expect(FactNumber.of(set: [[Cell]]()) == 0)
    #expect(FactNumber.of(row: [.text("a"), .text("b")]) != FactNumber.of(row: [.text("ab")]))
  }
}

extension Cell {
  fileprivate var value: DatabaseValue {
    switch self {
    case .integer(let value): value.databaseValue
    case .text(let text): text.databaseValue
    }
  }
}
