// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Fleet
import Foundation
import HostModel
import Tables
import Tape
import Testing

@Suite struct StoreTests {
  private let admission = Admission(now: FleetFixture.now)

  private func store(_ lines: [(machine: String, report: String)]) throws -> Store {
    let place = try FleetFixture.Place()
    let text = lines.map { machine, report in
      #"{"machine":"\#(machine)","report":\#(report.replacing("\n", with: " "))}"# + "\n"
    }
    try place.write(text.joined(), to: "all.ndjson")
    let store = try Store()
    var ingest = Ingest(into: store, through: admission)
    try ingest.take(Deliveries(["\(place.path)/all.ndjson"]))
    return store
  }

  /// Reports of two hosts over some days, with what changes: states, a kernel, cards.
  private func history(_ generator: inout some RandomNumberGenerator) -> [(machine: String, report: String)] {
    (0..<Int.random(in: 1...14, using: &generator)).map { _ in
      let day = Int.random(in: 20...26, using: &generator)
      let states = ["ready", "blocked", "unknown", "absent"]
      let report = FleetFixture.report(
        "2026-11-\(day)T0\(Int.random(in: 0...1, using: &generator)):00:00Z",
        [
          "amd.sev-snp": states.randomElement(using: &generator) ?? "ready",
          "iommu": states.randomElement(using: &generator) ?? "ready",
        ], kernel: "6.\(Int.random(in: 1...2, using: &generator))",
        gpus: Int.random(in: 0...2, using: &generator))
      return ("acme/r1/n\(Int.random(in: 1...2, using: &generator))", report)
    }
  }

  /// The law of admission: a set of reports has one content, in whatever order and how often they come.
  @Test func orderAndRepetitionChangeNothing() throws {
    var generator = SystemRandomNumberGenerator()
    for _ in 0..<60 {
      let reports = history(&generator)
      let wanted = try FleetFixture.answers(store(reports))
      let again = (reports + reports).shuffled(using: &generator)
      let got = try FleetFixture.answers(store(again))
      #expect(got == wanted, "\(reports)")
      if got != wanted { return }
    }
  }

  @Test func whatHoldsIsOneSpanHoweverManyReportsSayIt() throws {
    let days = ["20", "24", "22", "26", "23"].map {
      ("acme/r1/n1", FleetFixture.report("2026-11-\($0)T00:00:00Z"))
    }
    let rows = try #require(try FleetFixture.answers(store(days))["history"])
    #expect(rows.map { $0[4...5].map(\.text) } == [["2026-11-20T00:00:00Z", ""]])
  }

