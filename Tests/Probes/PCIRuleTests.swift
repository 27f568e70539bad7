// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Evidence
import HostModel
import Testing

/// A tape for every rule: from the silicon over firmware, kernel, binding and isolation up to the scheduler.
///
/// N2 (type since the last report), N3 (one device_spec matches), N4 (a physical function and its VFs), N5 (one class a
/// physical function), N7 (names) and N9 (no memory encryption) speak of a plan; its tests name them.
@Suite struct PCIRuleTests {
  @Test(arguments: silicon + firmware + kernel + binding + isolation + scheduler)
  func aRuleFindsItsFaultAndNoOther(_ rule: PCIRule) throws {
    let said = rule.said(of: rule.machine)
    #expect(said.verdict == rule.verdict)
    #expect(said.reason == rule.reason)
    let taped = try rule.said(of: rule.tape())
    #expect(taped == said)
    // The fault is the change's: without it the rule is content.
    let before = PCIRule(rule.name, rule.place, .pass, nil, on: .healthyLike(rule.machine)) { _ in }
    let calm = before.said(of: before.machine)
    #expect([.pass, .notApplicable].contains(calm.verdict))
  }

  static let silicon = [
    PCIRule("S1 class", .confidential("silicon"), .unknown, .deviceUnclassified) {
      $0.set(PCIRule.card, "uevent", "PCI_CLASS=30200\nPCI_ID=10DE:FFF0\nPCI_SUBSYS_ID=10DE:0000")
    },
    PCIRule("S2 header", .unit("endpoint"), .fail, .notAssignable) {
      $0.set(PCIRule.card, "uevent", "PCI_CLASS=60400\nPCI_ID=1022:1483\nPCI_SUBSYS_ID=1022:1483")
    },
    PCIRule("S3 SR-IOV", .sriov("capability"), .fail, .sriovNotSupported) {
      $0.withoutSRIOVFiles()
      $0.answers[.pciConfig(PCIRule.address)] = .bytes(PCIConfig().bytes)
    },
    PCIRule("S4 reset", .unit("reset"), .warn, .resetPowerManagementOnly) {
      $0.set(PCIRule.card, "reset_method", "pm")
    },
    PCIRule("S5 responds", .unit("responds"), .fail, .notResponding) {
      $0.answers[.pciConfig(PCIRule.address)] = .bytes([UInt8](repeating: 0xff, count: 4096))
    },
    PCIRule("S6 TEE", .confidential("silicon"), .fail, .noConfidentialSilicon) {
      $0.set(PCIRule.card, "uevent", "PCI_CLASS=30200\nPCI_ID=10DE:26B9\nPCI_SUBSYS_ID=10DE:0000")
    },
  ]

  static let firmware = [
    PCIRule("F1 IOMMU table", .iommu("acpi-table"), .fail, .iommuTableAbsent) {
      $0.set(.directory("/sys/firmware/acpi/tables"), "APIC\nFACP\n")
    },
    PCIRule("F2 TotalVFs", .sriov("firmware"), .fail, .sriovOffInFirmware) {
      $0.withoutSRIOVFiles()
      var config = PCIConfig()
      config.addSRIOV(total: 0)
      $0.answers[.pciConfig(PCIRule.address)] = .bytes(config.bytes)
    },
    PCIRule("F3 kernel parameter", .iommu("command-line"), .fail, .iommuCommandLineOff) {
      $0.set(.file("/proc/cmdline"), "amd_iommu=off\n")
    },
    PCIRule("F4 RMRR", .unit("direct-regions"), .fail, .directRegion) {
      $0.set(
        .file("/sys/kernel/iommu_groups/31/reserved_regions"),
        "0x00000000000e0000 0x00000000000effff direct\n")
    },
    PCIRule("F5 BAR placement", .unit("addresses"), .fail, .barNotAssigned) {
      $0.set(
        PCIRule.card, "resource",
        PCIMachine.resource(bar: "0x0000000000000000 0x0000001fffffffff 0x000000002014220c"))
    },
    PCIRule("F5 VF BAR placement", .sriov("mmio"), .fail, .sriovNoMMIO) {
      $0.set(PCIRule.card, "resource", PCIMachine.resource())
    },
    PCIRule("F6 ARI and bus numbers", .sriov("bus-numbers"), .fail, .sriovNoBusNumbers) {
      $0.set(PCIRule.card, "ari_enabled", "0")
    },
  ]

