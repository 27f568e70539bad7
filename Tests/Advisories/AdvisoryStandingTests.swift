// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Advisories
import HostModel
import Testing

/// Where hosts stand: never better than what was seen.
@Suite struct AdvisoryStandingTests {
  /// An EPYC of a family, model and stepping with what its secure processor says.
  static func epyc(_ model: UInt64, family: UInt64 = 0x19, _ more: [String: Fact.Value] = [:]) -> KnownFacts {
    KnownFacts(
      [
        "cpu.vendor": .text("AuthenticAMD"), "cpu.family": .count(family), "cpu.model": .count(model),
        "cpu.stepping": .count(1),
      ].merging(more) { _, new in new })
  }

  static func xeon(_ model: UInt64, _ more: [String: Fact.Value] = [:]) -> KnownFacts {
    KnownFacts(
      [
        "cpu.vendor": .text("GenuineIntel"), "cpu.family": .count(6), "cpu.model": .count(model),
        "cpu.stepping": .count(8),
      ].merging(more) { _, new in new })
  }

  /// A Genoa with all updates of 2026.
  static let currentGenoa = epyc(
    0x11,
    [
      "cpu.microcode": .text("0xa101158"), "amd.psp.snp-api": .text("1.55.49"),
      "amd.psp.alias-check": .flag(true),
      "amd.psp.snp-tcb-components": .list(["bootloader=11", "tee=0", "snp=27", "microcode=88"]),
    ])

  func standing(_ id: String, _ facts: KnownFacts, obstacle: String? = nil) throws -> AdvisoryStanding {
    let all = AdvisoryTable.embedded.standings(of: AdvisedHost(facts, obstacle: obstacle))
    return try #require(all.first { $0.advisory.id == id })
  }

  @Test func anOldRevisionIsAffectedAndTheNextStepNamesTheFirstFixedOne() throws {
    let old = try standing("AMD-SB-3005", Self.epyc(1, ["cpu.microcode": .text("0xa0011ce")]))
    #expect(old.state == .affected)
    #expect(old.because == "microcode 0xa0011ce, and 0xa0011d1 is the first that is fixed")
    #expect(old.next?.contains("0x0a0011d1") == true && old.next?.contains("MilanPI 1.0.0.C") == true)
  }

  @Test func theFirstFixedRevisionIsFixedAndNeedsNothing() throws {
    let fixed = try standing("AMD-SB-3005", Self.epyc(1, ["cpu.microcode": .text("0xa0011d1")]))
    #expect(fixed.state == .fixed && fixed.next == nil)
  }

  @Test func theOldestProcessorOfAHostDecides() throws {
    let facts = Self.epyc(
      1,
      [
        "cpu.microcode": .text("0xa0011de"), "cpu.microcode-revisions": .list(["0xa0011ce", "0xa0011de"]),
      ])
    #expect(try standing("AMD-SB-3005", facts).state == .affected)
  }

