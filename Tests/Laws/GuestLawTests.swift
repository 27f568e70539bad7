// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Catalog
import HostModel
import Importers
import LawKit
import Tape
import Testing

/// The first law over every guest among the real dumps, every question taken away: what a guest is told of itself.
@Suite struct GuestLawTests {
  static let probes = Catalog.probes.filter { $0.id == "guest" }

  @Test(arguments: CorpusLawTests.groups) func losingEvidenceOnlyMakesUnknown(_ paths: ArraySlice<String>) {
    for path in paths {
      for machine in CorpusLawTests.machines(path).prefix(2) {
        guard !HostReport(machine.source, probes: Self.probes).climbs.isEmpty else { continue }
        let violations = EvidenceLoss.violations(on: machine.source, probes: Self.probes)
        #expect(violations.isEmpty, "\(machine.name): \(violations.prefix(3).joined(separator: "; "))")
      }
    }
  }

  /// No dump is of a protected guest: there is none in the corpus.
  @Test(arguments: CorpusLawTests.groups) func noDumpIsCalledProtected(_ paths: ArraySlice<String>) {
    for path in paths {
      for machine in CorpusLawTests.machines(path) {
        let report = HostReport(machine.source, probes: Self.probes)
        for climb in report.climbs where !["guest.gpu", "guest.sriov-vf"].contains(climb.ladder.id) {
          #expect(climb.state != .ready, "\(machine.name): \(climb.ladder.id)")
        }
        if case .bareMetal = report.environment.kind { #expect(report.climbs.isEmpty, "\(machine.name)") }
      }
    }
  }
}
