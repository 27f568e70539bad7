// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Evidence
import HostModel
import LawKit
import ProbeAMDSEV
import Testing

/// A machine of every generation, and the kernels between which the meaning of a file changed.
///
/// CPUID Fn8000_001F and Fn8000_0025 are those of real dumps (facts on confidential computing, 2.5); EDX is what a BIOS makes
/// of it, and the rest what a kernel then shows.
@Suite struct AMDGenerationTests {
  typealias H = SEVHost

  struct Machine: Sendable, CustomTestStringConvertible {
    let name: String
    let changes: [Question: Answer]
    /// Where amd.sev, amd.sev-es and amd.sev-snp end: `ready`, `blocked RUNG REASON`, …
    let endings: [String]
    var testDescription: String { name }

    init(_ name: String, _ changes: [Question: Answer], _ endings: String...) {
      (self.name, self.changes, self.endings) = (name, changes, endings)
    }
  }

  /// Family and model as CPUID Fn0000_0001_EAX packs them, without a hypervisor.
  static func model(_ signature: UInt32) -> [Question: Answer] {
    [.cpuid(leaf: 1): H.registers(signature, 0, 0x7ed8_320b, 0x178b_fbff)]
  }

  static func leaf(_ eax: UInt32, _ ebx: UInt32, _ ecx: UInt32, _ edx: UInt32) -> [Question: Answer] {
    [H.leaf1F: H.registers(eax, ebx, ecx, edx)]
  }

  /// What kvm_amd came out with, `YYN`, with the capacity and the types that go with it on kernel 6.12.
  static func kvm(_ parameters: String, sev: UInt32, es: UInt32) -> [Question: Answer] {
    let on = parameters.map { $0 == "Y" }
    let bits = zip([2, 3, 4], on).reduce(UInt8(1)) { $1.1 ? $0 | 1 << $1.0 : $0 }
    let capacity = [("sev", sev), ("sev_es", es)].filter { $0.1 > 0 }.map { "\($0.0) \($0.1)\n" }.joined()
    return [
      H.parameter("sev"): H.text(on[0] ? "Y\n" : "N\n"), H.parameter("sev_es"): H.text(on[1] ? "Y\n" : "N\n"),
      H.parameter("sev_snp"): H.text(on[2] ? "Y\n" : "N\n"), H.vmTypes: .bytes([bits, 0, 0, 0]),
      .file("/sys/fs/cgroup/misc.capacity"): H.text(capacity),
      .file("/sys/fs/cgroup/misc.current"): H.text("sev 0\n"),
    ]
  }

  static func merged(_ parts: [Question: Answer]...) -> [Question: Answer] {
    parts.reduce([:]) { $0.merging($1) { $1 } }
  }

  static let withoutSNP: [Question: Answer] = [
    H.snpStatus: .absent, H.flags: H.cpuinfo("sev sev_es"), H.rmpBase: .failed(code: 5, "EIO"),
    H.rmpEnd: .failed(code: 5, "EIO"), H.efr: H.text("4f77ef22294ada:0\n"),
  ]

