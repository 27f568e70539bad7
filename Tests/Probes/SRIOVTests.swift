// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Evidence
import HostModel
import ProbeSRIOV
import Testing

@Suite struct SRIOVTests {
  private let address = "0000:3b:00.0"

  private func one(_ machine: some HostSource) -> PhysicalFunction? {
    let all = SRIOVProbe.examine(machine).physicalFunctions
    return all.count == 1 ? all[0] : nil
  }

  private func machine(_ change: (inout PCIMachine) -> Void = { _ in }) -> PCIMachine {
    var machine = PCIMachine.amd()
    machine.addPhysical(address)
    change(&machine)
    return machine
  }

  private func capability(total: UInt16) -> Answer {
    var config = PCIConfig()
    config.addSRIOV(total: total)
    return .bytes(config.bytes)
  }

  private let config = Question.pciConfig(PCIAddress(bus: 0x3b, device: 0, function: 0))

  private func hideFiles(_ machine: inout PCIMachine) {
    for name in ["totalvfs", "numvfs", "offset", "stride", "vf_device", "drivers_autoprobe", "vf_total_msix"]
    {
      machine.remove(address, "sriov_\(name)")
    }
  }

  @Test func fieldsAreReadAsSysfsPrintsThem() {
    let function = one(machine())
    #expect(function?.standing.state == .ready)
    #expect(function?.standing.remarks.isEmpty == true)
    #expect(function?.totalVFs == 16)
    #expect(function?.activeVFs == 0)
    #expect(function?.vfDevice == 0x101e)
    #expect(function?.firstVFOffset == 2)
    #expect(function?.vfStride == 1)
    #expect(function?.driversAutoprobe == true)
    #expect(function?.freeVFs == 16)
  }

  @Test func offInFirmwareIsTheRegister() {
    let function = one(
      machine {
        hideFiles(&$0)
        $0.answers[config] = capability(total: 0)
      })
    #expect(function?.standing.headline?.judgement.reason == .sriovOffInFirmware)
    #expect(function?.standing.state == .blocked)
    #expect(function?.totalVFs == 0)
  }

  @Test func hiddenByTheKernelIsNotOffInFirmware() {
    let function = one(machine { hideFiles(&$0) })
    #expect(function?.standing.headline?.judgement.reason == .sriovHiddenByKernel)
    #expect(function?.totalVFs == 16)
  }

  @Test func zeroIsTheDriversDoing() {
    let function = one(machine { $0.set(address, "sriov_totalvfs", "0") })
    #expect(function?.standing.headline?.judgement.reason == .sriovCappedByDriver)
  }

  @Test func oneLessThanTheRegisterIsAFindingOnly() {
    let result = SRIOVProbe.examine(
      machine {
        $0.set(address, "sriov_totalvfs", "63")
        $0.answers[config] = capability(total: 64)
      })
    #expect(result.physicalFunctions.map(\.totalVFs) == [63])
    #expect(result.physicalFunctions.map(\.standing.state) == [.ready])
    #expect(result.findings.map(\.reason) == [.sriovCappedByDriver])
    #expect(result.findings.map(\.because) == ["sriov_totalvfs = 63, register TotalVFs = 64"])
  }

  @Test(arguments: [
    "0x0000000000000000 0x00000000000fffff 0x000000002014220c", PCIMachine.empty,
    "0x0000000000000000 0x00000000000fffff 0x000000000014220c",
  ])
  func vfBARWithoutAnAddressIsNoRoom(_ line: String) {
    let function = one(machine { $0.set(address, "resource", PCIMachine.resource(vf: line)) })
    #expect(function?.standing.headline?.judgement.reason == .sriovNoMMIO)
  }

  @Test func moreThanEightFunctionsNeedARI() {
    let function = one(machine { $0.set(address, "ari_enabled", "0") })
    #expect(function?.standing.headline?.judgement.reason == .sriovNoBusNumbers)
    let few = one(
      machine {
        $0.set(address, "ari_enabled", "0")
        $0.set(address, "sriov_totalvfs", "6")
      })
    #expect(few?.standing.state == .ready)
  }

  @Test func nextBusHasToBelongToThePort() {
    func standing(_ end: String) -> Standing? {
      one(
        machine {
          $0.set(address, "sriov_offset", "384")
          $0.set(address, "sriov_stride", "2")
          $0.set("0000:00:01.0", "subordinate_bus_number", end)
        })?.standing
    }
    #expect(standing("59")?.headline?.judgement.reason == .sriovNoBusNumbers)
    #expect(standing("60")?.state == .ready)
    #expect(standing("many")?.state == .unknown)
  }

  @Test func withoutADriverNobodyEnablesVFs() {
    var machine = PCIMachine.amd()
    machine.addPhysical(address, driver: nil)
    #expect(one(machine)?.standing.headline?.judgement.reason == .sriovNoDriver)
    machine.addPhysical(address, driver: "vfio-pci")
    machine.set(.file("/sys/module/vfio_pci/parameters/enable_sriov"), "N\n")
    #expect(one(machine)?.standing.headline?.judgement.reason == .sriovNoDriver)
    machine.set(.file("/sys/module/vfio_pci/parameters/enable_sriov"), "Y\n")
    #expect(one(machine)?.standing.state == .ready)
  }

