// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Evidence
import HostModel
import ProbeAMDSEV
import Tape
import Testing

@Suite struct AMDSEVContradictionTests {
  typealias H = SEVHost
  static let capacity = Question.file("/sys/fs/cgroup/misc.capacity")

  static func ids(_ changes: [Question: Answer]) -> [String] {
    AMDSEVProbe.examine(H.with(changes)).contradictions.map(\.id)
  }

  @Test func aHealthyHostHasNone() { #expect(Self.ids([:]).isEmpty) }

  struct Case: Sendable, CustomTestStringConvertible {
    let id: String
    let changes: [Question: Answer]
    var testDescription: String { id }
    init(_ id: String, _ changes: [Question: Answer]) { (self.id, self.changes) = (id, changes) }
  }

  static let cases: [Case] = [
    // SYSCFG of the host in AMDSEV issue 271.
    Case("amd.snp-in-silicon-not-in-syscfg", [H.syscfg: H.msr(0x00f4_0000)]),
    Case(
      "amd.snp-in-silicon-not-set-at-boot",
      [H.syscfg: H.msr(0x00f4_0000), H.parameter("sev_snp"): H.text("N\n")]),
    Case("amd.cpuid-on-kvm-off", [H.parameter("sev_snp"): H.text("N\n")]),
    Case("amd.cpus-disagree-on-syscfg", [.msr(0xc001_0010, cpu: 127): H.msr(0x0374_0000)]),
    Case("amd.snp-on-but-not-initialised", [H.snpStatus: H.snp(state: 0, rmp: 0)]),
    Case("amd.snp-on-but-not-offered", [H.vmTypes: .bytes([0xd, 0, 0, 0])]),
    Case("amd.sev-on-without-asids", [H.leaf1F: H.registers(0x0001_fc3f, 0x4173, 0x1fd, 0x1fe)]),
    Case("amd.sev-es-on-but-not-offered", [H.vmTypes: .bytes([0x15, 0, 0, 0])]),
    Case("amd.capacity-without-sev", [H.parameter("sev"): H.text("N\n")]),
    Case("amd.capacity-lists-sev-es-alone", [Self.capacity: H.text("sev_es 509\n")]),
    Case(
      "amd.sev-uninitialised-by-choice",
      [H.sevStatus: H.sev(state: 0), .file("/sys/module/ccp/parameters/psp_init_on_probe"): H.text("N\n")]),
    Case("amd.snp-flag-without-kvm", [H.parameter("sev_snp"): H.text("N\n")]),
    Case("amd.smee-on-flag-hidden", [H.flags: H.cpuinfo("")]),
    Case(
      "amd.cpus-disagree",
      [
        .cpuid(leaf: 0x8000_0000, cpu: 127): H.registers(0x8000_0023),
        .cpuid(leaf: 0x8000_001f, cpu: 127): H.registers(0x0001_fc2f, 0x4173, 0x1fd, 0x80),
      ]),
    // Desktop Ryzen (Matisse): claims SEV, SEV-ES and 509 ASIDs, and has no SEV firmware.
    Case(
      "amd.sev-claimed-without-firmware",
      [
        H.misc: H.text("kvm\n"),
        H.flags: H.text(
          "vendor_id\t: AuthenticAMD\nmodel name\t: AMD Ryzen 9 3900X\nflags\t\t: svm sev sev_es sev_snp\n"),
      ]),
  ]

  /// From kernel 7.1 on SYSCFG[24] is set as kvm_amd loads: before that it tells nothing.
  @Test func laterKernelsSetSYSCFGLater() {
    let ids = Self.ids([
      H.release: H.text("7.1.8-amd64\n"), H.syscfg: H.msr(0x00f4_0000), H.parameter("sev_snp"): H.text("N\n"),
    ])
    #expect(!ids.contains { $0.hasPrefix("amd.snp-in-silicon") })
  }

  @Test(arguments: cases) func aGuestHasNone(_ row: Case) {
    let guest: [Question: Answer] = [
      .cpuid(leaf: 1): H.registers(0x00a0_0f11, 0, 0xfed8_320b),
      .cpuid(leaf: 0x4000_0000): H.registers(0x4000_0001, 0x4b4d_564b, 0x564b_4d56, 0x4d),
    ]
    #expect(Self.ids(row.changes.merging(guest) { $1 }).isEmpty)
  }

  @Test(arguments: cases) func isFound(_ row: Case) { #expect(Self.ids(row.changes).contains(row.id)) }

  /// Two sources are needed for a contradiction: with any one of them lost there is none of that name.
  @Test(arguments: cases) func needsBothSources(_ row: Case) throws {
    let found = AMDSEVProbe.examine(H.with(row.changes)).contradictions.first { $0.id == row.id }
    for question in try #require(found).citing {
      let changes = row.changes.merging([question: .denied]) { _, new in new }
      #expect(!Self.ids(changes).contains(row.id), "\(question)")
    }
  }
}
