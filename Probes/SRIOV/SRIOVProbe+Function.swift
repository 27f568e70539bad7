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
    described.assignedVFs = assigned(described, known: virtual)
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

  /// VFs held by VFIO, if every VF can be seen and its holder as well.
  private func assigned(_ described: PhysicalFunction, known: [PCIFunction]) -> Int? {
    guard let active = described.activeVFs else { return nil }
    if active == 0 { return 0 }
    guard described.virtualFunctions.count == active else { return nil }
    let byAddress = Dictionary(known.map { ($0.address, $0) }) { first, _ in first }
    var count = 0
    for address in described.virtualFunctions {
      guard let function = byAddress[address] ?? pciFunction(address),
        let binding = driverBinding(function).value
      else { return nil }
      if binding.isVFIO { count += 1 }
    }
    return count
  }
}
