// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import CanonicalJSON
import HostModel
import ReportJSON
import ReportText
import Testing

@Suite struct GoldenTests {
  static let reports: [(name: String, report: HostReport)] =
    SampleHost.all.map { ($0.name, SampleHost.report($0.tape)) } + [("devices", .withDevices)]

  @Test(arguments: reports.map(\.name))
  func textLooksAsReviewed(_ name: String) throws {
    let report = try #require(Self.reports.first { $0.name == name }?.report)
    var bytes: [UInt8] = []
    TextReport.render(report, into: &bytes)
    try Golden.expect(bytes, equals: "Tests/Golden/Text/\(name).txt")
  }

  @Test(arguments: reports.map(\.name))
  func jsonLooksAsReviewed(_ name: String) throws {
    let report = try #require(Self.reports.first { $0.name == name }?.report)
    var bytes: [UInt8] = []
    JSONReport.render(report, into: &bytes)
    try Golden.expect(bytes, equals: "Tests/Golden/JSON/\(name).json")
  }

  @Test func explanationsLookAsReviewed() throws {
    let report = SampleHost.report(SampleHost.blocked)
    let climb = try #require(report.climb("sample.sev-snp"))
    var explanation = Explanation(style: .plain, advisor: report.advisor) { report.evidence[$0] }
    explanation.add(climb)
    explanation.add(try #require(climb.steps.last), of: climb)
    explanation.add(.iommuPassthrough, in: report)
    try Golden.expect(explanation.output, equals: "Tests/Golden/Text/explain.txt")
  }

  @Test func theTableOfDevicesLooksAsReviewed() throws {
    let report = HostReport.withDevices
    var table = DeviceTable(style: .plain)
    table.add(report.devices(), of: report)
    try Golden.expect(table.output, equals: "Tests/Golden/Text/device-table.txt")
    var bytes: [UInt8] = []
    DeviceDocument.document(report.devices(), of: report).write(into: &bytes)
    try Golden.expect(bytes + [0x0a], equals: "Tests/Golden/JSON/device-table.json")
  }

  @Test func coloursAndPlainSignsLookAsReviewed() throws {
    let report = HostReport.withDevices
    try Golden.expect(
      TextReport.render(report, style: TextStyle(color: true)), equals: "Tests/Golden/Text/devices-colour.txt"
    )
    try Golden.expect(
      TextReport.render(report, style: TextStyle(columns: 40, unicode: false)) { _ in "A name for people" },
      equals: "Tests/Golden/Text/devices-ascii.txt")
  }

  @Test func theSameReportGivesTheSameBytes() {
    for (_, tape) in SampleHost.all {
      var (first, second): ([UInt8], [UInt8]) = ([], [])
      JSONReport.render(SampleHost.report(tape), into: &first)
      JSONReport.render(SampleHost.report(tape), into: &second)
      #expect(first == second)
      #expect(
        TextReport.render(SampleHost.report(tape), style: .plain)
          == TextReport.render(SampleHost.report(tape), style: .plain))
    }
  }
}
