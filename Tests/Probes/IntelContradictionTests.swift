// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Evidence
import HostModel
import ProbeIntelSGX
import ProbeIntelTDX
import ProbeMemoryEncryption
import Tape
import Testing

@Suite struct IntelContradictionTests {
  typealias H = SEVHost
  typealias I = IntelHost
  static let tdx = IntelTDXTests.host
  static let sgx = IntelSGXTests.host
  static let tme = MemoryEncryptionTests.intel
  static let tsme = MemoryEncryptionTests.amd

  /// KVM has TDX off, and libvirt does not care.
  static func off(_ changes: [Question: Answer]) -> [Question: Answer] {
    IntelTDXTests.on([H.domain: I.domainCapabilities()]).merging(changes) { $1 }
  }

  static let tdxCases: [ContradictionCase] = [
    // canonical/tdx issues 33 and 102; the line as the reporters quote it.
    ContradictionCase(
      "intel.tdx-keys-given-log-says-off",
      off([
        I.parameter("tdx"): .absent, I.parameters: H.text("ept\nsgx\n"), H.flags: I.cpuinfo("tme"),
        H.release: H.text("6.5.0-1003-intel\n"), I.version: .absent,
        .kernelLog: H.text("[    2.1] tdx: not enabled by BIOS\n"),
      ])),
    ContradictionCase("intel.tdx-on-but-not-counted", [I.capacity: .bytes([])]),
    ContradictionCase("libvirt.tdx-listed-kvm-off", off([:])),
    ContradictionCase(
      "libvirt.tdx-listed-kvm-off",
      off([
        H.version: H.versions(libvirt: 11_006_000),
        H.domain: I.domainCapabilities(tdx: "", types: ["tdx"]),
      ])),
    ContradictionCase(
      "libvirt.tdx-listed-kvm-cannot",
      off([
        I.parameter("tdx"): .absent, I.parameters: H.text("ept\nsgx\n"), H.flags: I.cpuinfo("tme"),
        H.release: H.text("6.12.107-amd64\n"), I.version: .absent, .kernelLog: H.text("[    1.0] x: y\n"),
      ])),
  ]

  static let sgxCases: [ContradictionCase] = [
    ContradictionCase(
      "intel.sgx-without-pages", IntelSGXTests.off([I.featureControl: H.msr(5), I.pages: H.registers(0)])),
    ContradictionCase("libvirt.sgx-offered-kvm-off", [I.parameter("sgx"): H.text("N\n")]),
  ]

  static let tmeCases: [ContradictionCase] = [
    ContradictionCase(
      "intel.tme-flag-without-tme", [I.tmeActivate: H.msr(0), H.release: H.text("6.1.0-44-amd64\n")])
  ]

  static let tsmeCases: [ContradictionCase] = [
    ContradictionCase("amd.tsme-and-sme", [H.flags: H.cpuinfo("sme sev")])
  ]

  @Test func healthyHostsHaveNone() {
    for host in [Self.tdx, Self.sgx, Self.tme, Self.tsme] { #expect(host.contradictions([:]).isEmpty) }
  }

  @Test(arguments: tdxCases) func ofTDX(_ row: ContradictionCase) throws {
    try Self.tdx.expectContradiction(row)
  }
  @Test(arguments: sgxCases) func ofSGX(_ row: ContradictionCase) throws {
    try Self.sgx.expectContradiction(row)
  }
  @Test(arguments: tmeCases) func ofTME(_ row: ContradictionCase) throws {
    try Self.tme.expectContradiction(row)
  }
  @Test(arguments: tsmeCases) func ofTSME(_ row: ContradictionCase) throws {
    try Self.tsme.expectContradiction(row)
  }

  @Test(arguments: tdxCases) func theLawHoldsWhereTDXsSourcesDisagree(_ row: ContradictionCase) {
    Self.tdx.expectLaw(row.changes)
  }
  @Test(arguments: sgxCases) func theLawHoldsWhereSGXsSourcesDisagree(_ row: ContradictionCase) {
    Self.sgx.expectLaw(row.changes)
  }
  @Test(arguments: tmeCases) func theLawHoldsWhereTMEsSourcesDisagree(_ row: ContradictionCase) {
    Self.tme.expectLaw(row.changes)
  }
  @Test(arguments: tsmeCases) func theLawHoldsWhereTSMEsSourcesDisagree(_ row: ContradictionCase) {
    Self.tsme.expectLaw(row.changes)
  }

  /// Kernel 6.16 counts no keys, a copy of an empty file may have lost them, and a guest's hypervisor shows what it likes.
  @Test(arguments: [
    [I.capacity: .bytes([]), H.release: H.text("6.16.3\n")],
    [I.capacity: .bytes([]), .origin: H.text("tree\n")],
    [I.capacity: .absent],
  ]) func anUncountedKeyMayBeInOrder(_ changes: [Question: Answer]) {
    #expect(Self.tdx.contradictions(changes).isEmpty)
  }

  @Test func aGuestHasNone() {
    for host in [Self.tdx, Self.sgx, Self.tme] {
      #expect(host.contradictions(I.guest.merging([I.leaf7: I.features()]) { $1 }).isEmpty)
    }
  }

  /// Kernel 6.12 and later clear the flag; with the flag shown the register must be wrong, which the ladder disputes.
  @Test func aNewKernelsFlagIsNotHeldAgainstIt() {
    #expect(Self.tme.contradictions([I.tmeActivate: H.msr(0)]).isEmpty)
    #expect(Self.tme.climb("intel.tme", [I.tmeActivate: H.msr(0)]).disputed.map(\.rung.id) == ["enabled"])
  }

  /// Before kernel 6.1 the flag sme says what the processor could.
  @Test func anOldKernelsFlagSMEIsNoSME() {
    let old = [H.flags: H.cpuinfo("sme sev"), H.release: H.text("5.15.0\n")]
    #expect(Self.tsme.contradictions(old).isEmpty)
    #expect(
      Self.tsme.contradictions([H.flags: H.cpuinfo("sme"), MemoryEncryptionTests.status: H.text("0\n")])
        .isEmpty)
  }
}
