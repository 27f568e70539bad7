// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Evidence
internal import HostModel

/// A VFIO driver made for some devices, which does more than vfio-pci does.
///
/// Source: kernel drivers/vfio/pci, the `pci_device_id` table of each.
struct VariantDriver {
  let name: String
  let vendor: UInt16
  let devices: Set<UInt16>

  static let all = [
    VariantDriver(
      name: "nvgrace_gpu_vfio_pci", vendor: 0x10de, devices: [0x2342, 0x2345, 0x2348, 0x2941, 0x31c2]),
    VariantDriver(name: "mlx5_vfio_pci", vendor: 0x15b3, devices: [0x101e]),
    VariantDriver(
      name: "qat_vfio_pci", vendor: 0x8086, devices: [0x4941, 0x4943, 0x4945, 0x4947, 0x4949]),
    VariantDriver(name: "pds_vfio_pci", vendor: 0x1dd8, devices: [0x1003]),
    VariantDriver(name: "virtio_vfio_pci", vendor: 0x1af4, devices: [0x1041, 0x1042]),
  ]

  func suits(_ function: PCIFunction) -> Bool {
    guard let device = function.device else { return false }
    return function.vendor == vendor && devices.contains(device)
  }

  /// One finding for each driver, about the first function that lacks it.
  static func findings(_ functions: [PCIFunction]) -> [Finding] {
    let plain = functions.filter { $0.driver == "vfio-pci" }
    return all.compactMap { variant in
      let found = plain.filter(variant.suits).map(\.address)
      guard let first = found.first else { return nil }
      let more = found.count > 1 ? " and \(found.count - 1) more" : ""
      return Finding(
        .variantDriverMissing, subject: "\(first)",
        "vfio-pci is bound to \(first)\(more), where \(variant.name) belongs",
        citing: found.prefix(4).map { PCIDevices.file($0, "uevent") })
    }
  }
}