  @Test func aLateReportCutsOnlyItsOwnStretch() throws {
    let rows = try #require(
      try FleetFixture.answers(
        store([
          ("acme/r1/n1", FleetFixture.report("2026-11-20T00:00:00Z")),
          ("acme/r1/n1", FleetFixture.report("2026-11-24T00:00:00Z")),
          ("acme/r1/n1", FleetFixture.report("2026-11-22T00:00:00Z", ["amd.sev-snp": "blocked"])),
        ]))["history"])
    #expect(
      rows.map { $0[4...6].map { $0.text.prefix(10) } } == [
        ["2026-11-20", "2026-11-22", "ready"], ["2026-11-22", "2026-11-24", "blocked"],
        ["2026-11-24", "", "ready"],
      ])
  }

  /// What was ready and is no longer spoken of is a loss that nobody must overlook.
  @Test func aCapabilityThatVanishesIsUnknownAndNotUnchanged() throws {
    let store = try store([
      (
        "acme/r1/n1", FleetFixture.report("2026-11-18T00:00:00Z", ["amd.sev-snp": "ready", "iommu": "ready"])
      ),
      ("acme/r1/n1", FleetFixture.report("2026-11-26T00:00:00Z", ["iommu": "ready"])),
    ])
    let rows = try #require(try FleetFixture.answers(store)["drift"])
    #expect(
      rows.map { $0.map(\.text) } == [
        ["amd.sev-snp", "ready", "unknown", "unknown", "1"], ["iommu", "ready", "ready", "unchanged", "1"],
      ])
  }

  @Test func anExpiredReportCountsAsUnknown() throws {
    let store = try store([("acme/r1/n1", FleetFixture.report("2026-11-15T00:00:00Z", gpus: 2))])
    let answers = try FleetFixture.answers(store)
    #expect(
      answers["summary"]?.first?.map(\.text) == ["amd.sev-snp", "1", "0", "0", "0", "0", "0", "1", "0"])
    #expect(answers["devices"]?.first?.map(\.text).suffix(5) == ["0", "0", "0", "2", "0"])
    let before = try FleetFixture.answers(store, at: UTCTime("2026-11-16T00:00:00Z") ?? .epoch)
    #expect(before["summary"]?.first?.map(\.text) == ["amd.sev-snp", "1", "0", "1", "1", "0", "0", "0", "0"])
  }

  @Test func twoReportsOfOneSecondAreAConflictAndTheSmallerDigestStays() throws {
    let one = FleetFixture.report(kernel: "6.1").replacing("\n", with: " ")
    let other = FleetFixture.report(kernel: "6.2").replacing("\n", with: " ")
    let wanted = Digest.hex(Array(one.utf8)) < Digest.hex(Array(other.utf8)) ? "6.1" : "6.2"
    for reports in [[one, other], [other, one]] {
      let store = try store(reports.map { ("acme/r1/n1", $0) })
      let answers = try FleetFixture.answers(store)
      #expect(answers["hosts"]?.first?[4].text == wanted)
      #expect(answers["rejections"] == [[.text("conflict"), .integer(1)]])
    }
  }

  @Test func aStoreKeepsEveryReportAsItCame() throws {
    let place = try FleetFixture.Place()
    let pretty = FleetFixture.report()
    let tabs = FleetFixture.report("2026-11-25T10:00:00Z").replacing("{", with: "{\t")
    let both = FleetFixture.report("2026-11-24T10:00:00Z").replacing("{", with: "{\r")
    let deep = FleetFixture.report("2026-11-23T10:00:00Z").replacing(
      #""findings":["#,
      with: #""deep":\#(String(repeating: "[", count: 63))\#(String(repeating: "]", count: 63)),"findings":["#
    )
    let late = "\n \n" + FleetFixture.report("2026-11-22T10:00:00Z") + "\n"
    let all = [("a/b/n1", pretty), ("a/b/n2", tabs), ("a/b/n3", both), ("a/b/n4", deep), ("a/b/n5", late)]
    for (name, text) in all {
      try place.write(text, to: "in/\(name).json")
    }
    let db = "\(place.path)/db"
    let store = try Store(at: db, creating: true)
    var ingest = Ingest(into: store, through: admission)
    try ingest.take(Deliveries(["\(place.path)/in"]))
    #expect(ingest.outcome.new == 5, "\(ingest.outcome.refusals)")
    #expect(try store.records(in: Scope(at: FleetFixture.now)).count == 5, "all can be read back")
    #expect(try store.examine(repairing: false) == [])
    // A store's segments are an input like any other, and come to the same.
    let again = try Store()
    var second = Ingest(into: again, through: admission)
    try second.take(Deliveries(["\(db)/segments"]))
    #expect(try FleetFixture.answers(again) == FleetFixture.answers(store))
  }

  @Test func oneReportThatContradictsItselfCostsOnlyItself() throws {
    let twice = FleetFixture.report().replacing(
      #""contradictions":[]"#, with: #""contradictions":[{"id":"x","meaning":"a"},{"id":"x","meaning":"b"}]"#)
    let store = try store([("a/b/n1", twice), ("a/b/n2", FleetFixture.report())])
    #expect(try FleetFixture.answers(store)["fleet"]?.first?[2] == .integer(2))
  }

  @Test func onlyWhatIsNewIsKept() throws {
    let place = try FleetFixture.Place()
    let db = "\(place.path)/db"
    for day in 20...23 {
      try place.write(FleetFixture.report("2026-11-\(day)T00:00:00Z"), to: "in/\(day)/a/b/n1.json")
      var ingest = Ingest(into: try Store(at: db, creating: true), through: admission)
      try ingest.take(Deliveries(["\(place.path)/in"]))
      #expect(ingest.outcome.new == 1)
    }
    let segments = try FileManager.default.contentsOfDirectory(atPath: "\(db)/segments")
    let lines = try segments.map {
      try String(contentsOfFile: "\(db)/segments/\($0)", encoding: .utf8).count { $0 == "\n" }
    }
    #expect(lines == [1, 1, 1, 1])
  }

  @Test func missingOriginalsAreSaidAndNotBoughtAgain() throws {
    let place = try FleetFixture.Place()
    try place.write(FleetFixture.report(), to: "in/a/b/n1.json")
    let db = "\(place.path)/db"
    let store = try Store(at: db, creating: true)
    var ingest = Ingest(into: store, through: admission)
    try ingest.take(Deliveries(["\(place.path)/in"]))
    for name in try FileManager.default.contentsOfDirectory(atPath: "\(db)/segments") {
      try FileManager.default.removeItem(atPath: "\(db)/segments/\(name)")
    }
    #expect(throws: InputError.self) { try store.records(in: Scope(at: FleetFixture.now)) }
  }

  /// The originals of a lost database are all that there is of it.
  @Test func repairingLosesNothing() throws {
    let place = try FleetFixture.Place()
    try place.write(FleetFixture.report(), to: "in/a/b/n1.json")
    let db = "\(place.path)/db"
    var ingest = Ingest(into: try Store(at: db, creating: true), through: admission)
    try ingest.take(Deliveries(["\(place.path)/in"]))
    try FileManager.default.removeItem(atPath: "\(db)/fleet.sqlite")
    let store = try Store(at: db, creating: true)
    #expect(try store.examine(repairing: true).map(\.isHarmless) == [true])
    var again = Ingest(into: store, through: admission)
    try again.take(Deliveries(["\(db)/segments"]))
    #expect(again.outcome.new == 1)
    #expect(try store.examine(repairing: false) == [])
  }

  @Test func spellingsAreToldApartByBytes() throws {
    let (one, other) = (
      FleetFixture.report(kernel: "caf\u{e9}"),
      FleetFixture.report("2026-11-25T00:00:00Z", kernel: "cafe\u{301}")
    )
    let wanted = try FleetFixture.answers(store([("a/b/n1", one), ("a/b/n1", other)]))
    #expect(try FleetFixture.answers(store([("a/b/n1", other), ("a/b/n1", one)])) == wanted)
  }

  @Test func theDoctorFindsWhatIsLostOrChanged() throws {
    let place = try FleetFixture.Place()
    try place.write(FleetFixture.report(), to: "in/a/b/n1.json")
    let db = "\(place.path)/db"
    let store = try Store(at: db, creating: true)
    var ingest = Ingest(into: store, through: admission)
    try ingest.take(Deliveries(["\(place.path)/in"]))
    let segment = try #require(try FileManager.default.contentsOfDirectory(atPath: "\(db)/segments").first)
    let path = "\(db)/segments/\(segment)"
    let text = try String(contentsOfFile: path, encoding: .utf8)
    try place.write(text, to: "db/segments/part-0.ndjson")
    #expect(try store.examine(repairing: true).map(\.isHarmless) == [true])
    #expect(try store.examine(repairing: false) == [], "repaired")
    try Data(text.replacing("6.12", with: "6.13").utf8).write(to: URL(fileURLWithPath: path))
    #expect(try store.examine(repairing: false).map(\.isHarmless) == [false])
    try FileManager.default.removeItem(atPath: path)
    #expect(try store.examine(repairing: false).first?.text.contains("1 reports are lost") == true)
  }

  @Test func whatIsNoStoreIsLeftAlone() throws {
    let place = try FleetFixture.Place()
    #expect(throws: InputError.self) { try Store(at: "\(place.path)/none", creating: false) }
    try place.write(
      "no database, and longer than a head of one: \(String(repeating: "x", count: 200))",
      to: "db/fleet.sqlite")
    #expect(throws: InputError.self) { try Store(at: "\(place.path)/db", creating: true) }
  }

  @Test func ownQueriesOnlyRead() throws {
    let store = try store([("acme/r1/n1", FleetFixture.report())])
    let scope = Scope(at: FleetFixture.now)
    let table = try store.answer(
      own: "SELECT kernel, COUNT(*) AS hosts FROM host GROUP BY kernel", path: "x", in: scope)
    #expect(table.rows == [[.text("6.12"), .integer(1)]])
    for sql in [
      "DELETE FROM report", "DROP TABLE report", "SELECT * FROM nothing", "", "VACUUM INTO '/nowhere/x'",
      "ATTACH 'x' AS y",
    ] {
      #expect(throws: InputError.self) { try store.answer(own: sql, path: "x", in: scope) }
    }
    #expect(try FleetFixture.answers(store)["summary"]?.count == 1)
  }
}
