// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Evidence
import HostModel
import LawKit
import ProbeIntelTDX
import Tape
import Testing

@Suite struct IntelTDXTests {
  typealias H = SEVHost
  typealias I = IntelHost
  static let host = LadderHost(answers: IntelHost.answers, probe: IntelTDXProbe.self)

  /// What kernel 7.2 shows when TDX did not come up.
  static func off(_ changes: [Question: Answer]) -> [Question: Answer] {
    let base: [Question: Answer] = [
      I.leaf1: I.emeraldRapids, I.version: .absent, .kernelLog: H.text("[    1.0] virt/tdx: nothing\n"),
      I.parameter("tdx"): H.text("N\n"), H.vmTypes: .bytes([1, 0, 0, 0]),
      H.flags: I.cpuinfo("tme sgx sgx_lc"), .file("/sys/fs/cgroup/misc.capacity"): H.text(""),
    ]
    return base.merging(changes) { _, new in new }
  }
  static let flag = [H.flags: I.cpuinfo("tme sgx sgx_lc tdx_host_platform")]

  static let cases: [LadderCase] = [
    LadderCase("intel.tdx", I.amd, "vendor", .otherVendor, .absent),
    LadderCase(
      "intel.tdx",
      off(
        I.withoutRegisters.merging(
          [I.leaf1: I.kabyLake, I.leaf7: I.features(tme: false, pconfig: false)]) { $1 }), "silicon",
      .noTDX, .absent),
    LadderCase(
      "intel.tdx", off([I.tmeActivate: H.msr(1), I.keys: I.partition(0), I.seam: .failed(code: 5, "EIO")]),
      "tme", .tmeOff),
    LadderCase("intel.tdx", off([I.keys: I.partition(0)]), "keys", .tdxNoKeys),
    LadderCase("intel.tdx", off([I.keys: I.partition(1)]), "keys", .tdxNoKeys),
    // A Sapphire Rapids may lack TDX for ever, so nothing is promised.
    LadderCase(
      "intel.tdx", off([I.leaf1: I.sapphireRapids, I.keys: I.partition(0), I.seam: H.msr(0)]), "keys",
      .tdxNoKeys,
      .unknown),
    LadderCase("intel.tdx", off([I.seam: H.msr(0x400)]), "seam", .seamOff),
    // The code seen on hosts whose SGX registration variables were damaged.
    LadderCase("intel.tdx", off([I.machineCheck: H.msr(0x1861)]), "machine-check", .mcheckFailed),
    LadderCase(
      "intel.tdx", off([I.machineCheck: H.msr(0x1861), I.parameter("tdx"): .absent]), "machine-check",
      .mcheckFailed),
    LadderCase(
      "intel.tdx", off([I.parameters: .absent, I.parameter("tdx"): .absent]), "kvm-module",
      .kvmIntelNotLoaded),
    // Debian's 6.12 has no parameter.
    LadderCase(
      "intel.tdx",
      off([
        I.parameters: H.text("ept\nsgx\n"), I.parameter("tdx"): .absent,
        H.release: H.text("6.12.107-amd64\n"),
      ]), "kernel-support", .kernelWithoutTDX),
    LadderCase("intel.tdx", off([H.command: H.text("quiet\n")]), "kernel-flag", .tdxHostOff),
    LadderCase("intel.tdx", off([I.keys: .denied]), "kernel-flag", .tdxHostOffOrBIOS),
    LadderCase(
      "intel.tdx", off(flag.merging([.kernelLog: I.log("module not loaded")]) { $1 }), "module",
      .tdxModuleNotLoaded),
    LadderCase(
      "intel.tdx",
      off(
        flag.merging([
          .kernelLog: I.log("module initialization failed (-5)"), H.release: H.text("6.16.3\n"),
        ]) { $1 }), "module", .tdxModuleFailed),
    // Kernels from 7.1 on start the module at boot whatever the parameter says.
    LadderCase(
      "intel.tdx",
      off(
        flag.merging([.kernelLog: I.log("TDX-Module initialized"), H.release: H.text("7.1.8\n")]) { $1 }),
      "kvm-parameter", .tdxParameterOff),
    LadderCase("intel.tdx", [H.vmTypes: .bytes([1, 0, 0, 0])], "kvm-type", .tdxTypeNotOffered),
    // What KVM refuses to start TDX without. The flag and the module are there, so nothing below stops it.
    LadderCase("intel.tdx", on([I.parameter("ept"): H.text("N\n")]), "kvm-parameter", .eptOff),
    LadderCase("intel.tdx", on([I.parameter("eptad"): H.text("N\n")]), "kvm-parameter", .eptAccessedDirtyOff),
    LadderCase("intel.tdx", on([I.parameter("enable_apicv"): H.text("N\n")]), "kvm-parameter", .apicvOff),
    LadderCase("intel.tdx", on([I.option("tdp_mmu"): H.text("N\n")]), "kvm-parameter", .tdpMMUOff),
    LadderCase(
      "intel.tdx", on([I.option("mmio_caching"): H.text("N\n")]), "kvm-parameter", .kvmMMIOCachingOff),
    // EPT is the first that KVM looks at.
    LadderCase(
      "intel.tdx", on([I.parameter("ept"): H.text("0\n"), I.parameter("enable_apicv"): H.text("N\n")]),
      "kvm-parameter", .eptOff),
    LadderCase("intel.tdx", on([:]), "kvm-parameter", .tdxParameterOff),
    // As kernel 7.2's source words it.
    LadderCase(
      "intel.tdx",
      on([
        .kernelLog: H.text(
          "[    8.1] kvm_intel: Disable TDX: MAX_VCPU_PER_TD (64) smaller than number of logical CPUs (128).\n"
        )
      ]), "kvm-parameter", .tdxTooManyCPUs),
  ]

