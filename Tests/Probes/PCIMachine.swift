// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Evidence
import HostModel

/// A live host of a few lines. What nobody wrote down is absent, as a kernel would say.
struct PCIMachine: HostSource {
  var answers: [Question: Answer] = [:]

  func ask(_ question: Question) -> Answer { answers[question] ?? .absent }

  /// Bare metal with AMD-Vi up, and no function yet.
  static func amd() -> PCIMachine {
    var machine = PCIMachine()
    machine.set(.origin, "live\n")
    // Fn0000_0000: AuthenticAMD; Fn0000_0001_ECX[31] = 0.
    machine.set(cpuid: 0, CPUIDRegisters(eax: 0x10, ebx: 0x6874_7541, ecx: 0x444d_4163, edx: 0x6974_6e65))
    machine.set(cpuid: 1, CPUIDRegisters(eax: 0x00a0_0f11, ecx: 0x7ed8_320b))
    machine.set(.file("/proc/cmdline"), "root=/dev/sda1 ro\n")
    machine.set(.directory("/sys/firmware/acpi/tables"), "APIC\nIVRS\n")
    machine.set(.directory("/sys/class/iommu"), "ivhd0\n")
    machine.set(.directory("/sys/module/vfio_pci"), "parameters\n")
    machine.set(.directory("/sys/devices/system/node"), "node0\nnode1\nonline\n")
    return machine
  }

  /// Bare metal with VT-d up.
  static func intel() -> PCIMachine {
    var machine = amd()
    machine.set(cpuid: 0, CPUIDRegisters(eax: 0x1b, ebx: 0x756e_6547, ecx: 0x6c65_746e, edx: 0x4965_6e69))
    machine.set(.file("/proc/cmdline"), "root=/dev/sda1 intel_iommu=on\n")
    machine.set(.directory("/sys/firmware/acpi/tables"), "APIC\nDMAR\n")
    machine.set(.directory("/sys/class/iommu"), "dmar0\n")
    machine.set(.file("/sys/class/iommu/dmar0/intel-iommu/ecap"), "f050da\n")
    machine.set(.file("/sys/class/iommu/dmar0/intel-iommu/cap"), "d2008c222f0686\n")
    return machine
  }

  mutating func set(_ question: Question, _ text: String) { answers[question] = .bytes(Array(text.utf8)) }

  mutating func set(cpuid leaf: UInt32, _ registers: CPUIDRegisters) {
    answers[.cpuid(leaf: leaf)] = .bytes(registers.bytes)
  }

  mutating func set(_ address: String, _ attribute: String, _ text: String) {
    set(.file("/sys/bus/pci/devices/\(address)/\(attribute)"), text + "\n")
  }

  mutating func link(_ address: String, _ attribute: String, _ target: String) {
    set(.link("/sys/bus/pci/devices/\(address)/\(attribute)"), target)
  }

  mutating func remove(_ address: String, _ attribute: String) {
    answers[.file("/sys/bus/pci/devices/\(address)/\(attribute)")] = nil
  }