  static let kernel = [
    PCIRule("K1 IOMMU live", .unit("active-groups"), .fail, .iommuNotActive) {
      $0.set(.directory("/sys/kernel/iommu_groups"), "")
      $0.answers[.link("/sys/bus/pci/devices/\(PCIRule.card)/iommu_group")] = nil
    },
    PCIRule("K2 group link", .unit("translated"), .fail, .noIOMMUGroup) {
      $0.answers[.link("/sys/bus/pci/devices/\(PCIRule.card)/iommu_group")] = nil
    },
    PCIRule("K3 real group", .unit("real-group"), .fail, .noIOMMUMode) {
      $0.set(.file("/sys/kernel/iommu_groups/31/name"), "vfio-noiommu\n")
    },
    PCIRule("K4 interrupt remapping", .unit("interrupt-remapping"), .fail, .interruptRemappingOff) {
      $0.set(.file("/proc/cmdline"), "intremap=off\n")
    },
    PCIRule(
      "K5 translation width", .iommu("translation-width"), .warn, .translationNarrow,
      on: PCIRule.healthy(.intel())
    ) {
      $0.set(.file("/sys/class/iommu/dmar0/intel-iommu/cap"), "1c0000c40260462\n")
    },
    PCIRule("K6 kernel configuration", .unit("vfio-module"), .fail, .vfioMissing) {
      $0.set(PCIRule.card, "uevent", "PCI_CLASS=30200\nPCI_ID=10DE:2335\nPCI_SUBSYS_ID=10DE:18BE")
      $0.answers[.directory("/sys/module/vfio_pci")] = nil
      $0.set(.file("/proc/sys/kernel/osrelease"), "6.12.0\n")
      $0.set(.directory("/lib/modules/6.12.0/kernel/drivers/vfio/pci"), "")
      $0.set(.file("/lib/modules/6.12.0/modules.builtin"), "kernel/drivers/ata/ahci.ko\n")
    },
  ]

  static let binding = [
    PCIRule("D1 binding", .unit("driver"), .warn, .hostDriverBound) {
      $0.set(
        PCIRule.card, "uevent", "DRIVER=nouveau\nPCI_CLASS=30200\nPCI_ID=10DE:2335\nPCI_SUBSYS_ID=10DE:18BE")
    },
    PCIRule("D2 host use", .unit("boot-display"), .fail, .bootDisplay) {
      $0.set(
        PCIRule.card, "uevent", "DRIVER=vfio-pci\nPCI_CLASS=30000\nPCI_ID=10DE:2684\nPCI_SUBSYS_ID=10DE:0")
      $0.set(PCIRule.card, "boot_vga", "1")
    },
    PCIRule("D3 denylist", .unit("denylist"), .fail, .vfioDenylisted) {
      $0.set(PCIRule.card, "uevent", "PCI_CLASS=B4000\nPCI_ID=8086:0435\nPCI_SUBSYS_ID=8086:0000")
    },
    PCIRule("D4 PF with VFs", .unit("virtual-functions"), .fail, .vfsEnabled) {
      $0.set(PCIRule.card, "sriov_numvfs", "4")
    },
    PCIRule("D5 VF profile", .unit("vgpu-type"), .fail, .vgpuTypeNotSet) { $0.makeVendorVF(type: "0") },
    PCIRule("D6 override mismatch", .unit("override"), .warn, .overrideMismatch) {
      $0.set(PCIRule.card, "driver_override", "mlx5_vfio_pci")
    },
    PCIRule("D7 variant", .finding, .warn, .variantDriverMissing) {
      $0.set(
        PCIRule.card, "uevent", "DRIVER=vfio-pci\nPCI_CLASS=30200\nPCI_ID=10DE:2342\nPCI_SUBSYS_ID=10DE:0")
    },
  ]

