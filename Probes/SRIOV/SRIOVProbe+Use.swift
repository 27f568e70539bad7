// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Evidence
internal import HostModel

extension HostSource {
  /// Who holds each of the VFs; `nil`: they cannot all be seen, or one's holder cannot.
  func use(of described: PhysicalFunction, known: [PCIFunction]) -> VirtualFunctionUse? {
    guard let active = described.activeVFs else { return nil }
    if active == 0 { return VirtualFunctionUse() }
    guard described.virtualFunctions.count == active else { return nil }
    let byAddress = Dictionary(known.map { ($0.address, $0) }) { first, _ in first }
    var use = VirtualFunctionUse()
    for address in described.virtualFunctions {
      guard let function = byAddress[address] ?? pciFunction(address),
        let binding = driverBinding(function).value
      else { return nil }
      switch binding {
      case .unbound: use.idle += 1
      case .vfio: use.vfio += 1
      case .host: use.host += 1
      }
    }
    return use
  }

  /// Interrupt vectors of each VF, in their order; `nil`: the driver shares them out by itself, or one is not known.
  /// Source: kernel Documentation/ABI/testing/sysfs-bus-pci, sriov_vf_msix_count; since 5.13.
  func interruptVectors(of described: PhysicalFunction) -> [Int]? {
    guard let total = described.vfInterruptVectors, total > 0 else { return nil }
    let counts = described.virtualFunctions.map { sriovNumber($0, "sriov_vf_msix_count").value }
    let known = counts.compactMap { $0 }
    return known.count == counts.count ? known : nil
  }
}
