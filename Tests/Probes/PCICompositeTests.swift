// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Evidence
import HostModel
import ProbePassthrough
import ProbeSRIOV
import Testing

/// Whole hosts as operators meet them, each with the verdict, the one cause and the kind of fix.
@Suite struct PCICompositeTests {
  private let card = "0000:3b:00.0"

  private func units(_ machine: PCIMachine) -> [AssignableUnit] { PassthroughProbe.examine(machine).units }

  private func unit(_ machine: PCIMachine, _ address: String) -> AssignableUnit? {
    units(machine).first { $0.members.first?.description == address }
  }

  /// An H200 with 16 VFs to give, alone in its group, in VFIO's hands, on node 1, below a port with ARI.
  private func h200() -> PCIMachine {
    var machine = PCIMachine.amd()
    machine.addPhysical(card, total: 16, driver: "vfio-pci", group: 31)
    machine.set(card, "uevent", "DRIVER=vfio-pci\nPCI_CLASS=30200\nPCI_ID=10DE:2335\nPCI_SUBSYS_ID=10DE:18BE")
    return machine
  }

  @Test func aCardAloneInVFIOsHandsIsReadyWithoutAWord() {
    let unit = unit(h200(), card)
    #expect(unit?.state == .ready)
    #expect(unit?.kind == "gpu")
    #expect(unit?.standing.remarks.isEmpty == true)
  }

  /// The capability is there, its TotalVFs is 0, and the kernel made no sriov_ files of it.
  @Test func sriovOffInTheBIOSKeepsTheVFsAndNotTheCard() throws {
    var machine = h200()
    for name in ["totalvfs", "numvfs", "offset", "stride", "vf_device", "drivers_autoprobe", "vf_total_msix"]
    {
      machine.remove(card, "sriov_\(name)")
    }
    var config = PCIConfig()
    config.addSRIOV(total: 0)
    let address = try #require(PCIAddress(card))
    machine.answers[.pciConfig(address)] = .bytes(config.bytes)
    #expect(unit(machine, card)?.state == .ready)
    let function = try #require(SRIOVProbe.examine(machine).physicalFunctions.first)
    #expect(function.standing.state == .blocked)
    #expect(function.standing.headline?.judgement.reason == .sriovOffInFirmware)
    #expect(function.standing.headline?.judgement.reason?.fixKind == .bios)
  }

  @Test func aCompanionThatTheHostUsesIsTheCause() {
    var machine = PCIMachine.intel()
    machine.add("0000:01:00.0", id: "10DE:2684", classCode: "30000", group: 12)
    machine.set("0000:01:00.0", "boot_vga", "0")
    machine.add("0000:01:00.1", id: "10DE:22BA", classCode: "40300", driver: "snd_hda_intel", group: 12)
    let headline = unit(machine, "0000:01:00.0")?.standing.headline?.judgement
    #expect(headline?.reason == .groupNotViable)
    #expect(headline?.because.contains("0000:01:00.1") == true)
    #expect(headline?.reason?.fixKind == .config)
  }

  /// Four GPUs of an A16, each served by NVIDIA's driver; a VF without a type is no vGPU yet.
  @Test func aVGPUWithoutATypeWaitsForOne() {
    var machine = PCIMachine.amd()
    for (index, bus) in ["25", "26", "27", "28"].enumerated() {
      let parent = "0000:\(bus):00.0"
      machine.addPhysical(parent, total: 16, driver: "nvidia", group: 40 + index)
      machine.set(
        parent, "uevent", "DRIVER=nvidia\nPCI_CLASS=30200\nPCI_ID=10DE:25B6\nPCI_SUBSYS_ID=10DE:14A9")
      machine.addVirtual("0000:\(bus):00.4", of: parent, index: 0, driver: "nvidia", group: 50 + index)
      machine.set(
        "0000:\(bus):00.4", "uevent",
        "DRIVER=nvidia\nPCI_CLASS=30200\nPCI_ID=10DE:25B6\nPCI_SUBSYS_ID=10DE:0000")
      machine.set("0000:\(bus):00.4", "nvidia/current_vgpu_type", "0")
    }
    let all = units(machine)
    #expect(all.count == 8)
    let virtual = all.filter { $0.kind == "vf" }
    #expect(virtual.allSatisfy { $0.state == .blocked })
    #expect(virtual.allSatisfy { $0.standing.headline?.judgement.reason == .vgpuTypeNotSet })
    // The card itself is not to be had while its VFs are in use.
    let whole = all.filter { $0.kind == "gpu" }
    #expect(whole.map(\.standing.headline?.judgement.reason) == Array(repeating: .vfsEnabled, count: 4))
  }

  @Test func twoNICsBehindAPortWithoutACSHoldEachOther() {
    var machine = PCIMachine.amd()
    machine.add("0000:00:01.0", id: "1022:1483", classCode: "60400", driver: "pcieport", group: 7)
    machine.add("0000:3b:00.0", id: "15B3:101D", classCode: "20000", group: 7)
    machine.add("0000:3c:00.0", id: "15B3:101D", classCode: "20000", group: 7)
    #expect(
      units(machine).map(\.standing.headline?.judgement.reason) == [
        .groupForeignMembers, .groupForeignMembers,
      ])
  }

  /// One cause of the host's, said of every device and fixed once.
  @Test func iommuOffBlocksEveryDeviceForOneCause() {
    var machine = PCIMachine.amd()
    machine.set(.file("/proc/cmdline"), "root=/dev/sda1 iommu=off\n")
    machine.set(.directory("/sys/kernel/iommu_groups"), "")
    machine.add("0000:3b:00.0")
    machine.add("0000:3c:00.0", id: "15B3:101D", classCode: "20000")
    let headlines = units(machine).map(\.standing.headline)
    #expect(Set(headlines.map { $0?.judgement.reason }) == [.iommuCommandLineOff])
    #expect(Set(headlines.map { $0?.rung }) == ["active-groups"])
    #expect(units(machine).allSatisfy { $0.state == .blocked })
  }
}