  static let isolation = [
    PCIRule("I1 sole member", .unit("isolated"), .pass, nil) { _ in },
    PCIRule("I2 same-slot companions", .unit("isolated"), .pass, nil) {
      $0.add("0000:3b:00.1", id: "10DE:22BA", classCode: "40300", group: 31)
    },
    PCIRule("I3 viable group", .unit("viable"), .fail, .groupNotViable) {
      $0.add("0000:3b:00.1", id: "10DE:22BA", classCode: "40300", driver: "snd_hda_intel", group: 31)
    },
    PCIRule("I4 foreign members", .unit("isolated"), .fail, .groupForeignMembers) {
      $0.add("0000:3c:00.0", id: "15B3:101D", classCode: "20000", group: 31)
    },
    PCIRule("I5 override", .iommu("isolation"), .warn, .isolationOverridden) {
      $0.set(.file("/proc/cmdline"), "pcie_acs_override=downstream\n")
    },
    PCIRule("I6 reset scope", .unit("reset-scope"), .warn, .resetReachesOthers) {
      $0.remove(PCIRule.card, "reset_method")
      $0.add("0000:3b:00.1", id: "10DE:22BA", classCode: "40300", driver: "snd_hda_intel", group: 32)
    },
    PCIRule("I7 fabric", .unit("fabric"), .warn, .fabricShared) {
      $0.add("0000:0e:00.0", id: "10DE:22A3", classCode: "68000", group: 33)
    },
  ]

  static let scheduler = [
    PCIRule(
      "N1 address", .unit("nova-address"), .warn, .domainTooWide,
      of: PCIAddress(domain: 0x10000, bus: 0x3b, device: 0, function: 0)
    ) {
      $0.add("10000:3b:00.0", group: 34)
    },
    PCIRule("N6 NUMA known", .unit("numa"), .warn, .numaUnknown) { $0.set(PCIRule.card, "numa_node", "-1") },
    PCIRule("N8 guest width", .unit("guest-width"), .warn, .guestTooNarrow) {
      $0.set(
        PCIRule.card, "resource",
        PCIMachine.resource(bar: "0x0000380000000000 0x0000383fffffffff 0x000000000014220c"))
    },
    PCIRule("N10 managed flag", .unit("managed"), .warn, .managedNo) { $0.makeVendorVF(type: "1145") },
  ]
}

extension PCIMachine {
  fileprivate static func healthyLike(_ machine: PCIMachine) -> PCIMachine {
    let isIntel = machine.answers[.directory("/sys/class/iommu")] == .bytes(Array("dmar0\n".utf8))
    return PCIRule.healthy(isIntel ? .intel() : .amd())
  }

  fileprivate mutating func withoutSRIOVFiles() {
    for name in ["totalvfs", "numvfs", "offset", "stride", "vf_device", "drivers_autoprobe", "vf_total_msix"]
    {
      remove(PCIRule.card, "sriov_\(name)")
    }
  }

  /// The card becomes a VF that NVIDIA's driver serves.
  fileprivate mutating func makeVendorVF(type: String) {
    withoutSRIOVFiles()
    set(PCIRule.card, "uevent", "DRIVER=nvidia\nPCI_CLASS=30200\nPCI_ID=10DE:26B9\nPCI_SUBSYS_ID=10DE:0000")
    link(PCIRule.card, "physfn", "../0000:3a:00.0")
    set(PCIRule.card, "nvidia/current_vgpu_type", type)
  }
}
