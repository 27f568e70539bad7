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
    report.functionDetails = [described(bus: 0x17), described(bus: 0x81)]
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
    (physical.totalVFs, physical.activeVFs) = (total, active)
    physical.vfsByUse = assigned.map {
      VirtualFunctionUse(host: 0, vfio: $0, idle: max(0, (active ?? 0) - $0))
    }
    for index in 0..<min(7, active ?? 0) {
      var virtual = PCIFunction(PCIAddress(bus: bus, device: 0, function: UInt8(index + 1)))
      (virtual.vendor, virtual.device, virtual.physicalFunction) = (0x15b3, 0x101e, address)
      virtual.isDriverKnown = true
      functions.append(virtual)
      physical.virtualFunctions.append(virtual.address)
      units.append(AssignableUnit(members: [virtual.address], kind: "vf", standing: Self.standing(nil, "")))
    }
    if active == 2 {
      let bar = PCIBAR(index: 0, bytes: 2 << 20, kind: .memory64, isPrefetchable: true)
      physical.vfApertures = [VFAperture(index: 0, bytes: 32 << 20, bar: bar)]
      physical.networkPorts = [NetworkPort(name: "ens1np0", physicalPortName: "p0", isSwitchPort: true)]
      physical.rdmaDevices = ["mlx5_0"]
      (physical.vfInterruptVectors, physical.interruptVectorsByVF) = (64, [32, 32])
    }
    physicalFunctions.append(physical)
  }

  /// Everything known: a link that took fewer lanes than it could, and a capability of each kind.
  private static func described(bus: UInt8) -> FunctionDetails {
    var details = FunctionDetails(PCIAddress(bus: bus, device: 0, function: 0))
    details.place = PCIPlace(
      hostBridge: "pci0000:16", ports: [PCIAddress(bus: 0x16, device: 2, function: 0)])
    details.link = PCILink(speedMTps: 2500, width: 8, maximumSpeedMTps: 32000, maximumWidth: 16)
    details.bars = [PCIBAR(index: 0, bytes: 128 << 30, kind: .memory64, isPrefetchable: true)]
    details.romBytes = 512 << 10
    details.resizableBARs = []
    details.resetMethods = ["flr", "bus"]
    details.vfioDevices = ["vfio0"]
    details.isARIEnabled = true
    details.hasTSM = false
    details.doeFeatures = ["0001:00", "0001:01"]
    var bytes = [UInt8](repeating: 0, count: 4096)
    // PCI Express at 40h: version 2, endpoint, DevCap[28] and [30].
    bytes[6] = 0x10
    bytes[0x34] = 0x40
    bytes.replaceSubrange(0x40..<0x48, with: [0x10, 0, 0x02, 0, 0, 0, 0, 0x50])
    // ACS, Resizable BAR of the VFs, IDE, DVSEC.
    bytes.replaceSubrange(0x100..<0x108, with: [0x0d, 0, 1, 0x11, 0x1f, 0, 0x01, 0])
    bytes.replaceSubrange(0x110..<0x11c, with: [0x24, 0, 1, 0x12, 0x30, 0, 0, 0, 0x20, 0, 0, 0])
    bytes.replaceSubrange(0x120..<0x128, with: [0x30, 0, 1, 0x13, 0x02, 0, 0x03, 0x01])
    bytes.replaceSubrange(0x130..<0x13a, with: [0x23, 0, 1, 0, 0xde, 0x10, 0x41, 0x02, 0, 0])
    details.capabilities = ConfigSpace(bytes[...]).flatMap(FunctionCapabilities.init)
    return details
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
