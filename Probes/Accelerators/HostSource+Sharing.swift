// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Evidence
internal import HostModel

extension HostSource {
  /// How a device can be handed out now; `nil`: not known.
  ///
  /// vGPUs that are there decide. That there are none takes every virtual function to be seen.
  func sharing(
    of candidate: Candidate, isVirtual: Bool?, _ virtual: Int, _ vgpus: VGPUs
  ) -> Accelerator.Sharing? {
    if vgpus.hasMediated == true { return .mdev }
    if vgpus.hasVendorVFIO == true { return .vendorVFIO }
    guard let isVirtual, vgpus.hasMediated != nil, vgpus.hasVendorVFIO != nil else { return nil }
    if isVirtual { return .sriov }
    let total = sriovNumber(candidate.function.address, "sriov_totalvfs")
    if total.isAbsent { return .whole }
    guard let total = total.value else { return nil }
    if total == 0 { return .whole }
    guard candidate.kind == .gpu, candidate.function.vendor == 0x10de else { return .sriov }
    switch sriovNumber(candidate.function.address, "sriov_numvfs").value {
    case nil: return nil
    case 0?: return .unknownUntilVFsEnabled
    case let active?: return active == virtual ? .sriov : nil
    }
  }

  /// As `isVirtualFunction`, and where the link cannot be seen: only a physical function has `sriov_totalvfs`.
  func isVirtual(_ address: PCIAddress) -> Reading<Bool> {
    let link = isVirtualFunction(address)
    if link.value != nil { return link }
    let total = sriovNumber(address, "sriov_totalvfs")
    return total.value == nil ? link : Reading(total.question, .value(false))
  }

  /// What Nova makes of libvirt's word: with VFs to be had a PF, else a VF, else a plain device; `nil`: not known.
  /// Source: Nova nova/virt/libvirt/host.py, _get_pcidev_info(); libvirt src/util/virpci.c.
  func novaDeviceType(_ address: PCIAddress, isVirtual: Bool?) -> String? {
    guard let isVirtual else { return nil }
    if isVirtual { return "type-VF" }
    let total = sriovNumber(address, "sriov_totalvfs")
    if total.isAbsent { return "type-PCI" }
    return total.value.map { $0 > 0 ? "type-PF" : "type-PCI" }
  }

  /// Source: kernel Documentation/ABI/testing/sysfs-driver-qat. Absent: the driver has no such file, or is not bound.
  func qatAttribute(_ address: PCIAddress, _ name: String) -> String? {
    read(PCIDevices.file(address, "qat/\(name)")) { $0.isEmpty ? nil : text($0) }.value
  }
}
