// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import CanonicalJSON
import Catalog
import Evidence
import Foundation
import HostModel
import ReportJSON
import Testing

@Suite struct SchemaTests {
  static let path = "Reports/JSON/Schema/hostcap-report-\(HostReport.schemaVersion).schema.json"

  /// Runs a program; `nil`: there is none of that name.
  static func python(_ script: String, _ arguments: [String]) throws -> (status: Int32, output: String)? {
    let process = Process()
    let pipe = Pipe()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["python3", "-c", script] + arguments
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return process.terminationStatus == 127
      ? nil : (process.terminationStatus, String(decoding: output, as: UTF8.self))
  }

  static func json(_ report: HostReport) -> [UInt8] {
    var bytes: [UInt8] = []
    JSONReport.render(report, into: &bytes)
    return bytes
  }

  @Test func thePublishedFileIsWhatTheProgramPrints() throws {
    try Golden.expect(ReportSchema.text, equals: Self.path)
  }

  @Test func enumerationsAreTheModels() throws {
    let object = try JSONSerialization.jsonObject(with: Data(ReportSchema.text)) as? [String: Any]
    let shared = try #require(object?["$defs"] as? [String: [String: Any]])
    #expect(shared["verdict"]?["enum"] as? [String] == Verdict.allCases.map(\.rawValue))
    #expect(shared["state"]?["enum"] as? [String] == CapabilityState.allCases.map(\.rawValue))
    #expect(shared["layer"]?["enum"] as? [String] == Layer.allCases.map(\.rawValue))
    #expect(shared["fixKind"]?["enum"] as? [String] == FixKind.allCases.map(\.rawValue))
  }

  @Test func everyReasonFitsThePattern() throws {
    let object = try JSONSerialization.jsonObject(with: Data(ReportSchema.text)) as? [String: Any]
    let pattern = (object?["$defs"] as? [String: [String: Any]])?["reason"]?["pattern"] as? String
    let form = try Regex(#require(pattern))
    for reason in Reason.all { #expect(try form.wholeMatch(in: reason.id) != nil, "\(reason.id)") }
  }

  @Test func hostileWordsStayStrings() throws {
    var report = SampleHost.report(SampleHost.ready)
    for (index, word) in WidthTests.hostile.enumerated() {
      report.facts.append(Fact("hostile.word\(index)", .text(word), citing: []))
    }
    let object = try JSONSerialization.jsonObject(with: Data(Self.json(report))) as? [String: Any]
    let facts = try #require(object?["facts"] as? [String: [String: Any]])
    for (index, word) in WidthTests.hostile.enumerated() {
      #expect(facts["hostile.word\(index)"]?["value"] as? String == word)
    }
  }

  @Test func whatIsNotKnownIsNullAndWhatIsUnboundIsNot() throws {
    var report = SampleHost.report(SampleHost.empty)
    var unbound = PCIFunction(PCIAddress(bus: 1, device: 0, function: 1))
    unbound.isDriverKnown = true
    report.functions = [PCIFunction(PCIAddress(bus: 1, device: 0, function: 0)), unbound]
    let object = try JSONSerialization.jsonObject(with: Data(Self.json(report))) as? [String: Any]
    let pci = try #require(object?["pci"] as? [String: [[String: Any]]])
    #expect(pci["functions"]?[0]["driver"] is NSNull)
    #expect(pci["functions"]?[0]["vendor"] is NSNull)
    #expect(pci["functions"]?[1]["driver"] as? String == "")
  }

  @Test func numbersBeyondExactnessKeepTheirDigits() throws {
    var report = SampleHost.report(SampleHost.empty)
    report.facts = [
      Fact("a.big", .count(.max), citing: []), Fact("a.exact", .count(9_007_199_254_740_991), citing: []),
    ]
    let text = String(decoding: Self.json(report), as: UTF8.self)
    #expect(text.contains("\"18446744073709551615\""))
    #expect(text.contains(": 9007199254740991\n"))
  }

  /// Somebody else's validator, where the machine has one.
  @Test func reportsAreValidForSomebodyElsesValidator() throws {
    let probe = try Self.python("import jsonschema; jsonschema.Draft202012Validator", [])
    guard let probe, probe.status == 0 else {
      print(
        "SKIPPED: python3 with jsonschema is not installed, so no report was validated against the schema")
      return
    }
    let folder = FileManager.default.temporaryDirectory.appending(path: "hostcap-schema-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    var files: [String] = []
    var dice = WidthTests.Dice(state: 7)
    let guest = HostReport(SampleHost.guest, probes: Catalog.probes)
    #expect(guest.climb("guest.amd.sev-snp") != nil)
    let reports = GoldenTests.reports.map(\.report) + [guest] + (0..<8).map { _ in WidthTests.report(&dice) }
    for (index, report) in reports.enumerated() {
      var report = report
      // Ids are ours, not the host's: the nasty one is not what is tested here.
      report.contradictions = report.contradictions.map {
        Contradiction("pci.some", $0.meaning, citing: $0.citing)
      }
      let file = folder.appending(path: "\(index).json")
      try Data(Self.json(report)).write(to: file)
      files.append(file.path)
    }
    let script = """
      import json, sys, jsonschema
      schema = json.load(open(sys.argv[1]))
      jsonschema.Draft202012Validator.check_schema(schema)
      validator = jsonschema.Draft202012Validator(schema)
      for path in sys.argv[2:]:
          report = json.load(open(path), parse_float=lambda text: sys.exit(path + ': float ' + text))
          for error in validator.iter_errors(report):
              sys.exit(path + ': ' + error.json_path + ': ' + error.message[:300])
          report['surprise'] = 1
          if validator.is_valid(report): sys.exit('the schema accepts anything')
      """
    let result = try #require(try Self.python(script, [Golden.root.appending(path: Self.path).path] + files))
    #expect(result.status == 0, "\(result.output)")
  }
}
