// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Catalog
import Evidence
import HostModel
import Results
import Tape
import Testing

/// What a report comes to as passed, failed and skipped: unknown is neither of the first two, and hardware that never can
/// does not fail.
@Suite struct TestResultsTests {
  private static func all() throws -> [HostReport] {
    try ResultTapes.names.map(ResultTapes.report) + [ResultTapes.guest(), ResultTapes.nothing()]
  }

  @Test func aCapabilityPassesWhereItIsReadyAndFailsWhereItIsBlocked() throws {
    var seen: Set<CapabilityState> = []
    for report in try Self.all() {
      let results = TestResults(report)
      for climb in report.climbs {
        let one = try #require(results["hostcap.\(climb.ladder.id)"])
        let expected = [CapabilityState.ready: "passed", .blocked: "failed"][climb.state] ?? "skipped"
        #expect(one.word == expected, "\(one.id)")
        seen.insert(climb.state)
      }
    }
    #expect(seen == Set(CapabilityState.allCases))
  }

  @Test func aRungFailsOnlyBelowABlockedCapability() throws {
    var words: Set<String> = []
    for report in try Self.all() {
      let results = TestResults(report)
      for climb in report.climbs {
        for step in climb.steps {
          let one = try #require(results["hostcap.\(climb.ladder.id).\(step.rung.id)"])
          let verdict = step.judgement.verdict
          let fails =
            verdict == .fail && climb.state == .blocked && !step.rung.isAdvisory && step.impliedBy.isEmpty
          let passes = verdict == .pass || verdict == .warn
          #expect(one.word == (passes ? "passed" : fails ? "failed" : "skipped"), "\(one.id)")
          #expect(one.details.contains(step.rung.title))
        }
      }
      words.formUnion(results.cases.map(\.word))
    }
    #expect(words == ["passed", "failed", "skipped"])
  }

  @Test func whatStopsSEVSNPIsSaidWithItsFix() throws {
    let one = try #require(TestResults(try ResultTapes.report("iommu-pt"))["hostcap.amd.sev-snp"])
    #expect(one.outcome == .failed("stops at iommu-translated (kernel): iommu=pt on the command line"))
    #expect(one.reason == "kernel.iommu_passthrough")
    #expect(one.details.contains("\nfix: reboot: remove iommu=pt on the kernel command line"))
    #expect(one.details.contains("\ncheck: cat /proc/cmdline"))
  }

  @Test func hardwareThatNeverCanIsSkippedWithAllItsRungs() throws {
    let results = TestResults(try ResultTapes.report("pci-amd"))
    let one = try #require(results["hostcap.amd.sev-es"])
    #expect(one.outcome == .skipped("this hardware never can: Fn8000_000A_EDX[1] (LBRV) = 0"))
    let suite = try #require(results.suites.first { $0.name == "amd.sev-es" })
    #expect(suite.count.failed == 0)
    let smee = try #require(results["hostcap.amd.sev-es.smee"])
    #expect(smee.outcome == .skipped("this hardware never can, and so: SYSCFG[23] (MemEncryptionModEn) = 0"))
  }