  /// Kernel 7.2 started the module at boot, and KVM left it alone.
  static func on(_ changes: [Question: Answer]) -> [Question: Answer] {
    let base: [Question: Answer] = [
      I.leaf1: I.emeraldRapids, I.parameter("tdx"): H.text("N\n"), H.vmTypes: .bytes([1, 0, 0, 0]),
      I.capacity: .bytes([]), I.current: .bytes([]),
      H.domain: I.domainCapabilities(tdx: "<tdx supported='no'/>", types: []),
    ]
    return base.merging(changes) { $1 }
  }

  @Test func aHealthyHostIsReadyAndKVMVouchesForThePart() {
    let climb = Self.host.climb("intel.tdx")
    #expect(climb.state == .ready)
    #expect(climb.steps.allSatisfy { $0.judgement.verdict == .pass })
    #expect(climb.steps.filter(\.judgement.implied).map(\.rung.id) == ["silicon"])
  }

  @Test(arguments: cases) func stopsWithItsCause(_ row: LadderCase) { Self.host.expectStop(row) }

  @Test(arguments: [[:], I.guest] + cases.map(\.changes)) func losingEvidenceOnlyMakesUnknown(
    _ changes: [Question: Answer]
  ) {
    Self.host.expectLaw(changes)
  }

  @Test func deniedIsNeverNo() { Self.host.expectDeniedIsUnknown() }

  @Test func withoutRootKVMVouchesForTheBIOS() {
    let climb = Self.host.climb(
      "intel.tdx",
      [
        I.tmeActivate: .denied, I.keys: .denied, I.seam: .denied, I.machineCheck: .denied,
        .kernelLog: .denied,
        I.version: .absent,
      ])
    #expect(climb.state == .ready)
    #expect(
      climb.steps.filter(\.judgement.implied).map(\.rung.id)
        == ["silicon", "tme", "keys", "seam", "machine-check", "module"])
  }

  @Test func aProcessorThatRefusesTheRegisterIsNotCalledOff() {
    let climb = Self.host.climb("intel.tdx", Self.off([I.keys: .failed(code: 5, "EIO")]))
    #expect(climb.steps.first { $0.rung.id == "keys" }?.judgement.verdict == .unknown)
  }

  @Test func unlistedModelsWithTheBitsAreUnknown() {
    let climb = Self.host.climb(
      "intel.tdx",
      Self.off([I.leaf1: I.iceLake, I.keys: I.partition(0), I.seam: H.msr(0)]))
    #expect(climb.state == .unknown)
    let hidden = Self.host.climb(
      "intel.tdx", Self.off(I.withoutRegisters.merging([I.leaf7: I.features(tme: false)]) { $1 }))
    #expect(hidden.state == .unknown)
  }

  @Test func earlierKernelsHaveNoTypeSoNothingIsSaid() {
    let climb = Self.host.climb(
      "intel.tdx", [H.release: H.text("6.8.0-1019-intel\n"), H.vmTypes: .bytes([5, 0, 0, 0])])
    #expect(climb.state == .unknown)
    #expect(climb.stopsAt == nil)
  }

  @Test func aMachineCheckCodeDoesNotUndoWhatKVMDid() {
    let climb = Self.host.climb("intel.tdx", [I.machineCheck: H.msr(0x1861)])
    #expect(climb.state == .ready)
    #expect(climb.steps.first { $0.rung.id == "machine-check" }?.judgement.reason == .mcheckFailed)
  }

  @Test func theLogsLastWordCounts() {
    let log = H.text("[1.0] virt/tdx: module not loaded\n[9.0] virt/tdx: module initialized\n")
    let climb = Self.host.climb("intel.tdx", [I.version: .absent, .kernelLog: log])
    #expect(climb.steps.first { $0.rung.id == "module" }?.judgement.because == "virt/tdx: module initialized")
  }

  @Test func aGuestIsNotApplicable() {
    let climb = Self.host.climb("intel.tdx", I.guest)
    #expect(climb.state == .notApplicable)
    #expect(climb.steps.allSatisfy { $0.judgement.verdict != .fail })
  }

  @Test func keysAreCountedFromTheCgroupElseFromTheRegister() {
    func facts(_ changes: [Question: Answer]) -> [String: Fact.Value] {
      let facts = IntelTDXProbe.examine(Self.host.with(changes)).facts
      return Dictionary(uniqueKeysWithValues: facts.map { ($0.id, $0.value) })
    }
    #expect(facts([:])["intel.tdx.slots-total"] == .count(31))
    #expect(facts([:])["intel.tdx.slots-used"] == .count(2))
    #expect(facts([:])["intel.tdx.slots-free"] == .count(29))
    // As kernels that count no TDX keys: sev is another resource.
    for uncounted in [Answer.absent, .bytes([]), H.text("sev 5\n")] {
      let less = facts([I.capacity: uncounted, I.current: uncounted])
      #expect(less["intel.tdx.slots-total"] == .count(31))
      #expect(less["intel.tdx.slots-used"] == nil)
      #expect(less["intel.tdx.slots-free"] == nil)
    }
    #expect(facts([I.capacity: .absent, I.keys: .denied])["intel.tdx.slots-total"] == nil)
    #expect(facts([I.capacity: .absent, I.keys: I.partition(1)])["intel.tdx.slots-total"] == .count(0))
    #expect(facts(I.amd).isEmpty)
  }
}
