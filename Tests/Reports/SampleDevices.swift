// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Evidence
import HostModel

// Devices for a report: the probes that find them are tested elsewhere.
extension HostReport {
  /// Two GPUs, one of them held by a host driver, a controller with two VFs, and one whose VFs have no room.
  static var withDevices: HostReport {
    var report = SampleHost.report(SampleHost.blocked)
    report.add(gpus: [0x17, 0x3d], driver: "vfio-pci", stop: nil)
    report.add(gpus: [0x41, 0x42, 0x61], driver: "nvidia", stop: .hostDriverBound)
    report.addController(bus: 0x81, total: 16, active: 2, assigned: 1, stop: nil)
    report.addController(bus: 0x82, total: 63, active: 0, assigned: nil, stop: .sriovNoMMIO)
    report.accelerators = [.sample(report.units.first?.standing), .unclassified]
    let link = Question.file("/sys/bus/pci/devices/0000:61:00.0/current_link_width")
    report.contradictions = [
      Contradiction("pci.link-width", "The slot offers 16 lanes, the card took 8.", citing: [link])
    ]
    report.findings = [
      Finding(.numaUnknown, subject: "0000:17:00.0", "numa_node = -1", citing: [link]),
      Finding(.numaUnknown, subject: "0000:3d:00.0", "numa_node = -1", citing: [link]),
    ]
    report.evidence[link] = "8"
    return report
  }

  mutating func add(gpus buses: [UInt8], driver: String?, stop: Reason?) {
    for bus in buses {
      var function = PCIFunction(PCIAddress(bus: bus, device: 0, function: 0))
      (function.vendor, function.device, function.classCode) = (0x10de, 0x2330, 0x030200)
      (function.driver, function.isDriverKnown, function.numaNode) = (driver, true, bus < 0x60 ? 0 : 1)
      functions.append(function)
      let standing = Self.standing(stop, "driver \(driver ?? "") is bound")
      units.append(AssignableUnit(members: [function.address], kind: "gpu", standing: standing))
    }
  }

  mutating func addController(bus: UInt8, total: Int?, active: Int?, assigned: Int?, stop: Reason?) {
    let address = PCIAddress(bus: bus, device: 0, function: 0)
    var function = PCIFunction(address)
    (function.vendor, function.device, function.classCode) = (0x15b3, 0x101d, 0x020000)
    (function.driver, function.isDriverKnown) = ("mlx5_core", true)
    functions.append(function)
    var physical = PhysicalFunction(address, standing: Self.standing(stop, "0 of 63 VFs have MMIO"))
    (physical.totalVFs, physical.activeVFs, physical.assignedVFs) = (total, active, assigned)
    for index in 0..<min(7, active ?? 0) {
      var virtual = PCIFunction(PCIAddress(bus: bus, device: 0, function: UInt8(index + 1)))
      (virtual.vendor, virtual.device, virtual.physicalFunction) = (0x15b3, 0x101e, address)
      virtual.isDriverKnown = true
      functions.append(virtual)
      physical.virtualFunctions.append(virtual.address)
      units.append(AssignableUnit(members: [virtual.address], kind: "vf", standing: Self.standing(nil, "")))
    }
    physicalFunctions.append(physical)
  }

  static func standing(_ stop: Reason?, _ because: String) -> Standing {
    let rung = Rung("sample", .kernel, "nothing keeps it", specification: "none") { _ in
      stop.map { .fail($0, because, citing: [.file("/proc/cmdline")]) } ?? .pass("free", citing: [])
    }
    let bare = Rung("machine", .environment, "a machine", specification: "none") { _ in
      .pass("yes", citing: [])
    }
    return Standing(Ladder("sample.device", "a device", [bare, rung]).climb(SampleHost.ready))
  }
}

extension Accelerator {
  /// Everything that a GPU can say at once.
  static func sample(_ standing: Standing?) -> Accelerator {
    var gpu = Accelerator(PCIAddress(bus: 0x17, device: 0, function: 0), kind: .gpu)
    gpu.model = AcceleratorModel(
      name: "NVIDIA H200", architecture: "Hopper", memoryGiB: 141, units: 132, unit: "SM", isMIGCapable: true,
      isCCCapable: true, scsNamePiece: "GNg-132-141h", sources: ["a datasheet"])
    (gpu.sharing, gpu.novaDeviceType) = (.vendorVFIO, "type-PF")
    gpu.companions = [PCIAddress(bus: 0x17, device: 0, function: 1)]
    var type = VGPUType(id: "1145")
    (type.name, type.offeredBy, type.inUse) = ("NVIDIA H200-18C", 1, 1)
    gpu.vgpuTypes = [type]
    gpu.virtualGPUs = [
      VirtualGPU(PCIAddress(bus: 0x17, device: 0, function: 4), .typed, type: "1145"),
      VirtualGPU(PCIAddress(bus: 0x17, device: 0, function: 5), .full, type: nil),
    ]
    (gpu.isCCCapable, gpu.ccModeCheck, gpu.confidential) = (true, Reason.ccModeOfDriver.check, standing)
    gpu.tdisp.teeIO = false
    gpu.tdisp.doe = true
    gpu.tdisp.doeFeatures = ["0001:00", "0001:01"]
    return gpu
  }

  static var unclassified: Accelerator {
    Accelerator(PCIAddress(bus: 0x61, device: 0, function: 0), kind: .other)
  }
}