  /// Milan-X counts by itself: its 0x36 is not younger than Milan's 0x35.
  @Test func aRevisionIsComparedWithItsOwnLineOnly() throws {
    let stacked = Self.epyc(1, ["cpu.microcode": .text("0xa001233")])
    #expect(try standing("AMD-SB-3005", stacked).state == .affected)
    let foreign = try standing("AMD-SB-3005", Self.epyc(1, ["cpu.microcode": .text("0xa008299")]))
    #expect(foreign.state == .unknown && foreign.because.contains("line"))
    // A Xeon Max has 2c…, whose number is above every 2b….
    #expect(
      try standing("INTEL-SA-00950", Self.xeon(0x8f, ["cpu.microcode": .text("0x2c000271")])).state
        == .affected)
    #expect(
      try standing("INTEL-SA-00950", Self.xeon(0x8f, ["cpu.microcode": .text("0x2b0004d0")])).state == .fixed)
  }

  @Test(arguments: ["0x0", "ffffffff", "", "0x", "0xzz"]) func whatIsNoRevisionIsNotKnown(_ text: String)
    throws
  {
    #expect(try standing("AMD-SB-3005", Self.epyc(1, ["cpu.microcode": .text(text)])).state == .unknown)
  }

  @Test func everyNeedCounts() throws {
    #expect(try standing("AMD-SB-3020", Self.currentGenoa).state == .fixed)
    var values = Self.currentGenoa.values
    values["cpu.microcode"] = .text("0xa101154")
    #expect(try standing("AMD-SB-3020", KnownFacts(values)).state == .affected)
    values["cpu.microcode"] = nil
    #expect(try standing("AMD-SB-3020", KnownFacts(values)).state == .unknown)
  }

  /// Microcode alone does not clear buffers.
  @Test func whatTheKernelHasToDoIsSeenOrUnknown() throws {
    let microcode: [String: Fact.Value] = ["cpu.microcode": .text("0xa0011de")]
    func state(_ more: [String: Fact.Value]) throws -> AdvisoryState {
      try standing("AMD-SB-7029", Self.epyc(1, microcode.merging(more) { _, new in new })).state
    }
    #expect(try state([:]) == .unknown)
    #expect(try state(["cpu.vulnerable": .list([]), "cpu.mitigated": .list(["meltdown"])]) == .unknown)
    #expect(try state(["cpu.vulnerable": .list(["tsa"]), "cpu.mitigated": .list([])]) == .affected)
    #expect(try state(["cpu.vulnerable": .list([]), "cpu.mitigated": .list(["tsa"])]) == .fixed)
  }

  @Test func newFirmwareThatHasNotCheckedForAliasesIsAffected() throws {
    var values = Self.currentGenoa.values
    #expect(try standing("AMD-SB-3015", KnownFacts(values)).state == .fixed)
    values["amd.psp.alias-check"] = .flag(false)
    let standing = try standing("AMD-SB-3015", KnownFacts(values))
    #expect(standing.state == .affected && standing.because.hasPrefix("ALIAS_CHECK_COMPLETE = 0"))
  }

  @Test func theUpdateThatCostsSEVESGuestsSaysSo() throws {
    var values = Self.currentGenoa.values
    values["amd.psp.snp-tcb-components"] = .list(["snp=23"])
    let standing = try standing("AMD-SB-3023", KnownFacts(values))
    #expect(standing.state == .affected)
    #expect(standing.next?.contains("refuses SEV-ES guests") == true)
  }

  @Test func whereThereIsNoFixTheHostIsAffectedWhateverItRuns() throws {
    let rome = try standing(
      "AMD-SB-3005", Self.epyc(0x31, family: 0x17, ["cpu.microcode": .text("0x830107d")]))
    #expect(rome.state == .affected && rome.next == nil && rome.because.contains("no update is planned"))
  }

  @Test func aMinimumThatNobodyPublishedIsUnknownAndSaysWhomToAsk() throws {
    let standing = try standing("AMD-SB-3034", Self.currentGenoa)
    #expect(standing.state == .unknown)
    #expect(standing.because.contains("maker of the board") && standing.because.contains("GenoaPI 1.0.0.H"))
  }

  @Test(arguments: [
    ("1.5.04", AdvisoryState.affected), ("1.5.05", .unknown), ("1.5.06", .fixed), ("2.0.00", .fixed),
    ("x", .unknown),
  ])
  func theModulesVersionIsTooShortToTellOneReleaseApart(_ version: String, _ state: AdvisoryState) throws {
    #expect(
      try standing("INTEL-SA-01036", Self.xeon(0xcf, ["intel.tdx.module-version": .text(version)])).state
        == state)
  }

  @Test func otherProcessorsAreNotAffectedAndUnknownOnesAreUnknown() throws {
    #expect(try standing("AMD-SB-3005", Self.xeon(0x8f)).state == .notAffected)
    #expect(try standing("AMD-SB-3005", Self.currentGenoa).state == .notAffected)
    // Newer than the table: what it needs nobody here knows.
    #expect(try standing("AMD-SB-3005", Self.epyc(0x50, family: 0x1a)).state == .unknown)
  }

  @Test func inAGuestNothingIsKnown() {
    let host = AdvisedHost(Self.currentGenoa, obstacle: "a guest under KVM")
    for standing in AdvisoryTable.embedded.standings(of: host) {
      #expect(standing.state == .unknown && standing.because == "a guest under KVM")
    }
  }

  /// The law of the whole program, for these verdicts: taking evidence away may only turn one into unknown.
  @Test func lessIsNeverKnownBetter() {
    let old = Self.epyc(
      1,
      [
        "cpu.microcode": .text("0xa0011ce"), "amd.psp.snp-api": .text("1.55.21"),
        "amd.psp.alias-check": .flag(false),
        "amd.psp.snp-tcb-components": .list(["snp=20"]),
      ])
    let xeon = Self.xeon(
      0xad, ["cpu.microcode": .text("0x10003d0"), "intel.tdx.module-version": .text("1.5.16")])
    for facts in [Self.currentGenoa, old, xeon] {
      let whole = AdvisoryTable.embedded.standings(of: AdvisedHost(facts, obstacle: nil))
      for id in facts.values.keys {
        var values = facts.values
        values[id] = nil
        let less = AdvisoryTable.embedded.standings(of: AdvisedHost(KnownFacts(values), obstacle: nil))
        for (before, after) in zip(whole, less) {
          #expect(
            after.state == before.state || after.state == .unknown, "\(before.advisory.id) without \(id)")
        }
      }
    }
  }
}
