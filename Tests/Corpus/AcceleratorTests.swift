// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Catalog
import Evidence
import HostModel
import Importers
import Inputs
import Tape
import Testing

/// Every GPU of a real dump is an accelerator, unless it is a management controller's display.
@Suite struct AcceleratorTests {
  @Test func everyGPUOfTheCorpusIsListed() throws {
    guard let entries = try SharedCorpus.entries() else {
      print("SKIPPED: \(SharedCorpus.folder) is missing; no GPU was looked for")
      return
    }
    var cache = ImportCache()
    var count = 0
    for entry in entries {
      let gpus = [entry.facts, entry.facts["summary"]].flatMap { $0["gpus"].list ?? [] }
      guard !gpus.isEmpty, let place = SharedCorpus.place(of: entry.key),
        let machine = try? cache.machines(place).first
      else { continue }
      let report = HostReport(Recorder(machine.source), probes: Catalog.probes)
      let listed = Set(report.accelerators.map(\.address))
      for gpu in gpus where gpu["vf"].text != "true" {
        let id = gpu["id"].text ?? ""
        let slot = gpu["slot"].text ?? ""
        let address = PCIAddress(slot.count == 7 ? "0000:" + slot : slot)
        let isManagement = ["1a03:", "102b:", "19e5:1711"].contains { id.hasPrefix($0) }
        #expect(address.map(listed.contains) == !isManagement, "\(entry.key): \(slot) \(id)")
        count += 1
      }
    }
    #expect(count > 20)
  }
}
