// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Catalog
import Evidence
import Foundation
import HostModel
import Importers
import Inputs
import LawKit
import ReportJSON
import Tape
import Testing

/// The laws, over every importer and every real dump: they need no expected values.
@Suite struct CorpusLawTests {
  static let probes = Catalog.probes

  /// Questions taken away from each dump, in four ways each. The probes' own tests take away every one.
  static let lostQuestions = 3

  /// Dumps in groups that run beside each other.
  static let groups: [ArraySlice<String>] = {
    let all = SharedMaterial.dumps[...]
    return stride(from: 0, to: all.count, by: 64).map { all[$0..<min($0 + 64, all.count)] }
  }()

  static func machines(_ path: String) -> [ImportedMachine] { (try? Inputs.machines(at: path)) ?? [] }

  static func json(_ host: any HostSource, _ probes: [any Probe.Type] = probes) -> [UInt8] {
    var bytes: [UInt8] = []
    JSONReport.render(HostReport(host, probes: probes), into: &bytes)
    return bytes
  }

  @Test(arguments: groups) func losingEvidenceOnlyMakesUnknown(_ paths: ArraySlice<String>) {
    for path in paths {
      for machine in Self.machines(path).prefix(2) {
        let violations = EvidenceLoss.violations(
          on: machine.source, probes: Self.probes, most: Self.lostQuestions)
        #expect(violations.isEmpty, "\(machine.name): \(violations.prefix(3).joined(separator: "; "))")
      }
    }
  }

  @Test(arguments: groups) func theSameDumpGivesTheSameBytesInAnyOrderOfProbes(_ paths: ArraySlice<String>) {
    for path in paths {
      for machine in Self.machines(path).prefix(2) {
        let recorder = Recorder(machine.source)
        let first = Self.json(recorder)
        #expect(first == Self.json(recorder.tape), "\(machine.name): the tape gives another report")
        let forwards = Verdicts(recorder, probes: Self.probes)
        let backwards = Verdicts(Recorder(machine.source), probes: Self.probes.reversed())
        #expect(forwards == backwards, "\(machine.name): the order of probes matters")
      }
    }
  }

  @Test(arguments: groups) func aTapeOfADumpGivesTheSameReportAndNoSecret(_ paths: ArraySlice<String>) throws
  {
    for path in paths {
      for machine in Self.machines(path).prefix(2) {
        let recorder = Recorder(Redactor(machine.source))
        let report = Self.json(recorder)
        var text: [UInt8] = []
        recorder.tape.write(into: &text)
        #expect(Identities.left(in: text).isEmpty, "\(machine.name): \(Identities.left(in: text).prefix(3))")
        let again = try Tape(parsing: text, path: machine.name)
        #expect(again == recorder.tape, "\(machine.name): the tape does not survive its text")
        #expect(report == Self.json(again), "\(machine.name): record, then judge, gives another report")
      }
    }
  }
}
