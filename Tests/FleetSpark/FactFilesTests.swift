// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Fleet
import Foundation
import HostModel
import Tables
import Tape
import Testing

@Suite struct FactFilesTests {
  private let place: URL

  init() throws {
    place = FileManager.default.temporaryDirectory.appendingPathComponent(
      "hostcap-facts-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
  }

  private func path(_ name: String) -> String { place.appendingPathComponent(name).path }

  private func end() { try? FileManager.default.removeItem(at: place) }

  private static func line(_ host: String, at time: String, kernel: String = "6.12") -> String {
    #"{"machine":"acme/r1/\#(host)","report":{"schemaVersion":"1.0.0","source":{"observedAt":"\#(time)"},"#
      + #""environment":{"kind":"bareMetal"},"capabilities":[{"id":"amd.sev","title":"t","state":"ready","#
      + #""stopsAt":null,"firstUnknown":null}],"facts":{"kernel.release":{"value":"\#(kernel)"}},"findings":[],"#
      + #""contradictions":[],"pci":{"functions":[],"physicalFunctions":[],"accelerators":[],"units":[]}}}"#
  }

  private func write(_ lines: [String], to name: String) throws -> String {
    try Data(lines.map { $0 + "\n" }.joined().utf8).write(to: URL(fileURLWithPath: path(name)))
    return path(name)
  }

  /// Files of a folder of facts, by their paths.
  private func files(_ folder: String) throws -> [String: String] {
    var files: [String: String] = [:]
    for table in try FileManager.default.contentsOfDirectory(atPath: path(folder)) {
      for name in try FileManager.default.contentsOfDirectory(atPath: path("\(folder)/\(table)")) {
        files["\(table)/\(name)"] = try String(
          contentsOfFile: path("\(folder)/\(table)/\(name)"), encoding: .utf8)
      }
    }
    return files
  }

  private func rows(_ table: String, _ files: [String: String]) throws -> [[String: Any]] {
    try files.filter { $0.key.hasPrefix(table + "/") }.sorted { $0.key < $1.key }.flatMap { _, text in
      try text.split(separator: "\n").map { line in
        try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
      }
    }
  }

  @Test func aSegmentHasOneSetOfFacts() throws {
    defer { end() }
    let times = ["2026-11-26T10:00:00Z", "2026-11-27T10:00:00Z"]
    let segment = try write(
      times.map { Self.line("n1", at: $0) } + [Self.line("n2", at: times[0])], to: "a.ndjson")
    let copy = try write(
      times.map { Self.line("n1", at: $0) } + [Self.line("n2", at: times[0])], to: "b.ndjson")
    for (folder, paths) in [("one", [segment]), ("two", [copy]), ("twice", [copy]), ("twice", [segment])] {
      var files = FactFiles(in: path(folder))
      try files.take(paths)
      #expect(files.reports == 3)
      #expect(files.refusals.isEmpty)
    }
    let one = try files("one")
    #expect(one == (try files("two")))
    #expect(one == (try files("twice")))
    #expect(Set(one.keys.map { String($0.split(separator: "/")[0]) }) == Set(SchemaTable.all.map(\.factName)))
    #expect(try rows("machine", one).count == 2)
    #expect(try rows("host_seen", one).count == 3)
    #expect(try rows("capability_fact", one).count == 1)
    #expect(FactFiles.isFolder(path("one")))
    #expect(!FactFiles.isFolder(place.path))
  }

  @Test func noTextBreaksALine() throws {
    defer { end() }
    let kernel = #"tab\t new\n slash\\ quote\" é 💥 \u2028 NULL"#
    let segment = try write([Self.line("n1", at: "2026-11-26T10:00:00Z", kernel: kernel)], to: "a.ndjson")
    var files = FactFiles(in: path("facts"))
    try files.take([segment])
    let row = try #require(try rows("host_seen", try self.files("facts")).first)
    #expect(row["kernel"] as? String == "tab\t new\n slash\\ quote\" é 💥 \u{2028} NULL")
    #expect(row["observed_at"] as? String == "2026-11-26T10:00:00Z")
  }

  @Test func whatIsRefusedIsAFact() throws {
    defer { end() }
    let segment = try write(["{", Self.line("n1", at: "2026-11-26T10:00:00Z")], to: "a.ndjson")
    var files = FactFiles(in: path("facts"))
    try files.take([segment])
    #expect(files.refusals.map(\.reason) == [.notJSON])
    let row = try #require(try rows("rejected", try self.files("facts")).first)
    #expect(row["reason"] as? String == "not-json")
    #expect(row["source"] as? String == "\(segment): line 1")
    #expect(try rows("host_seen", try self.files("facts")).count == 1)
  }

  /// Whose clock is wrong is a matter of the clock, and facts have none unless they are given one.
  @Test func theFutureIsRefusedOnRequest() throws {
    defer { end() }
    let segment = try write([Self.line("n1", at: "2099-11-26T10:00:00Z")], to: "a.ndjson")
    var without = FactFiles(in: path("without"))
    try without.take([segment])
    #expect(without.refusals.isEmpty)
    var with = FactFiles(in: path("with"), now: UTCTime("2026-11-26T10:00:00Z"))
    try with.take([segment])
    #expect(with.refusals.map(\.reason) == [.future])
  }

  /// What the segments of a store do not say.
  @Test func aStoreKnowsMoreThanItsSegments() throws {
    defer { end() }
    let proof =
      #"{"proofVersion":"1.0.0","provider":"acme","class":"c","capability":"amd.sev","#
      + #""provenAt":"2026-11-26T09:45:50Z","means":"m"}"#
    let lines = [
      "{", proof, Self.line("n1", at: "2026-11-26T10:00:00Z"), Self.line("n2", at: "2026-11-26T10:00:00Z"),
    ]
    let input = try write(lines, to: "a.ndjson")
    let store = try Store(at: path("db"), creating: true)
    var ingest = Ingest(into: store, through: Admission(now: UTCTime("2026-11-26T12:00:00Z") ?? .epoch))
    try ingest.take(try Deliveries([input]))
    var files = FactFiles(in: path("facts"))
    try files.take([path("db")])
    let facts = try self.files("facts")
    #expect(files.reports == 2)
    #expect(try rows("host_seen", facts).count == 2)
    #expect(try rows("proof", facts).map { $0["means"] as? String } == ["m"])
    #expect(try rows("rejected", facts).map { $0["reason"] as? String } == ["not-json"])
    #expect(try rows("report", facts).allSatisfy { ($0["segment"] as? String)?.hasPrefix("part-") == true })
  }

  @Test func theSchemaIsReadAsSQLiteReadsIt() throws {
    let store = try Store()
    #expect(SchemaTable.all.count > 8)
    for table in SchemaTable.all {
      let own = try store.answer(
        own: "SELECT * FROM \(table.name)", path: table.name,
        in: Scope(at: UTCTime("2026-11-26T10:00:00Z") ?? .epoch))
      #expect(own.columns.map(\.name) == table.columns.map(\.name))
      #expect(Set(table.key).isSubset(of: table.columns.map(\.name)))
      #expect(table.isSpan == (table.name == "host_span"))
    }
  }
}
