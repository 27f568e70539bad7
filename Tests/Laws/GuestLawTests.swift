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

  /// No dump is of a protected guest: there is none in the corpus. Read once for both: they are many.
  @Test(arguments: CorpusLawTests.groups) func noDumpIsCalledProtectedAndLosingEvidenceOnlyMakesUnknown(
    _ paths: ArraySlice<String>
  ) {
    for path in paths {
      for (index, machine) in CorpusLawTests.machines(path).enumerated() {
        let report = HostReport(machine.source, probes: Self.probes)
        for climb in report.climbs where !["guest.gpu", "guest.sriov-vf"].contains(climb.ladder.id) {
          #expect(climb.state != .ready, "\(machine.name): \(climb.ladder.id)")
        }
        if case .bareMetal = report.environment.kind { #expect(report.climbs.isEmpty, "\(machine.name)") }
        // Where it is not known whether this is a guest, one rung is asked, and the other laws take that away.
        guard index < 2, report.environment.isGuest else { continue }
        let violations = EvidenceLoss.violations(on: machine.source, probes: Self.probes)
        #expect(violations.isEmpty, "\(machine.name): \(violations.prefix(3).joined(separator: "; "))")
      }
    }
  }
}
