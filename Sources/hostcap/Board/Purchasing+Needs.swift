// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Board
import Exports
import Planning

extension Purchasing {
  /// A needs assessment as the board draws it.
  init(_ needs: NeedsAssessment) {
    self.init(release: needs.list.releaseName, hosts: needs.hostCount)
    demands = needs.lines.map { line in
      let demand = line.demand
      let place = [demand.provider, demand.region, demand.hostPrefix].filter { !$0.isEmpty }
      var shown = Demand(
        name: demand.name, subject: NeedsPage.words(demand), scope: place.joined(separator: " "),
        wanted: demand.wanted)
      (shown.proven, shown.usable) = (line.provenCount, line.usableCount - line.provenCount)
      shown.fixes = line.fixes.map { fix in
        Fix(kind: fix.remedy.kind, reason: fix.remedy.reason, text: fix.remedy.fix, count: fix.count)
      }
      shown.missing = line.missing
      shown.unknown = line.unknown.reduce(0) { $0 + $1.count }
      shown.evidence = Array((line.usable + line.fixes.flatMap(\.things)).prefix(20))
      return shown
    }
    purchases = needs.purchase.map {
      Purchase(hardware: $0.hardware.name, example: $0.hardware.example, count: $0.count)
    }
  }
}