  /// A name more in a directory.
  mutating func add(_ name: String, to directory: String) {
    var names: Set<String> = [name]
    if case .bytes(let bytes)? = answers[.directory(directory)] {
      names.formUnion(String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init))
    }
    set(.directory(directory), names.sorted().map { $0 + "\n" }.joined())
  }

  static let memoryBAR = "0x0000380000000000 0x0000380001ffffff 0x000000000014220c"
  static let empty = "0x0000000000000000 0x0000000000000000 0x0000000000000000"

  /// `resource` with BAR0 and, where `vf` says so, a VF BAR.
  static func resource(bar: String = memoryBAR, vf: String = empty) -> String {
    var lines = Array(repeating: empty, count: 13)
    lines[0] = bar
    lines[7] = vf
    return lines.joined(separator: "\n")
  }

  /// A function that a guest could have: alone in its group, without a driver, with function-level reset.
  mutating func add(
    _ address: String, id: String = "10DE:2331", classCode: String = "30200", driver: String? = nil,
    group: Int? = nil
  ) {
    add(address, to: "/sys/bus/pci/devices")
    set(.link("/sys/bus/pci/devices/\(address)"), "../../../devices/pci0000:00/\(address)")
    let driverLine = driver.map { "DRIVER=\($0)\n" } ?? ""
    set(address, "uevent", driverLine + "PCI_CLASS=\(classCode)\nPCI_ID=\(id)\nPCI_SUBSYS_ID=\(id)")
    answers[.link("/sys/bus/pci/devices/\(address)/driver")] = nil
    if let driver { link(address, "driver", "../../../../bus/pci/drivers/\(driver)") }
    set(address, "numa_node", "1")
    set(address, "reset_method", "flr bus")
    set(address, "driver_override", "(null)")
    set(address, "power/runtime_status", "active")
    set(address, "resource", Self.resource())
    if let address = PCIAddress(address) { answers[.pciConfig(address)] = .bytes(PCIConfig().bytes) }
    guard let group else { return }
    link(address, "iommu_group", "../../../../kernel/iommu_groups/\(group)")
    add("\(group)", to: "/sys/kernel/iommu_groups")
    add(address, to: "/sys/kernel/iommu_groups/\(group)/devices")
    set(.file("/sys/kernel/iommu_groups/\(group)/type"), "DMA-FQ\n")
    set(.file("/sys/kernel/iommu_groups/\(group)/name"), "")
    set(
      .file("/sys/kernel/iommu_groups/\(group)/reserved_regions"),
      "0x00000000fee00000 0x00000000feefffff msi\n")
  }

  /// A physical function of a card with `total` VFs, none enabled, below a port with ARI.
  mutating func addPhysical(
    _ address: String, total: Int = 16, driver: String? = "mlx5_core", group: Int? = nil
  ) {
    add(address, id: "15B3:101D", classCode: "20000", driver: driver, group: group)
    set(address, "sriov_totalvfs", "\(total)")
    set(address, "sriov_numvfs", "0")
    set(address, "sriov_offset", "2")
    set(address, "sriov_stride", "1")
    set(address, "sriov_vf_device", "101e")
    set(address, "sriov_drivers_autoprobe", "1")
    set(address, "sriov_vf_total_msix", "0")
    set(address, "ari_enabled", "1")
    set(address, "resource", Self.resource(vf: Self.memoryBAR))
    set(.link("/sys/bus/pci/devices/\(address)"), "../../../devices/pci0000:00/0000:00:01.0/\(address)")
    if let address = PCIAddress(address) {
      var config = PCIConfig()
      config.addSRIOV(total: UInt16(total))
      answers[.pciConfig(address)] = .bytes(config.bytes)
    }
  }

  /// One more enabled VF of `parent`.
  mutating func addVirtual(
    _ address: String, of parent: String, index: Int, driver: String? = nil, group: Int? = nil
  ) {
    add(address, id: "15B3:101E", classCode: "20000", driver: driver, group: group)
    set(.link("/sys/bus/pci/devices/\(address)"), "../../../devices/pci0000:00/0000:00:01.0/\(address)")
    link(address, "physfn", "../\(parent)")
    link(parent, "virtfn\(index)", "../\(address)")
    add("virtfn\(index)", to: "/sys/bus/pci/devices/\(parent)")
    set(parent, "sriov_numvfs", "\(index + 1)")
    var config = PCIConfig()
    config.addSRIOV(total: 16, number: UInt16(index + 1), isEnabled: true)
    if let parent = PCIAddress(parent) { answers[.pciConfig(parent)] = .bytes(config.bytes) }
  }
}

/// A configuration space of 4096 bytes with a PCI Express capability.
struct PCIConfig {
  var bytes = [UInt8](repeating: 0, count: 4096)

  init() {
    bytes.replaceSubrange(0..<4, with: [0xb3, 0x15, 0x1d, 0x10])
    // Status[4]: capabilities, the first at 40h: PCI Express, the last.
    (bytes[6], bytes[0x34], bytes[0x40]) = (0x10, 0x40, 0x10)
  }

  /// A root port with ACS at 100h, the last; `nil`: a root port without.
  static func port(capability: UInt16?, control: UInt16 = 0) -> PCIConfig {
    var config = PCIConfig()
    // Header type 1; PCI Express Capabilities: version 2, root port.
    config.bytes[0x0e] = 1
    config.put(0x0042, at: 0x42)
    guard let capability else { return config }
    config.put(0x000d, at: 0x100)
    config.put(1, at: 0x102)
    config.put(capability, at: 0x104)
    config.put(control, at: 0x106)
    return config
  }

  mutating func put(_ value: UInt16, at offset: Int) {
    (bytes[offset], bytes[offset + 1]) = (UInt8(value & 0xff), UInt8(value >> 8))
  }

  /// SR-IOV at 100h, version 1, the last.
  mutating func addSRIOV(
    total: UInt16, number: UInt16 = 0, isEnabled: Bool = false, offset: UInt16 = 2, stride: UInt16 = 1,
    device: UInt16 = 0x101e
  ) {
    put(0x0010, at: 0x100)
    put(1, at: 0x102)
    put(isEnabled ? 1 : 0, at: 0x108)
    for (field, value) in [0x0c: total, 0x0e: total, 0x10: number, 0x14: offset, 0x16: stride, 0x1a: device] {
      put(value, at: 0x100 + field)
    }
  }
}
