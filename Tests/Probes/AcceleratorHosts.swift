// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Evidence

// Accelerators in a few lines each.
extension PCIMachine {
  static let gpu = "0000:41:00.0"

  mutating func parameter(_ module: String, _ name: String, _ value: String) {
    set(.file("/sys/module/\(module)/parameters/\(name)"), value + "\n")
  }

  mutating func add(_ address: String, id: String, classCode: String, driver: String?, subsystem: String) {
    add(address, id: id, classCode: classCode, driver: driver)
    let driverLine = driver.map { "DRIVER=\($0)\n" } ?? ""
    set(address, "uevent", driverLine + "PCI_CLASS=\(classCode)\nPCI_ID=\(id)\nPCI_SUBSYS_ID=\(subsystem)")
  }

  mutating func makePhysical(_ address: String, total: Int, active: Int = 0) {
    set(address, "sriov_totalvfs", "\(total)")
    set(address, "sriov_numvfs", "\(active)")
  }

  mutating func addVF(_ address: String, of parent: String, id: String, driver: String?) {
    add(address, id: id, classCode: "30200", driver: driver)
    link(address, "physfn", "../\(parent)")
  }

  mutating func addVendorVFIO(_ address: String, current: String, creatable: String) {
    set(address, "nvidia/current_vgpu_type", current)
    set(.file("/sys/bus/pci/devices/\(address)/nvidia/creatable_vgpu_types"), creatable)
  }

  mutating func addMediated(_ address: String, _ type: String, _ name: String, available: Int) {
    let folder = "/sys/bus/pci/devices/\(address)/mdev_supported_types"
    add(type, to: folder)
    set(.file("\(folder)/\(type)/name"), name + "\n")
    set(.file("\(folder)/\(type)/available_instances"), "\(available)\n")
  }

  /// A whole H200 in VFIO's hands on a host that runs SEV-SNP guests.
  static func h200(driver: String? = "vfio-pci") -> PCIMachine {
    var machine = amd()
    machine.parameter("kvm_amd", "sev_snp", "Y")
    machine.add(gpu, id: "10DE:2335", driver: driver)
    machine.makePhysical(gpu, total: 16)
    return machine
  }

  /// An L40S whose driver serves two VFs, the first with a type.
  static func l40s() -> PCIMachine {
    var machine = amd()
    machine.add("0000:26:00.0", id: "10DE:26B9", driver: "nvidia")
    machine.makePhysical("0000:26:00.0", total: 32, active: 2)
    machine.addVF("0000:26:00.4", of: "0000:26:00.0", id: "10DE:26B9", driver: "nvidia")
    machine.addVF("0000:26:00.5", of: "0000:26:00.0", id: "10DE:26B9", driver: "nvidia")
    machine.addVendorVFIO("0000:26:00.4", current: "1145", creatable: "ID    : vGPU Name\n")
    machine.addVendorVFIO(
      "0000:26:00.5", current: "0",
      creatable: "ID    : vGPU Name\n1145  : NVIDIA L40S-1B\n1146  : NVIDIA L40S-2B\n")
    return machine
  }

  /// An A2 with two VFs that make mediated devices.
  static func a2() -> PCIMachine {
    var machine = amd()
    machine.add(
      "0000:08:00.0", id: "10DE:25B6", classCode: "30200", driver: "nvidia", subsystem: "10DE:157E")
    machine.makePhysical("0000:08:00.0", total: 16, active: 2)
    for (vf, available) in [("0000:08:00.4", 1), ("0000:08:00.5", 0)] {
      machine.addVF(vf, of: "0000:08:00.0", id: "10DE:25B6", driver: "nvidia")
      machine.addMediated(vf, "nvidia-742", "NVIDIA A2-1B", available: available)
      machine.addMediated(vf, "nvidia-743", "NVIDIA A2-2B", available: 1)
    }
    return machine
  }

  /// The rest of what item 1 of the list has, one of each.
  static func assortment() -> PCIMachine {
    var machine = intel()
    machine.parameter("kvm_intel", "tdx", "N")
    for bus in ["a1", "a2", "a3", "a4"] {
      machine.add(
        "0000:\(bus):00.0", id: "10DE:25B6", classCode: "30200", driver: "nvidia", subsystem: "10DE:14A9")
      machine.makePhysical("0000:\(bus):00.0", total: 16)
    }
    machine.add("0000:05:00.0", id: "1002:74A1", classCode: "120000", driver: "amdgpu")
    machine.add("0000:06:00.0", id: "8086:56C0", classCode: "38000", driver: "i915")
    machine.makePhysical("0000:06:00.0", total: 31)
    machine.add("0000:07:00.0", id: "1DA3:1020", classCode: "120000", driver: "habanalabs")
    machine.add("0000:09:00.0", id: "8086:4940", classCode: "B4000", driver: "4xxx")
    machine.makePhysical("0000:09:00.0", total: 16)
    machine.set("0000:09:00.0", "qat/state", "up")
    machine.set("0000:09:00.0", "qat/cfg_services", "sym;asym")
    machine.add("0000:0a:00.0", id: "8086:4940", classCode: "B4000", driver: "4xxx")
    machine.set("0000:0a:00.0", "qat/state", "down")
    machine.add("0000:0b:01.0", id: "8086:0B25", classCode: "88000", driver: "idxd")
    machine.add("0000:0c:00.0", id: "144D:A824", classCode: "10802", driver: "nvme")
    machine.makePhysical("0000:0c:00.0", total: 32)
    machine.add("0000:0d:00.0", id: "144D:A80A", classCode: "10802", driver: "nvme")
    machine.add("0000:0e:00.0", id: "10DE:22A3", classCode: "68000", driver: nil)
    machine.add("0000:0f:00.0", id: "15B3:A2DC", classCode: "20000", driver: "mlx5_core")
    machine.add("0000:10:00.0", id: "10EE:5020", classCode: "120000", driver: nil)
    machine.add("0000:11:00.0", id: "10DE:FFF0", classCode: "30200", driver: nil)
    machine.add("0000:12:00.0", id: "1A03:2000", classCode: "30000", driver: "ast")
    machine.set("0000:12:00.0", "boot_vga", "1")
    machine.add("0000:13:00.0", id: "102B:0533", classCode: "30000", driver: "mgag200")
    machine.add("0000:14:00.0", id: "10DE:2230", classCode: "30000", driver: nil)
    machine.add("0000:14:00.1", id: "10DE:1AEF", classCode: "40300", driver: "snd_hda_intel")
    return machine
  }
}
