// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Evidence
import HostModel
import LawKit
import ProbeMemoryEncryption
import Tape
import Testing

@Suite struct MemoryEncryptionTests {
  typealias H = SEVHost
  typealias I = IntelHost
  static let intel = LadderHost(answers: IntelHost.answers, probe: MemoryEncryptionProbe.self)
  /// The healthy Milan, with two secure processors of which one reports, as drivers/crypto/ccp's sysfs shows them.
  static let amd = LadderHost(
    answers: SEVHost.answers.merging(
      [
        ccp: H.text("0000:22:00.1\n0000:a4:00.1\nbind\nmodule\nnew_id\nuevent\nunbind\n"),
        status: H.text("1\n"), .file("/sys/bus/pci/drivers/ccp/0000:a4:00.1/tsme_status"): .absent,
      ]) { $1 }, probe: MemoryEncryptionProbe.self)
  static let ccp = Question.directory("/sys/bus/pci/drivers/ccp")
  static let status = Question.file("/sys/bus/pci/drivers/ccp/0000:22:00.1/tsme_status")

  static let intelCases: [LadderCase] = [
    LadderCase("intel.tme", I.amd, "vendor", .otherVendor, .absent),
    LadderCase(
      "intel.tme",
      [I.leaf7: I.features(tme: false), I.tmeActivate: .failed(code: 5, "EIO"), H.flags: I.cpuinfo("")],
      "silicon", .noTME, .absent),
    LadderCase("intel.tme", [I.tmeActivate: H.msr(0), H.flags: I.cpuinfo("")], "enabled", .tmeOff),
    // Enabled, but left open for anybody to change.
    LadderCase("intel.tme", [I.tmeActivate: H.msr(2), H.flags: I.cpuinfo("")], "enabled", .tmeOff),
  ]
  static let amdCases: [LadderCase] = [
    LadderCase(
      "amd.tsme",
      [
        .cpuid(leaf: 0): H.registers(0x20, 0x756e_6547, 0x6c65_746e, 0x4965_6e69), H.flags: I.cpuinfo(""),
      ], "vendor", .otherVendor, .absent),
    LadderCase("amd.tsme", [status: H.text("0\n")], "tsme", .tsmeOff),
  ]

  @Test func healthyHostsAreReady() {
    #expect(Self.intel.climb("intel.tme").state == .ready)
    #expect(Self.amd.climb("amd.tsme").state == .ready)
  }

  @Test(arguments: intelCases)
  func tmeStopsWithItsCause(_ row: LadderCase) { Self.intel.expectStop(row) }

  @Test(arguments: amdCases) func tsmeStopsWithItsCause(_ row: LadderCase) { Self.amd.expectStop(row) }

  @Test(arguments: [[:], I.guest] + intelCases.map(\.changes)) func losingEvidenceOnIntelOnlyMakesUnknown(
    _ changes: [Question: Answer]
  ) {
    Self.intel.expectLaw(changes)
  }

  @Test(arguments: [[:], [ccp: .absent], [status: .absent]] + amdCases.map(\.changes))
  func losingEvidenceOnAMDOnlyMakesUnknown(_ changes: [Question: Answer]) { Self.amd.expectLaw(changes) }

  @Test func deniedIsNeverNo() {
    Self.intel.expectDeniedIsUnknown()
    Self.amd.expectDeniedIsUnknown()
  }

  /// A register that says "on" against a CPUID bit that says "none": one of the two is wrong.
  @Test func sourcesThatDisagreeAreUnknown() {
    let climb = Self.intel.climb("intel.tme", [I.leaf7: I.features(tme: false)])
    #expect(climb.state == .unknown)
    #expect(climb.disputed.map(\.rung.id) == ["silicon"])
  }

  @Test func bypassIsAWarning() {
    let climb = Self.intel.climb("intel.tme", [I.tmeActivate: H.msr(0x6_8000_0003)])
    #expect(climb.state == .ready)
    #expect(climb.steps.first { $0.rung.id == "enabled" }?.judgement.reason == .tmeBypass)
  }

  @Test func withoutRootTheKernelsFlagVouches() {
    #expect(Self.intel.climb("intel.tme", [I.tmeActivate: .denied]).state == .ready)
    // Kernel 6.1 shows the flag although the BIOS has TME off.
    let old: [Question: Answer] = [I.tmeActivate: .denied, H.release: H.text("6.1.0-44-amd64\n")]
    #expect(Self.intel.climb("intel.tme", old).state == .unknown)
  }

  /// Older servers' secure processors report nothing, and without the driver nobody asks them.
  @Test(arguments: [[status: Answer.absent], [ccp: .absent], [ccp: H.text("bind\nunbind\n")]])
  func aSilentSecureProcessorIsUnknown(_ changes: [Question: Answer]) {
    let climb = Self.amd.climb("amd.tsme", changes)
    #expect(climb.state == .unknown)
    #expect(climb.stopsAt == nil)
  }
}