  static let machines: [Machine] = [
    // Naples has 15 ASIDs, and the default BIOS gives them all to plain SEV.
    Machine(
      "Naples", merged(model(0x0080_0f12), leaf(0xf, 0x16f, 0xf, 1), kvm("YNN", sev: 15, es: 0), withoutSNP),
      "ready", "blocked asids bios.no_asids_for_sev_es", "absent silicon hardware.no_sev_snp"),
    Machine(
      "Rome",
      merged(
        model(0x0083_0f10), leaf(0x0001_000f, 0x16f, 0x1fd, 100), kvm("YYN", sev: 410, es: 99), withoutSNP),
      "ready", "ready", "absent silicon hardware.no_sev_snp"),
    Machine("Milan", [:], "ready", "ready", "ready"),
    // Two dumps of one stepping differ in this bit alone.
    Machine(
      "Genoa, SEV-SNP hidden by the BIOS",
      merged(
        model(0x00a1_0f11), leaf(0x030f_ffeb, 0x41b3, 0x3ee, 100), kvm("YYN", sev: 907, es: 99), withoutSNP),
      "ready", "ready", "blocked silicon bios.snp_hidden"),
    Machine(
      "Genoa",
      merged(model(0x00a1_0f11), leaf(0x030f_fffb, 0x41b3, 0x3ee, 100), kvm("YYY", sev: 907, es: 99)),
      "ready", "ready", "ready"),
    Machine(
      "Genoa as it comes out of the box",
      merged(
        model(0x00a1_0f11), leaf(0x030f_fffb, 0x41b3, 0x3ee, 1), kvm("YNN", sev: 1006, es: 0), withoutSNP,
        [H.rmpBase: H.msr(0), H.rmpEnd: H.msr(0x1fff)]),
      "ready", "blocked asids bios.no_asids_for_sev_es", "blocked asids bios.no_asids_for_sev_es"),
    Machine(
      "Turin",
      merged(
        model(0x00b0_0f21), leaf(0xcfff_fffb, 0x41b3, 0x3ee, 100), kvm("YYY", sev: 907, es: 99),
        [.msr(0xc001_0136): H.msr(0)]), "ready", "ready", "ready"),
    // The SVN stands in byte 3 there, and 4 is the first that refuses SEV-ES beside SEV-SNP.
    Machine(
      "Turin with firmware after AMD-SB-3023",
      merged(
        model(0x00b0_0f21), leaf(0xcfff_fffb, 0x41b3, 0x3ee, 100), kvm("YYY", sev: 907, es: 99),
        [
          .msr(0xc001_0136): H.msr(0),
          H.snpStatus: .bytes(
            [0, 0, 0, 0, 1, 58, 1, 3, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]
              + [1, 1, 1, 4, 0, 0, 0, 0x4d] + [1, 1, 1, 4, 0, 0, 0, 0x4d]),
        ]), "ready", "blocked psp-allows-sev-es psp.refuses_sev_es", "ready"),
    // Claims SEV, SEV-ES and 509 ASIDs, and has no SEV firmware; kata and others take it at its word.
    Machine(
      "desktop Ryzen",
      merged(
        model(0x00a2_0f10), leaf(0x0001_780f, 0x173, 0x1fd, 1), kvm("YNN", sev: 509, es: 0), withoutSNP,
        [
          H.misc: H.text("kvm\n"), H.sevStatus: .absent,
          H.flags: H.text(
            "vendor_id\t: AuthenticAMD\nmodel name\t: AMD Ryzen 9 5950X 16-Core Processor\nflags\t\t: svm sev sev_es\n"
          ),
        ]), "blocked psp-device psp.device_absent", "blocked asids bios.no_asids_for_sev_es",
      "absent silicon hardware.no_sev_snp"),
    // Firmware gave it no ASID at all.
    Machine(
      "mobile Ryzen",
      merged(
        model(0x00a4_0f41), leaf(0x0001_780f, 0, 0, 1), kvm("NNN", sev: 0, es: 0), withoutSNP,
        [H.misc: H.text("kvm\n"), H.sevStatus: .absent]),
      "blocked asids bios.no_asids", "blocked asids bios.no_asids", "absent silicon hardware.no_sev_snp"),

    // One Milan, from kernel to kernel.
    Machine(
      "kernel 5.15: no SEV-SNP, no list of types, no flag for it",
      [
        H.release: H.text("5.15.0-119-generic\n"), H.vmTypes: .bytes([0, 0, 0, 0]),
        H.guestMemfd: .bytes([0, 0, 0, 0]), H.parameter("sev_snp"): .absent,
        H.parameters: H.text("npt\nsev\nsev_es\n"), H.flags: H.cpuinfo("sev sev_es"),
        H.snpStatus: .failed(code: 22, "EINVAL"), H.syscfg: H.msr(0x00f4_0000),
      ], "ready", "ready", "blocked kernel-support kernel.no_sev_snp"),
    // It prints EFR2 before EFR.
    Machine(
      "kernel 6.1: the IOMMU's words are the other way round",
      [
        H.release: H.text("6.1.0-44-amd64\n"), H.vmTypes: .bytes([0, 0, 0, 0]),
        H.guestMemfd: .bytes([0, 0, 0, 0]), H.parameter("sev_snp"): .absent,
        H.parameters: H.text("npt\nsev\nsev_es\n"), H.flags: H.cpuinfo("sev sev_es"),
        H.snpStatus: .failed(code: 22, "EINVAL"), H.efr: H.text("1d:a5bf732fa2295afe\n"),
      ], "ready", "ready", "blocked kernel-support kernel.no_sev_snp"),
    // KVM_CAP_VM_TYPES is there, without SEV's bits, which say nothing yet.
    Machine(
      "kernel 6.8: a list of types that SEV is not on",
      [
        H.release: H.text("6.8.12-1-pve\n"), H.vmTypes: .bytes([1, 0, 0, 0]), H.parameter("sev_snp"): .absent,
        H.parameters: H.text("npt\nsev\nsev_es\n"), H.flags: H.cpuinfo("sev sev_es"),
        H.snpStatus: .failed(code: 22, "EINVAL"),
      ], "ready", "ready", "blocked kernel-support kernel.no_sev_snp"),
    // The parameter was settled before SNP_INIT failed.
    Machine(
      "kernel 6.12: sev_snp = Y although SNP_INIT failed",
      [H.snpStatus: H.snp(state: 0, rmp: 0)], "ready", "ready",
      "blocked snp-initialised psp.snp_not_initialised"),
    // The firmware was not initialised, so all three parameters came back as N; the capacity stayed.
    Machine(
      "kernel 7.1: the firmware's INIT failed",
      merged(
        kvm("NNN", sev: 382, es: 127),
        [
          H.release: H.text("7.1.8-amd64\n"), H.sevStatus: H.sev(state: 0),
          H.snpStatus: H.snp(state: 0, rmp: 0),
          H.syscfg: H.msr(0x00f4_0000),
        ]), "blocked psp-initialised psp.sev_not_initialised",
      "blocked psp-initialised psp.sev_not_initialised", "blocked psp-initialised psp.sev_not_initialised"),
    // SYSCFG[24] comes with kvm_amd, so that it is clear here is no sign of anything.
    Machine(
      "kernel 7.1 before kvm_amd is loaded",
      [
        H.release: H.text("7.1.8-amd64\n"), H.syscfg: H.msr(0x00f4_0000), H.parameters: .absent,
        H.parameter("sev"): .absent, H.parameter("sev_es"): .absent, H.parameter("sev_snp"): .absent,
        H.sevStatus: H.sev(state: 0), H.snpStatus: H.snp(state: 0, rmp: 0), H.vmTypes: .absent,
        H.guestMemfd: .absent, .file("/sys/fs/cgroup/misc.capacity"): H.text(""),
      ], "blocked kvm-module kernel.kvm_amd_not_loaded", "blocked kvm-module kernel.kvm_amd_not_loaded",
      "blocked kvm-module kernel.kvm_amd_not_loaded"),
    // The list of types no longer has what cannot be used.
    Machine(
      "kernel 7.2: the types leave out what the firmware refuses",
      [
        H.release: H.text("7.2.8-amd64\n"), H.vmTypes: .bytes([0x15, 0, 0, 0]),
        H.snpStatus: H.snp(state: 1, rmp: 3, svn: 0x1b),
      ], "ready", "blocked psp-allows-sev-es psp.refuses_sev_es", "ready"),
    Machine(
      "kernel 7.2: all ASIDs belong to SEV-ES and SEV-SNP",
      merged(
        kvm("YYY", sev: 0, es: 509), leaf(0x0001_fc3f, 0x4173, 0x1fd, 0x1fe),
        [H.release: H.text("7.2.8-amd64\n"), H.vmTypes: .bytes([0x19, 0, 0, 0])]),
      "blocked asids bios.no_asids_for_sev", "ready", "ready"),
  ]

  static let ladders = ["amd.sev", "amd.sev-es", "amd.sev-snp"]

  private static func ending(_ climb: Climb) -> String {
    switch climb.state {
    case .ready, .notApplicable: return climb.state.rawValue
    default:
      let step = climb.stopsAt ?? climb.firstUnknown
      return "\(climb.state) \(step?.rung.id ?? "") \(step?.judgement.reason?.id ?? "")"
    }
  }

  @Test(arguments: machines) func everyLadderEndsWhereTheMachineDoes(_ machine: Machine) {
    for (ladder, ending) in zip(Self.ladders, machine.endings) {
      #expect(Self.ending(H.climb(ladder, machine.changes)) == ending, "\(ladder)")
    }
  }

  @Test(arguments: machines) func losingEvidenceOnlyMakesUnknown(_ machine: Machine) {
    let violations = EvidenceLoss.violations(on: H.with(machine.changes), probes: [AMDSEVProbe.self])
    #expect(violations.isEmpty, "\(violations.prefix(5).joined(separator: "\n"))")
  }
}
