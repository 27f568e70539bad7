// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Evidence
internal import HostModel

extension HostSource {
  /// What sysfs says about a physical function; where a dump holds configuration space alone, what the capability says.
  func describePhysicalFunction(
    _ function: PCIFunction, virtual: [PCIFunction], standing: Standing
  ) -> PhysicalFunction {
    let address = function.address
    var described = PhysicalFunction(address, standing: standing)
    func number(_ name: String, _ register: (SRIOVCapability) -> Int) -> Int? {
      let reading = sriovNumber(address, name)
      switch reading.outcome {
      case .value(let value): return value
      case .absent, .withheld: return sriovCapability(address).value.map(register)
      case .denied, .unreadable, .timedOut: return nil
      }
    }
    described.totalVFs = number("sriov_totalvfs") { Int($0.totalVFs) }
    described.activeVFs = number("sriov_numvfs") { $0.activeVFs }
    described.firstVFOffset = number("sriov_offset") { Int($0.firstVFOffset) }
    described.vfStride = number("sriov_stride") { Int($0.vfStride) }
    // Printed by %x, without 0x and without zeros in front. Source: kernel drivers/pci/iov.c, sriov_vf_device_show().
    let device = read(PCIDevices.file(address, "sriov_vf_device")) {
      hexadecimal($0).flatMap { UInt16(exactly: $0) }
    }
    described.vfDevice = device.value ?? sriovCapability(address).value?.vfDevice
    described.driversAutoprobe = flag("\(PCIDevices.path(address))/sriov_drivers_autoprobe").value
    described.virtualFunctions = virtualFunctions(of: address, known: virtual, active: described.activeVFs)
    described.vfsByUse = use(of: described, known: virtual)
    described.vfApertures = vfApertures(address, firstVF: described.virtualFunctions.first).value
    described.networkPorts = networkPorts(address).value
    described.rdmaDevices = rdmaDevices(address).value
    described.vfInterruptVectors = sriovNumber(address, "sriov_vf_total_msix").value
    described.interruptVectorsByVF = interruptVectors(of: described)
    return described
  }

  /// The VFs whose `physfn` leads here; if they are not all, those as well that the PF's `virtfnN` links lead to. The
  /// numbers may have holes while VFs are being removed.
  private func virtualFunctions(of address: PCIAddress, known: [PCIFunction], active: Int?) -> [PCIAddress] {
    var all = Set(known.map(\.address))
    if all.count != active ?? 0, let entries = names(in: PCIDevices.path(address)).value {
      for entry in entries.prefix(PCIDevices.limit) where entry.hasPrefix("virtfn") {
        guard let name = linkName("\(PCIDevices.path(address))/\(entry)").value else { continue }
        if let found = PCIAddress(name) { all.insert(found) }
      }
    }
    return all.sorted()
  }
}
