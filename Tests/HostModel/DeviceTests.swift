// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Evidence
import HostModel
import Tape
import Testing

@Suite struct DeviceTests {
  static func address(_ text: String) -> PCIAddress {
    PCIAddress(text) ?? PCIAddress(bus: 0, device: 0, function: 0)
  }

  static func standing(_ verdict: Verdict, _ reason: Reason? = nil) -> Standing {
    Standing(
      ClimbTests.climb([ClimbTests.rung("a", .cpu, .pass), ClimbTests.rung("b", .kernel, verdict, reason)]))
  }

  static let report: HostReport = {
    var report = HostReport(Tape(ClimbTests.bareMetal), probes: [])
    func add(
      _ text: String, _ kind: String?, classCode: UInt32, _ standing: Standing, of parent: String? = nil
    ) {
      var function = PCIFunction(address(text))
      (function.classCode, function.physicalFunction) = (classCode, parent.map(address))
      report.functions.append(function)
      guard let kind else { return }
      report.units.append(AssignableUnit(members: [address(text)], kind: kind, standing: standing))
    }
    add("0000:81:00.1", "vf", classCode: 0x020000, standing(.pass), of: "0000:81:00.0")
    add("0000:3b:00.0", "gpu", classCode: 0x030200, standing(.fail, .groupNotViable))
    add("0000:81:00.0", "network", classCode: 0x020000, standing(.pass))
    add("0000:82:00.0", nil, classCode: 0x088000, standing(.pass))
    report.physicalFunctions = [
      PhysicalFunction(address("0000:81:00.0"), standing: standing(.fail, .sriovNoMMIO)),
      PhysicalFunction(address("0000:82:00.0"), standing: standing(.pass)),
    ]
    return report
  }()

  static func names(_ change: (inout Device.Filter) -> Void = { _ in }) -> [String] {
    var filter = Device.Filter()
    change(&filter)
    return report.devices(filter).compactMap { $0.members.first?.description }
  }

  @Test func everyUnitAndEveryPhysicalFunctionIsARowByAddress() {
    #expect(Self.names() == ["0000:3b:00.0", "0000:81:00.0", "0000:81:00.1", "0000:82:00.0"])
    #expect(Self.report.devices().map(\.kind) == ["gpu", "network", "vf", "function"])
  }

  @Test func filtersLeaveWhatHoldsThemAll() {
    #expect(Self.names { $0.isGPU = true } == ["0000:3b:00.0"])
    #expect(Self.names { $0.isSRIOV = true } == ["0000:81:00.0", "0000:81:00.1", "0000:82:00.0"])
    // A unit that is ready, and whose VFs something keeps back, is among the blocked.
    #expect(Self.names { $0.isBlocked = true } == ["0000:3b:00.0", "0000:81:00.0"])
    #expect(Self.names { ($0.isGPU, $0.isSRIOV) = (true, true) } == [])
  }
}
