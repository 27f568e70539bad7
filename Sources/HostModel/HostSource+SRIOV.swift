// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

public import Evidence

extension HostSource {
  /// Whether a function is virtual: it has a `physfn` link, wherever that leads.
  public func isVirtualFunction(_ address: PCIAddress) -> Reading<Bool> {
    let link = read(PCIDevices.link(address, "physfn")) { $0.isEmpty ? nil : true }
    return link.isAbsent ? Reading(link.question, .value(false)) : link
  }

  /// A count that sysfs prints for a physical function: `sriov_totalvfs`, `sriov_numvfs`, `sriov_offset`, `sriov_stride`.
  /// 16 bits. Absent: the kernel does not treat the function as a PF.
  public func sriovNumber(_ address: PCIAddress, _ name: String) -> Reading<Int> {
    read(PCIDevices.file(address, name)) { bytes in
      decimal(bytes).flatMap { $0 <= UInt64(UInt16.max) ? Int($0) : nil }
    }
  }

  /// Whether a function is physical: the kernel says so, or its SR-IOV capability does. `nil`: neither can be seen.
  ///
  /// Configuration space, which wakes a sleeping function, is asked for only where SR-IOV is to be expected, and not
  /// inside a guest, where the hypervisor makes it up. A copy sleeps soundly, so there it is always asked.
  public func isPhysicalFunction(_ function: PCIFunction) -> Bool? {
    // The kernel has no function of both kinds; a document may.
    if function.physicalFunction != nil, isWhole { return false }
    // Whatever is in the file, that it is there is enough.
    let total = read(PCIDevices.file(function.address, "sriov_totalvfs")) { _ in true }
    if total.value != nil { return true }
    if function.physicalFunction != nil || function.isBridge == true { return false }
    guard isCopy || function.isSRIOVExpected && !Environment.observe(self).isGuest else {
      return total.isAbsent ? false : nil
    }
    let capability = sriovCapability(function.address)
    if capability.value != nil { return true }
    return capability.isAbsent ? false : nil
  }
}

extension PCIFunction {
  /// Kinds of functions of which some have virtual ones: network, display, NVMe, processing accelerators, co-processors.
  /// Source: PCI Code and ID Assignment 1.16, 1.2 to 1.20.
  public var isSRIOVExpected: Bool {
    guard let classAndSubclass else { return false }
    return [0x02, 0x03, 0x12].contains(classAndSubclass >> 8) || [0x0108, 0x0b40].contains(classAndSubclass)
  }
}
