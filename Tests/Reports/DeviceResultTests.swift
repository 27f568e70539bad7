// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Evidence
import HostModel
import Results
import Testing

/// Devices as cases: counted, and never named.
@Suite struct DeviceResultTests {
  private func report(gpus stops: [Reason?], kind: String = "gpu") -> HostReport {
    var report = SampleHost.report(SampleHost.ready)
    for (index, stop) in stops.enumerated() {
      report.add(gpus: [UInt8(index + 1)], driver: nil, stop: stop)
      report.units[index] = AssignableUnit(
        members: report.units[index].members, kind: kind, standing: report.units[index].standing)
    }
    return report
  }

  private func outcome(_ report: HostReport, _ id: String = "passthrough.gpu") -> TestCase.Outcome? {
    TestResults(report)["hostcap.pci.\(id)"]?.outcome
  }

  @Test func oneThatIsReadyIsEnough() {
    #expect(outcome(report(gpus: [.noReset, nil])) == .passed)
  }

  @Test func allBlockedFailsWithTheCausesMostFrequentFirst() throws {
    let report = report(gpus: [.bootDisplay, .noReset, .noReset])
    #expect(outcome(report) == .failed("3 blocked: pci.no_reset, pci.boot_display"))
    let one = try #require(TestResults(report)["hostcap.pci.passthrough.gpu"])
    #expect(one.reason == "pci.no_reset")
    #expect(one.details.contains("check: cat /sys/bus/pci/devices/ADDRESS/reset_method"))
  }

  @Test func oneThatIsNotKnownKeepsItOpen() {
    var report = report(gpus: [.noReset])
    let open = Rung("open", .kernel, "open", specification: "none") { _ in
      .unknown(.sourceDenied, "permission denied", citing: [])
    }
    let standing = Standing(Ladder("sample.open", "open", [open]).climb(SampleHost.ready))
    report.units.append(
      AssignableUnit(
        members: [PCIAddress(bus: 9, device: 0, function: 0)], kind: "gpu", standing: standing))
    #expect(outcome(report) == .skipped("unknown: 1 blocked, 1 unknown: pci.no_reset, source.denied"))
  }

  @Test func aFunctionThatDoesNotSayWhatItIsCouldBeOne() {
    var report = report(gpus: [.noReset])
    report.functions.append(PCIFunction(PCIAddress(bus: 9, device: 0, function: 0)))
    #expect(outcome(report) == .skipped("unknown: functions that do not say what they are: 1"))
  }

  @Test func onesThatNeverCanDoNotFail() {
    #expect(
      outcome(report(gpus: [.noIOMMUGroup]))
        == .skipped("this hardware never can: 1 absent: pci.no_iommu_group"))
  }

  @Test func aFunctionHandedOutAsVirtualOnesDoesNotFail() {
    #expect(
      outcome(report(gpus: [.vfsEnabled, .noReset]))
        == .skipped("1 blocked, 1 handed out as virtual functions: pci.no_reset"))
  }

  @Test func nobodyMissesADeviceOfNoKind() {
    #expect(
      outcome(report(gpus: [.noReset], kind: "other"), "passthrough.other")
        == .skipped("advice only: 1 blocked: pci.no_reset"))
  }

  @Test func noneIsNoFailAndNoneSeenIsUnknown() {
    #expect(outcome(report(gpus: [nil]), "passthrough.storage") == .skipped("none was seen"))
    #expect(
      outcome(SampleHost.report(SampleHost.ready)) == .skipped("unknown: no PCI function was seen"))
  }

  @Test func aModelOfTheTableIsACase() {
    #expect(outcome(.withDevices, "passthrough.model.nvidia-h200") == .passed)
    #expect(outcome(.withDevices, "sriov") == .passed)
    #expect(outcome(.withDevices, "confidential") == .passed)
  }
}
