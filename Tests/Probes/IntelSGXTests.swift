// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Evidence
import HostModel
import LawKit
import ProbeIntelSGX
import Tape
import Testing

@Suite struct IntelSGXTests {
  typealias H = SEVHost
  typealias I = IntelHost
  static let host = LadderHost(answers: IntelHost.answers, probe: IntelSGXProbe.self)

  /// What a kernel shows when it found SGX unusable.
  static func off(_ changes: [Question: Answer]) -> [Question: Answer] {
    let base: [Question: Answer] = [
      H.flags: I.cpuinfo("tme"), H.misc: H.text("kvm\n"), I.parameter("sgx"): H.text("N\n"),
      .file("/sys/devices/system/node/node0/x86/sgx_total_bytes"): .absent,
    ]
    return base.merging(changes) { _, new in new }
  }

  /// No bit, no pages, and nothing to switch on.
  static let without: [Question: Answer] = [
    I.leaf7: I.features(sgx: false), I.pages: H.registers(0), I.featureControl: H.msr(5),
  ]

  static let cases: [LadderCase] = [
    LadderCase("intel.sgx", I.amd, "vendor", .otherVendor, .absent),
    LadderCase(
      "intel.sgx", off(without.merging([I.leaf1: I.kabyLake]) { $1 }), "silicon", .noSGX, .absent),
    LadderCase("intel.sgx", off([I.featureControl: H.msr(5), I.pages: H.registers(0)]), "enabled", .sgxOff),
    // Asked as nobody: CPUID has SGX, and no pages give the BIOS away.
    LadderCase("intel.sgx", off([I.featureControl: .denied, I.pages: H.registers(0)]), "pages", .sgxNoPages),
    LadderCase("intel.sgx", off([H.command: H.text("quiet nosgx\n")]), "command-line", .sgxCommandLineOff),
    LadderCase("intel.sgx", off([H.release: H.text("5.10.0\n")]), "kernel-flag", .kernelWithoutSGX),
    LadderCase(
      "intel.sgx", [H.misc: H.text("kvm\nsgx_enclave\n"), I.parameter("sgx"): H.text("N\n")], "guest-pages",
      .kernelWithoutSGXGuests),
    LadderCase(
      "intel.sgx", [I.parameters: .absent, I.parameter("sgx"): .absent], "kvm-module", .kvmIntelNotLoaded),
    LadderCase("intel.sgx", [I.parameter("sgx"): .absent], "kvm-parameter", .kernelWithoutSGXGuests),
    LadderCase("intel.sgx", [I.parameter("sgx"): H.text("N\n")], "kvm-parameter", .sgxParameterOff),
    LadderCase(
      "intel.sgx",
      [H.version: H.versions(qemu: 6_001_000), H.domain: I.domainCapabilities(sgx: "<sgx supported='no'/>")],
      "qemu", .qemuTooOldForSGX),
    LadderCase(
      "intel.sgx", [H.domain: I.domainCapabilities(sgx: "<sgx supported='no'/>")], "libvirt",
      .libvirtWithoutSGX),
    // A libvirt that knows SGX and does not mention it.
    LadderCase("intel.sgx", [H.domain: I.domainCapabilities(sgx: "")], "libvirt", .libvirtWithoutSGX),
  ]

  @Test func aHealthyHostIsReady() {
    let climb = Self.host.climb("intel.sgx")
    #expect(climb.state == .ready)
    #expect(climb.steps.allSatisfy { $0.judgement.verdict == .pass && !$0.judgement.implied })
  }

  @Test(arguments: cases) func stopsWithItsCause(_ row: LadderCase) { Self.host.expectStop(row) }

  @Test(arguments: [[:], I.guest] + cases.map(\.changes)) func losingEvidenceOnlyMakesUnknown(
    _ changes: [Question: Answer]
  ) {
    Self.host.expectLaw(changes)
  }

  @Test func deniedIsNeverNo() { Self.host.expectDeniedIsUnknown() }

  @Test func aXeonWhoseBitIsClearMayOnlyHideIt() {
    let climb = Self.host.climb("intel.sgx", Self.off(Self.without.merging([I.leaf1: I.iceLake]) { $1 }))
    #expect(climb.state == .unknown)
  }

  @Test func lockedLaunchControlLeavesGuestsTheirEnclaves() {
    let climb = Self.host.climb(
      "intel.sgx", [H.flags: I.cpuinfo("sgx"), H.misc: H.text("kvm\nsgx_vepc\n")])
    #expect(climb.state == .ready)
    #expect(
      climb.steps.first { $0.rung.id == "launch-control" }?.judgement.reason == .sgxLaunchControlLocked)
  }

  @Test func libvirt89DoesNotKnowSGX() {
    let climb = Self.host.climb(
      "intel.sgx",
      [H.domain: I.domainCapabilities(sgx: ""), H.version: H.versions(libvirt: 8_009_000, qemu: 7_001_000)])
    #expect(climb.state == .unknown)
    #expect(climb.firstUnknown?.judgement.reason == .libvirtTooOldForSGX)
  }

  @Test func pagesAreCounted() {
    let facts = IntelSGXProbe.examine(Self.host.with([:])).facts
    let values = Dictionary(uniqueKeysWithValues: facts.map { ($0.id, $0.value) })
    #expect(values["intel.sgx.epc-sections"] == .list(["0x1000000000+0x80000000"]))
    #expect(values["intel.sgx.epc-bytes"] == .count(2_147_483_648))
    #expect(values["intel.sgx.node-bytes"] == .list(["0 2147483648"]))
    #expect(values["intel.sgx2"] == .flag(true))
  }
}
