// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Evidence
import HostModel
import LawKit
import ProbeGuest
import Tape
import Testing

/// What a guest sees of itself.
@Suite struct GuestTests {
  typealias H = GuestHost

  @Test(arguments: ["guest.amd.sev", "guest.amd.sev-es", "guest.amd.sev-snp", "guest.gpu", "guest.sriov-vf"])
  func anSNPGuestHasItAll(_ id: String) {
    let climb = H.snp.climb(id)
    #expect(climb.state == .ready)
    #expect(climb.steps.allSatisfy { $0.judgement.verdict == .pass && !$0.judgement.citing.isEmpty })
  }

  @Test func aTrustDomainIsOne() {
    let climb = H.tdx.climb("guest.intel.tdx")
    #expect(climb.state == .ready)
    #expect(climb.steps.map(\.judgement.verdict) == Array(repeating: .pass, count: 5))
    #expect(H.tdx.climb("guest.amd.sev").state == .absent)
  }

  // MARK: where it stops

  static let stops = [
    LadderCase("guest.amd.sev", [H.leaf: H.registers(0)], "cpuid", .guestNotEncrypted),
    LadderCase("guest.amd.sev-es", [H.leaf: H.registers(0)], "cpuid", .guestWithoutSEVES),
    LadderCase("guest.amd.sev-snp", [H.highest: H.registers(0x8000_001e)], "cpuid", .guestWithoutSNP),
    LadderCase("guest.amd.sev", [H.status: H.msr(0)], "status", .guestNotEncrypted),
    LadderCase("guest.amd.sev-es", [H.status: H.msr(1)], "status", .guestWithoutSEVES),
    LadderCase(
      "guest.amd.sev-snp",
      [H.status: H.msr(3), .kernelLog: H.active("AMD SEV SEV-ES"), H.platform: H.text("serial8250\n")],
      "status", .guestWithoutSNP),
    LadderCase(
      "guest.amd.sev-snp", [H.platform: H.text("serial8250\n")], "device", .guestWithoutSNPDevice),
    LadderCase("guest.intel.tdx", [:], "vendor", .otherVendor, .absent),
    LadderCase("guest.gpu", [H.functions: .absent], "device", .guestWithoutGPU),
    LadderCase("guest.gpu", [H.functions: H.text("0000:00:02.0\n\(H.vf)\n")], "device", .guestWithoutGPU),
    LadderCase(
      "guest.gpu", [H.event(H.gpu): H.event("1B36:0100", class: "30000", driver: "qxl")], "device",
      .guestWithoutGPU),
    LadderCase(
      "guest.gpu", [H.event(H.gpu): H.event("10DE:2331", class: "30200", driver: nil)], "driver",
      .guestDriverMissing),
    LadderCase(
      "guest.sriov-vf", [H.event(H.vf): H.event("1AF4:1041", class: "20000", driver: "virtio-pci")], "device",
      .guestWithoutVF),
    // A guest that made it itself, of a physical function that it has.
    LadderCase(
      "guest.sriov-vf", [.link("/sys/bus/pci/devices/\(H.vf)/physfn"): H.text("../0000:00:06.0")], "device",
      .guestWithoutVF),
    LadderCase(
      "guest.sriov-vf", [H.event(H.vf): H.event("8086:1889", class: "20000", driver: nil)], "driver",
      .guestDriverMissing),
  ]

  @Test(arguments: stops) func itStops(_ row: LadderCase) { H.snp.expectStop(row) }

  static let tdxStops = [
    LadderCase(
      "guest.intel.tdx", [.cpuid(leaf: 0): H.registers(0x1b, 0x756e_6547, 0x6c65_746e, 0x4965_6e69)], "cpuid",
      .guestWithoutTDX),
    LadderCase("guest.intel.tdx", [H.tdxLeaf: H.registers(0)], "cpuid", .guestWithoutTDX),
    LadderCase(
      "guest.intel.tdx", [H.info: H.text("vendor_id\t: GenuineIntel\nflags\t\t: fpu hypervisor\n")], "kernel",
      .guestKernelWithoutTDX),
  ]

  @Test(arguments: tdxStops) func aTrustDomainStops(_ row: LadderCase) { H.tdx.expectStop(row) }

  @Test func aPlainGuestIsToldWhatItIsWithoutAnMSR() {
    for id in ["guest.amd.sev", "guest.amd.sev-es", "guest.amd.sev-snp"] {
      #expect(H.plain.climb(id, [H.status: .denied, .kernelLog: .denied]).state == .blocked)
    }
  }

  @Test func withoutTheDriverForReportsItIsReadyAndSaysSo() {
    for (host, id) in [(H.snp, "guest.amd.sev-snp"), (H.tdx, "guest.intel.tdx")] {
      let climb = host.climb(id, [H.misc: H.text("cpu_dma_latency\n")])
      #expect(climb.state == .ready)
      #expect(climb.steps.last?.judgement.reason == .guestReportDriverMissing)
    }
  }

  // MARK: unknown is never no

  @Test(arguments: [(Answer.denied, Reason.sourceDenied), (.absent, .msrModuleNotLoaded)])
  func withoutTheMSRAndTheLogNothingIsDenied(_ answer: Answer, _ reason: Reason) {
    let hidden: [Question: Answer] = [
      H.status: answer, .kernelLog: .denied, H.platform: H.text("serial8250\n"),
    ]
    for id in ["guest.amd.sev", "guest.amd.sev-es", "guest.amd.sev-snp"] {
      let climb = H.snp.climb(id, hidden)
      #expect(climb.state == .unknown)
      #expect(climb.stopsAt == nil)
      #expect(climb.firstUnknown?.judgement.reason == reason)
    }
  }

