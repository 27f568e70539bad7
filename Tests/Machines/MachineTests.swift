// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Catalog
import Evidence
import Foundation
import HostModel
import LawKit
import Tape
import Testing

/// Tapes of real kernels: Debian's 6.12.95 under QEMU with an emulated Milan's leaf 8000_001F, MSRs, IOMMU and secure
/// processor, each host with one thing wrong, recorded with `hostcap-agent --skip pci,sriov,passthrough,libvirt --tape`.
/// Nothing in the kernel was patched: ccp, kvm_amd and the IOMMU driver found each fault themselves. No libvirt ran there,
/// so what stops nowhere holds up to KVM and is not called ready.
@Suite struct MachineTests {
  struct Machine: Sendable, CustomTestStringConvertible {
    let name: String
    /// Where amd.sme, amd.sev, amd.sev-es and amd.sev-snp stop: `rung reason`; the empty string: nowhere.
    let stops: [String]
    var testDescription: String { name }

    init(_ name: String, _ stops: String...) { (self.name, self.stops) = (name, stops) }
  }

  static let ladders = ["amd.sme", "amd.sev", "amd.sev-es", "amd.sev-snp"]
  static let noRMP = "rmp bios.rmp_not_reserved"

  static let machines: [Machine] = [
    Machine("snp", "", "", "", ""),
    Machine("sev", "", "", "", noRMP),
    Machine(
      "smee-off", "smee bios.smee_off", "smee bios.smee_off", "smee bios.smee_off", "smee bios.smee_off"),
    Machine(
      "smm-unlocked", "", "smm-lock bios.smm_unlocked", "smm-lock bios.smm_unlocked",
      "smm-lock bios.smm_unlocked"),
    Machine("edx-1", "", "", "asids bios.no_asids_for_sev_es", "asids bios.no_asids_for_sev_es"),
    // sev = Y, sev_es = Y and misc.capacity is filled on these three: each alone would say "ready".
    Machine("no-psp", "", "psp-device psp.device_absent", "psp-device psp.device_absent", noRMP),
    Machine("psp-status-fails", "", "psp-device psp.device_absent", "psp-device psp.device_absent", noRMP),
    Machine(
      "psp-init-fails", "", "psp-initialised psp.sev_not_initialised",
      "psp-initialised psp.sev_not_initialised", noRMP),
    Machine("kvm-sev-0", "", "kvm-parameter kvm.parameter_off", "kvm-parameter kvm.parameter_off", noRMP),
    Machine("rmp-not-reserved", "", "", "", noRMP),
    Machine("rmp-too-small", "", "", "", "rmp-covers-ram bios.rmp_too_small"),
    Machine("iommu-pt", "", "", "", "iommu-translated kernel.iommu_passthrough"),
    // kvm_amd.sev_snp = Y on these two, settled before the secure processor refused.
    Machine("psp-without-snp", "", "", "", "snp-initialised psp.command_failed"),
    Machine("psp-api-1-50", "", "", "", "psp-firmware psp.firmware_too_old"),
    // The emulated firmware does not mind the missing CPUs; a real one refuses SNP_INIT.
    Machine("maxcpus-2", "", "", "", ""),
  ]

  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
    "Tapes")

  static func tape(_ name: String) throws -> Tape {
    let url = folder.appendingPathComponent("\(name).jsonl")
    return try Tape(parsing: Array(try Data(contentsOf: url)), path: url.lastPathComponent)
  }

  @Test(arguments: machines) func everyLadderStopsAtTheFault(_ machine: Machine) throws {
    let report = HostReport(try Self.tape(machine.name), probes: Catalog.probes)
    for (ladder, stop) in zip(Self.ladders, machine.stops) {
      let climb = try #require(report.climb(ladder))
      let found = climb.stopsAt.map { "\($0.rung.id) \($0.judgement.reason?.id ?? "")" } ?? ""
      #expect(found == stop, "\(ladder)")
      guard stop.isEmpty else {
        #expect(climb.state == .blocked, "\(ladder)")
        continue
      }
      #expect(climb.holdsAt == (ladder == "amd.sme" ? .kernel : .kvm), "\(ladder)")
      #expect(climb.state == (ladder == "amd.sme" ? .ready : .unknown), "\(ladder)")
    }
  }

  @Test(arguments: machines) func losingEvidenceOnlyMakesUnknown(_ machine: Machine) throws {
    let violations = EvidenceLoss.violations(on: try Self.tape(machine.name), probes: Catalog.probes)
    #expect(violations.isEmpty, "\(violations.prefix(5).joined(separator: "\n"))")
  }

  @Test func everyTapeHasItsRow() throws {
    let tapes = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path).filter {
      $0.hasSuffix(".jsonl")
    }
    #expect(Set(tapes.map { String($0.dropLast(6)) }) == Set(Self.machines.map(\.name)))
  }
}
