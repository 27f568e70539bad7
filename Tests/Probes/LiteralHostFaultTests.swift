// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Catalog
import Evidence
import HostModel
import LawKit
import Tape
import Testing

/// The law of faults over hosts of kinds that the laboratory does not emulate, each with every verdict in it.
@Suite struct LiteralHostFaultTests {
  static let hosts: [(name: String, tape: Tape)] = [
    ("a Milan with SEV-SNP", SEVHost.with([:])), ("a Sapphire Rapids with TDX", IntelTDXTests.host.with([:])),
    ("a guest under SEV-SNP", GuestHost.snp.with([:])), ("a guest under TDX", GuestHost.tdx.with([:])),
    ("an IBM z", SecureExecutionTests.host.with([:])), ("an Arm server", ArmCCATests.host.with([:])),
  ]

  private static func draw(_ report: HostReport) -> [UInt8] {
    Verdicts(report).byName.sorted { $0.key < $1.key }.flatMap { Array("\($0)=\($1)\n".utf8) }
  }

  @Test(arguments: hosts.indices) func noFaultMakesAVerdictStronger(_ index: Int) {
    let (name, tape) = Self.hosts[index]
    let law = FaultLaw(
      tape, probes: Catalog.probes, garbage: FaultDepth.garbage, entries: FaultDepth.entries, draw: Self.draw)
    let count = law.run(every: FaultDepth.step(short: 37))
    FaultDepth.tell(name, law, count)
    #expect(count.trials > 5)
    #expect(count.violations.isEmpty, "\(count.violations.prefix(20).joined(separator: "\n"))")
  }

  @Test(arguments: PCIEvidenceLossTests.hosts.map(\.name)) func noFaultMakesADeviceStandBetter(_ name: String)
  {
    let probes = Catalog.probes.filter {
      ["iommu", "pci", "sriov", "passthrough", "accelerators"].contains($0.id)
    }
    guard let machine = PCIEvidenceLossTests.hosts.first(where: { $0.name == name })?.host else { return }
    let law = FaultLaw(
      machine, probes: probes, garbage: FaultDepth.garbage, entries: FaultDepth.entries, draw: Self.draw)
    let count = law.run(every: FaultDepth.step(short: 37))
    FaultDepth.tell(name, law, count)
    #expect(count.violations.isEmpty, "\(count.violations.prefix(20).joined(separator: "\n"))")
  }
}
