// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import HostModel
import ReportJUnit
import ReportSonobuoy
import ReportSubunit
import Results
import Testing

/// The three forms, read back: all hold the same cases, whatever a host says.
@Suite struct ResultFormTests {
  /// Steers a terminal, ends a CDATA section, is no character, and is an address.
  static let hostile =
    "a\u{0}b\u{1b}[2J ]]> <&\"'\u{ffff}\u{fffe}\u{1fffe}\u{85}\u{2028}\r\n\t é 0000:41:00.0 02:00:5e:10:00:01"

  private static var hostileResults: TestResults {
    let cases = [
      TestCase("hostcap.h.passed", hostile, .passed, details: [hostile]),
      TestCase("hostcap.h.failed", hostile, .failed(hostile), reason: "bios.smee_off", details: [hostile]),
      TestCase("hostcap.h.skipped", hostile, .skipped(hostile)),
    ]
    return TestResults(worker: "worker", observedAt: .max, suites: [TestSuite("h", cases)])
  }

  private static func all() throws -> [[TestResults]] {
    let reports =
      try ResultTapes.names.map(ResultTapes.report) + [
        ResultTapes.guest(), ResultTapes.nothing(), .withDevices,
      ]
    return reports.map { [TestResults($0)] }
      + [reports.enumerated().map { TestResults($1, place: $0 + 1) }, [hostileResults]]
  }

  @Test func junitHasEveryCaseAndItsCountsAreTrue() throws {
    for results in try Self.all() {
      let document = try JUnitDocument(ResultTapes.bytes(JUnitReport.self, results))
      let expected = results.flatMap { machine in
        machine.cases.map { JUnitDocument.Case(id: machine.qualified($0.id), word: $0.word, why: $0.why) }
      }
      #expect(document.cases == expected)
      #expect(
        document.suites.map(\.name) == results.flatMap { one in one.suites.map { one.qualified($0.name) } })
      for suite in try [document.all] + document.suites {
        #expect(suite.stated == suite.counted, "\(suite.name)")
        #expect(suite.errors == "0")
      }
    }
  }

  @Test func subunitHasEveryCaseInProgressAndThenItsStatus() throws {
    for results in try Self.all() {
      let packets = try SubunitStream.packets(ResultTapes.bytes(SubunitReport.self, results))
      let cases = results.flatMap { machine in machine.cases.map { (machine, $0) } }
      let runs = Dictionary(grouping: packets, by: \.testID)
      #expect(runs.count == cases.count)
      for (machine, one) in cases {
        let run = try #require(runs[machine.qualified(one.id)])
        #expect(run.first?.status == 2)
        #expect(run.last?.status == ["passed": 3, "skipped": 5, "failed": 6][one.word])
        #expect(run.dropFirst().dropLast().allSatisfy { $0.status == 0 && $0.isEnd })
        let names = run.compactMap(\.fileName)
        #expect(
          names
            == ["passed": ["details"], "failed": ["traceback"], "skipped": ["reason", "details"]][one.word])
        #expect(run.allSatisfy { $0.tags == (machine.machine.map { [$0] } ?? []) })
        let time = machine.observedAt.flatMap(UInt32.init(exactly:))
        #expect(run.allSatisfy { $0.seconds == time })
        if let why = one.why {
          #expect(run[1].text == (one.word == "failed" ? "\(why)\n\(one.details)" : why))
        }
      }
    }
  }

  @Test func sonobuoyHasThreeLevelsAndEveryCase() throws {
    for results in try Self.all() {
      let data = Data(ResultTapes.bytes(SonobuoyReport.self, results))
      let root = try #require(JSONSerialization.jsonObject(with: data) as? [String: Any])
      let machines = try #require(root["items"] as? [[String: Any]])
      #expect(machines.map { $0["name"] as? String } == results.map(\.workerName))
      var found: [String] = []
      for (machine, one) in zip(machines, results) {
        let suites = try #require(machine["items"] as? [[String: Any]])
        #expect(machine["status"] as? String == Self.status(of: one.cases))
        for (item, suite) in zip(suites, one.suites) {
          #expect(item["status"] as? String == Self.status(of: suite.cases))
          let cases = try #require(item["items"] as? [[String: Any]])
          #expect(cases.allSatisfy { $0["items"] == nil && $0["details"] is [String: String] })
          found += cases.map { "\($0["name"] as? String ?? "") \($0["status"] as? String ?? "")" }
        }
      }
      #expect(found == results.flatMap { one in one.cases.map { "\(one.qualified($0.id)) \($0.word)" } })
      #expect(root["status"] as? String == Self.status(of: results.flatMap(\.cases)))
    }
  }

  private static func status(of cases: [TestCase]) -> String {
    let words = cases.map(\.word)
    return ["failed", "passed"].first(where: words.contains) ?? "skipped"
  }

  @Test func noFormHoldsWhatTerminalsObeyOrWhatIsNoCharacter() throws {
    for form in [JUnitReport.self, SonobuoyReport.self] as [any ResultsRenderer.Type] {
      let scalars = ResultTapes.text(form, [Self.hostileResults]).unicodeScalars
      #expect(scalars.allSatisfy { $0 == "\n" || $0.properties.generalCategory != .control })
      #expect(scalars.allSatisfy { $0.value & 0xfffe != 0xfffe && $0 != "\u{2028}" })
    }
    let one = try #require(Self.hostileResults["hostcap.h.passed"])
    #expect(one.title == "a\u{fffd}b\u{fffd}[2J ]]> <&\"'\u{fffd}\u{fffd}\u{fffd}      é ADDRESS ADDRESS")
  }

  @Test func noFormNamesAFunction() {
    for form in [JUnitReport.self, SubunitReport.self, SonobuoyReport.self] as [any ResultsRenderer.Type] {
      let text = ResultTapes.text(form, [TestResults(.withDevices)])
      #expect(text.contains("pci.passthrough"))
      #expect(text.firstMatch(of: /[0-9a-f]{2}:[0-9a-f]{2}\.[0-7]/) == nil, "\(form.format)")
    }
  }

  @Test(arguments: [
    ("0000:41:00.0", "ADDRESS"), ("at 10000:e1:00.0, driver", "at ADDRESS, driver"),
    ("/devices/pci0000:00/0000:00:01.1/x", "/devices/pci0000:00/ADDRESS/x"), ("41:00.0 is", "ADDRESS is"),
    ("pci 0000:41:00: bus", "pci ADDRESS: bus"), ("mac 02:00:5e:10:00:01.", "mac ADDRESS."),
    ("10de:2331", "10de:2331"), ("at 12:30:45", "at 12:30:45"),
    ("2026-07-01T12:00:00Z", "2026-07-01T12:00:00Z"),
    ("msr:0xc0010010@0", "msr:0xc0010010@0"), ("1.55.21", "1.55.21"), ("a:b:c", "a:b:c"), ("10:", "10:"),
  ])
  func anAddressIsHiddenAndNothingElse(_ text: String, _ expected: String) {
    #expect(TestCase("a.b", text, .passed).title == expected)
  }

  @Test(arguments: ["blocked", "guest", "devices"]) func formsLookAsReviewed(_ name: String) throws {
    let report = try #require(GoldenTests.reports.first { $0.name == name }?.report)
    let results = [TestResults(report)]
    try Golden.expect(
      ResultTapes.bytes(JUnitReport.self, results), equals: "Tests/Golden/JUnit/\(name).xml")
    try Golden.expect(
      ResultTapes.bytes(SonobuoyReport.self, results), equals: "Tests/Golden/Sonobuoy/\(name).json")
  }
}