  @Test func otherSourcesVouchForAnMSRThatCannotBeRead() {
    let device: [Question: Answer] = [H.status: .denied, .kernelLog: .denied]
    #expect(H.snp.climb("guest.amd.sev-snp", device).state == .ready)
    let log: [Question: Answer] = [
      H.status: .denied, H.platform: H.text("serial8250\n"),
      // Kernel 5.10 to 5.17 print it so.
      .kernelLog: H.text("AMD Memory Encryption Features active: SEV SEV-ES\n"),
    ]
    #expect(H.snp.climb("guest.amd.sev-es", log).state == .ready)
    #expect(H.snp.climb("guest.amd.sev-snp", log).state == .unknown)
  }

  static let open: [(String, [Question: Answer])] = [
    ("guest.gpu", [H.event(H.gpu): H.event("10DE:FFFF", class: "30200", driver: "nvidia")]),
    ("guest.gpu", [H.event(H.gpu): H.text("PCI_ID=10DE:2331\n")]),
    ("guest.gpu", [.origin: H.text("tree\n"), H.functions: H.text("0000:00:02.0\n")]),
    ("guest.sriov-vf", [H.event(H.vf): H.event("15B3:FFFF", class: "20000", driver: "mlx5_core")]),
    ("guest.sriov-vf", [H.functions: .denied]),
  ]

  @Test(arguments: open) func whatNobodyKnowsMayBeIt(_ id: String, _ changes: [Question: Answer]) {
    let climb = H.snp.climb(id, changes)
    #expect(climb.state == .unknown)
    #expect(climb.stopsAt == nil)
  }

  /// Microsoft Hv, with the privilege bit of isolated guests or without.
  @Test(arguments: [(UInt32(1) << 22, CapabilityState.unknown), (0, .blocked)])
  func aParavisorHidesTheLeaf(_ bits: UInt32, _ state: CapabilityState) {
    let hyperV: [Question: Answer] = [
      H.signature: H.registers(0x4000_000c, 0x7263_694d, 0x666f_736f, 0x7648_2074),
      .cpuid(leaf: 0x4000_0003): H.registers(0, bits),
    ]
    let amd = H.snp.climb("guest.amd.sev-snp", hyperV.merging([H.leaf: H.registers(0)]) { $1 })
    #expect(amd.state == state)
    let intel = H.tdx.climb("guest.intel.tdx", hyperV.merging([H.tdxLeaf: H.registers(0)]) { $1 })
    #expect(intel.state == state)
  }

  @Test func deniedIsUnknown() {
    H.snp.expectDeniedIsUnknown()
    H.tdx.expectDeniedIsUnknown()
  }

  // MARK: not a guest

  @Test func aMachineHasNoSuchLadder() {
    let machine = H.snp.with([
      .cpuid(leaf: 1): H.registers(0x00a0_0f11), .file("/sys/hypervisor/type"): .absent,
    ])
    let result = GuestProbe.examine(machine)
    #expect(result.climbs.isEmpty && result.contradictions.isEmpty)
    let asked = GuestProbe.ladders.map { $0.climb(machine) }
    #expect(asked.allSatisfy { $0.state == .notApplicable && $0.steps.count == 1 })
  }

  @Test func whereItMayBeAMachineNothingIsSaid() {
    let result = GuestProbe.examine(H.snp.with([.cpuid(leaf: 1): .denied, H.info: .denied]))
    #expect(result.climbs.allSatisfy { $0.state == .unknown && $0.steps.map(\.rung.id) == ["guest"] })
    #expect(result.climbs.count == GuestProbe.ladders.count && result.contradictions.isEmpty)
  }

  // MARK: sources that do not agree

  static let contradictions = [
    ContradictionCase("guest.snp-active-without-device", [H.platform: H.text("serial8250\n")]),
    ContradictionCase("guest.snp-device-without-status", [H.status: H.msr(3)]),
    ContradictionCase("guest.snp-device-without-leaf", [H.leaf: H.registers(0)]),
    ContradictionCase("guest.log-without-status", [H.status: H.msr(3)]),
  ]

  @Test(arguments: contradictions) func sourcesThatDisagreeAreNotReady(_ row: ContradictionCase) throws {
    try H.snp.expectContradiction(row)
    #expect(H.snp.climb("guest.amd.sev-snp", row.changes).state != .ready)
  }

  static let tdxContradictions = [
    ContradictionCase(
      "guest.tdx-leaf-without-flag",
      [H.info: H.text("vendor_id\t: GenuineIntel\nflags\t\t: fpu hypervisor\n")]),
    ContradictionCase("guest.tdx-flag-without-leaf", [H.tdxLeaf: H.registers(0)]),
  ]

  @Test(arguments: tdxContradictions) func trustDomainsThatDisagreeAreNotReady(_ row: ContradictionCase)
    throws
  {
    try H.tdx.expectContradiction(row)
    #expect(H.tdx.climb("guest.intel.tdx", row.changes).state != .ready)
  }

  @Test func guestsThatAgreeHaveNone() {
    for host in [H.snp, H.tdx, H.plain] { #expect(host.contradictions([:]).isEmpty) }
  }

  // MARK: the law

  @Test func losingEvidenceOnlyMakesUnknown() {
    for host in [H.snp, H.tdx, H.plain] { host.expectLaw([:]) }
    H.snp.expectLaw([
      H.status: H.msr(3), .kernelLog: H.active("AMD SEV SEV-ES"), H.platform: H.text("serial8250\n"),
      H.event(H.gpu): H.event("10DE:2331", class: "30200", driver: nil),
      H.event(H.vf): H.event("15B3:101E", class: "20000", driver: nil),
    ])
    H.snp.expectLaw([H.status: .denied])
    H.snp.expectLaw([H.platform: H.text("serial8250\n")])
  }
}
