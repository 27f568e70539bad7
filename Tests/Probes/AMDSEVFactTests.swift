// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Evidence
import HostModel
import ProbeAMDSEV
import Tape
import Testing

@Suite struct AMDSEVFactTests {
  typealias H = SEVHost

  static func facts(_ changes: [Question: Answer] = [:]) -> [String: Fact.Value] {
    let facts = AMDSEVProbe.examine(H.with(changes)).facts
    return Dictionary(facts.map { ($0.id, $0.value) }) { first, _ in first }
  }

  /// A Milan's leaf: C-bit 51, 5 address bits lost, 4 VMPLs, 509 ASIDs, of which the BIOS kept 127 for SEV-ES.
  @Test func theLeafIsDecoded() {
    let facts = Self.facts()
    #expect(facts["amd.c-bit"] == .count(51))
    #expect(facts["amd.physical-address-reduction"] == .count(5))
    #expect(facts["amd.vmpl-count"] == .count(4))
    #expect(facts["amd.sev.max-asid"] == .count(509))
    #expect(facts["amd.sev.guests"] == .count(382))
    #expect(facts["amd.sev-es.guests"] == .count(127))
    #expect(facts["amd.sev-snp"] == .flag(true))
  }

  @Test func theFirmwareSaysItsVersions() {
    let facts = Self.facts()
    #expect(facts["amd.psp.sev-api"] == .text("1.55.21"))
    #expect(facts["amd.psp.snp-api"] == .text("1.55.21"))
    #expect(
      facts["amd.psp.snp-tcb-components"] == .list(["bootloader=4", "tee=0", "snp=22", "microcode=213"]))
    #expect(facts["amd.psp.alias-check"] == .flag(true))
    #expect(Self.facts([H.snpStatus: H.snp(state: 1, rmp: 1)])["amd.psp.alias-check"] == .flag(false))
    // 1.55.21 is a build short of Milan's alias check.
    #expect(facts["amd.psp.snp-abilities"] == .list(["snp", "snp-init-ex", "kexec"]))
  }

  @Test func theBootloaderBelowLoadableFirmwareIsNamed() {
    let driver = "/sys/bus/pci/drivers/ccp"
    let facts = Self.facts([
      .directory(driver): H.text("0000:22:00.1\nbind\nmodule\n"),
      .file("\(driver)/0000:22:00.1/bootloader_version"): H.text("00.13.00.70\n"),
      .file("\(driver)/0000:22:00.1/tee_version"): .absent,
    ])
    #expect(facts["amd.psp.bootloader-version"] == .text("00.13.00.70"))
    #expect(facts["amd.psp.tee-version"] == nil)
  }

  /// Turin: fmc first, microcode still last.
  @Test func familyOneAKeepsItsTCBElsewhere() {
    let turin = Self.facts([.cpuid(leaf: 1): H.registers(0x00b0_0f21, 0, 0x7ed8_320b)])
    #expect(
      turin["amd.psp.snp-tcb-components"]
        == .list(["fmc=4", "bootloader=0", "tee=0", "snp=0", "microcode=213"]))
  }

  @Test func anIntelProcessorHasNoAMDFacts() {
    #expect(Self.facts(AMDSEVTests.intel).keys.filter { $0.hasPrefix("amd.") }.isEmpty)
  }

  /// Only the kernel's flags are at hand: what they show is proven, what they do not is no fact.
  @Test func flagsAloneProveWhatTheyShow() {
    let facts = Self.facts([.cpuid(leaf: 0x8000_0000): .withheld("not on this dump")])
    #expect(facts["amd.sev"] == .flag(true))
    #expect(facts["amd.sme"] == nil)
    #expect(facts["amd.c-bit"] == nil)
  }
}