  @Test func poolOfVectorsAdvisesOnly() {
    let function = one(machine { $0.set(address, "sriov_vf_total_msix", "4") })
    #expect(function?.standing.state == .ready)
    #expect(function?.standing.remarks.map(\.judgement.reason) == [.sriovNoMSIX])
  }

  @Test func vfsAreCountedByWhoHoldsThem() {
    let machine = machine {
      $0.addVirtual("0000:3b:00.2", of: address, index: 0, driver: "mlx5_core")
      $0.addVirtual("0000:3b:00.3", of: address, index: 1, driver: "vfio-pci")
      $0.addVirtual("0000:3b:00.4", of: address, index: 2, driver: "vendor_driver")
      $0.set(.directory("/sys/bus/pci/devices/0000:3b:00.4/vfio-dev"), "vfio3\n")
      $0.addVirtual("0000:3b:00.5", of: address, index: 3)
    }
    let function = one(machine)
    #expect(function?.activeVFs == 4)
    #expect(function?.assignedVFs == 2)
    #expect(function?.freeVFs == 14)
    #expect(
      function?.virtualFunctions.map(\.description) == [
        "0000:3b:00.2", "0000:3b:00.3", "0000:3b:00.4", "0000:3b:00.5",
      ])
    let facts = Dictionary(uniqueKeysWithValues: SRIOVProbe.examine(machine).facts.map { ($0.id, $0.value) })
    #expect(
      facts == [
        "pci.physical-functions": .count(1), "sriov.total-vfs": .count(16), "sriov.active-vfs": .count(4),
        "sriov.assigned-vfs": .count(2), "sriov.free-vfs": .count(14),
      ])
  }

  @Test func holeInTheLinksLosesNoVF() {
    let machine = machine {
      $0.addVirtual("0000:3b:00.2", of: address, index: 0)
      $0.addVirtual("0000:3b:00.4", of: address, index: 2)
      $0.set(address, "sriov_numvfs", "2")
      // The first one's way back is broken.
      $0.link("0000:3b:00.2", "physfn", "../gone")
    }
    #expect(one(machine)?.virtualFunctions.map(\.description) == ["0000:3b:00.2", "0000:3b:00.4"])
  }

  @Test func holderThatIsDeniedLeavesTheCountOut() {
    let machine = machine {
      $0.addVirtual("0000:3b:00.2", of: address, index: 0, driver: "iavf")
      $0.answers[.directory("/sys/bus/pci/devices/0000:3b:00.2/vfio-dev")] = .denied
    }
    #expect(one(machine)?.assignedVFs == nil)
    #expect(!SRIOVProbe.examine(machine).facts.map(\.id).contains("sriov.assigned-vfs"))
  }

  @Test func moreThanTheTotalIsAContradiction() {
    let result = SRIOVProbe.examine(machine { $0.set(address, "sriov_numvfs", "23") })
    #expect(result.contradictions.map(\.id) == ["sriov.more-active-than-total"])
  }

  @Test func configurationSpaceIsAskedOnlyWhereVFsAreToBeExpected() {
    var machine = PCIMachine.amd()
    machine.add("0000:00:14.0", id: "8086:A36D", classCode: "C0330", driver: "xhci_hcd")
    machine.addPhysical(address)
    machine.addVirtual("0000:3b:00.2", of: address, index: 0)
    let asked = QuestionLog(machine)
    _ = SRIOVProbe.examine(asked)
    #expect(asked.questions.filter { if case .pciConfig = $0 { true } else { false } } == [config])
  }

  @Test func dumpOfConfigurationSpacesHasTotalsToo() {
    var space = PCIConfig()
    space.addSRIOV(total: 8, number: 1, isEnabled: true)
    space.bytes.replaceSubrange(0x08..<0x0c, with: [0, 0, 0, 0x08])
    var machine = PCIMachine()
    machine.set(.origin, "pci\n")
    machine.add(address, to: "/sys/bus/pci/devices")
    machine.answers[config] = .bytes(space.bytes)
    let function = one(WithholdingCopy(machine))
    #expect(function?.totalVFs == 8)
    #expect(function?.activeVFs == 1)
    #expect(function?.standing.state == .unknown)
  }

  @Test func guestIsNotJudged() {
    let function = one(
      machine {
        $0.set(cpuid: 1, CPUIDRegisters(ecx: 1 << 31))
        $0.set(address, "sriov_totalvfs", "0")
      })
    #expect(function?.standing.state == .notApplicable)
  }

  @Test func laddersListWhatTheyClimb() {
    #expect(SRIOVProbe.ladders.map(\.id) == ["pci.sriov"])
    let climbed = SRIOVProbe.ladder(for: PCIAddress(bus: 0x3b, device: 0, function: 0)).climb(machine())
    #expect(climbed.steps.map(\.rung.id) == SRIOVProbe.ladders[0].rungs.map(\.id))
    #expect(climbed.state == .ready)
  }
}