  @Test func aFailBelowUnknownHardwareIsSkipped() throws {
    let results = TestResults(try ResultTapes.report("pci-amd"))
    #expect(results["hostcap.amd.sme"]?.why?.hasPrefix("unknown: silicon (cpu): ") == true)
    #expect(
      results["hostcap.amd.sme.smee"]?.outcome
        == .skipped("not known whether this hardware can at all: SYSCFG[23] (MemEncryptionModEn) = 0"))
  }

  @Test func rungsBehindAGateAreCasesAllTheSame() throws {
    let results = TestResults(try ResultTapes.report("pci-amd"))
    let suite = try #require(results.suites.first { $0.name == "intel.tdx" })
    let ladder = try #require(Catalog.capabilities.first { $0.id == "intel.tdx" })
    #expect(suite.cases.map(\.id).dropFirst() == ladder.rungs.map { "hostcap.intel.tdx.\($0.id)" }[...])
    #expect(suite.cases.last?.outcome == .skipped("not asked, for this does not hold: an Intel processor"))
  }

  @Test func aGuestFailsNothing() {
    let results = TestResults(ResultTapes.guest())
    #expect(results.count.failed == 0)
    #expect(results["hostcap.amd.sev"]?.outcome == .skipped("not applicable: a guest under KVM"))
    #expect(results["hostcap.pci.passthrough.gpu"]?.outcome == .skipped("not applicable: a guest under KVM"))
  }

  @Test func whoSaysNothingFailsNothingAndPassesNothing() {
    let results = TestResults(ResultTapes.nothing())
    #expect(results.count.failed == 0)
    #expect(results.count.passed == 0)
    #expect(results.worker == "worker")
  }

  @Test func everyHostHasTheSameCasesOnce() throws {
    // What a guest sees of itself is asked of guests, and of what may be one.
    func isOfGuest(_ id: String) -> Bool { id.hasPrefix("hostcap.guest.") }
    let first = TestResults(ResultTapes.nothing()).cases.map(\.id)
    #expect(first.contains(where: isOfGuest))
    for report in try Self.all() {
      let ids = TestResults(report).cases.map(\.id)
      #expect(Set(ids).count == ids.count)
      let fixed = ids.filter { !$0.hasPrefix("hostcap.pci.passthrough.model.") }
      #expect(fixed.filter { !isOfGuest($0) } == first.filter { !isOfGuest($0) })
      #expect(!fixed.contains(where: isOfGuest) || fixed == first)
      #expect(ids.allSatisfy { $0.wholeMatch(of: /hostcap(\.[a-z0-9-]+)+/) != nil })
    }
  }

  @Test func anAdvisoryRungFailsNothing() {
    let advice = Rung("advice", .kernel, "is well", specification: "none", isAdvisory: true) { _ in
      .fail(.smeeOff, "is not", citing: [])
    }
    let machine = Environment.rung
    var report = SampleHost.report(SampleHost.ready)
    report.climbs = [Ladder("sample.advised", "advised", [machine, advice]).climb(SampleHost.ready)]
    let results = TestResults(report)
    #expect(results["hostcap.sample.advised"]?.outcome == .passed)
    #expect(results["hostcap.sample.advised.advice"]?.outcome == .skipped("advice only: is not"))
  }

  @Test func twoSourcesThatDisagreeLeaveTheCaseOpen() {
    let lower = Rung("lower", .firmware, "lower", specification: "none") { _ in
      .fail(.smeeOff, "off", citing: [])
    }
    let upper = Rung("upper", .kvm, "upper", specification: "none", implies: ["lower"]) { _ in
      .pass("on", citing: [])
    }
    var report = SampleHost.report(SampleHost.ready)
    report.climbs = [Ladder("sample.disputed", "disputed", [lower, upper]).climb(SampleHost.ready)]
    let results = TestResults(report)
    #expect(results["hostcap.sample.disputed"]?.outcome == .skipped("unknown: lower (firmware): off"))
    #expect(
      results["hostcap.sample.disputed.lower"]?.outcome
        == .skipped("unknown: off, but upper holds, which cannot without it"))
  }

  @Test func whatAnAdministratorCallsADescriptorIsNotTold() {
    let descriptor = Rung("firmware", .guestFirmware, "is there", specification: "none") { _ in
      .fail(
        .smeeOff, "60-compute-07.json: no sev, and 61-rack.json too",
        citing: [.file("/etc/qemu/firmware/60-compute-07.json")])
    }
    var report = ResultTapes.nothing()
    report.climbs = [Ladder("amd.sev", "SEV", [descriptor]).climb(Tape())]
    let text = TestResults(report).cases.map { "\($0)" }.joined()
    #expect(text.contains("FILE: no sev, and FILE too") && text.contains("/etc/qemu/firmware/FILE"))
    #expect(!text.contains("compute-07") && !text.contains("rack"))
  }
}
