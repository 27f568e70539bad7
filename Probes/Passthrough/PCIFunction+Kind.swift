// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import HostModel

// Which functions people hand to guests. Source: PCI Code and ID Assignment 1.16, chapter 1.
extension PCIFunction {
  private var baseClass: UInt16? { classAndSubclass.map { $0 >> 8 } }

  /// `vf`, `gpu`, `network`, `storage`, `accelerator` or `other`, which an unclassified function is as well.
  var passthroughKind: String {
    if physicalFunction != nil { return "vf" }
    if isGPU || baseClass == 0x03 { return "gpu" }
    if isDataAccelerator { return "accelerator" }
    switch (classAndSubclass, baseClass) {
    case (0x0b40, _), (_, 0x12): return "accelerator"
    case (_, 0x01): return "storage"
    case (_, 0x02): return "network"
    default: return "other"
    }
  }

  /// Everything but what makes up the machine itself: memory controllers (05), bridges (06), system peripherals (08),
  /// SMBus (0c05), the secure processor and its like (10), counters (11) and dummies (13). Those count all the same if
  /// they are virtual, have virtual functions, or sit in VFIO. A function without a class is kept, not dropped.
  var isAssignableKind: Bool {
    guard let classAndSubclass, let baseClass else { return true }
    if physicalFunction != nil || isFabric || isDataAccelerator { return true }
    return ![0x05, 0x06, 0x08, 0x10, 0x11, 0x13].contains(baseClass) && classAndSubclass != 0x0c05
  }

  /// A bridge that joins buses: the host's for ever.
  var isPlainBridge: Bool { isBridge == true && !isFabric }

  /// NVSwitch and the like: endpoints under "other bridge device", shared out with the GPUs that they join.
  var isFabric: Bool { classAndSubclass == 0x0680 && (vendor == 0x10de || vendor == 0x15b3) }

  var isNVSwitch: Bool { isFabric && vendor == 0x10de }

  /// Intel DSA and IAA, under "other system peripheral". Source: kernel drivers/dma/idxd/init.c.
  private var isDataAccelerator: Bool { vendor == 0x8086 && (device == 0x0b25 || device == 0x0cfe) }

  /// The picture of a board's management controller. Source: kernel drivers/gpu/drm/{ast,mgag200,hisilicon/hibmc}.
  var isManagementDisplay: Bool? {
    guard let baseClass else { return nil }
    if baseClass != 0x03 { return false }
    guard let vendor else { return nil }
    return vendor == 0x1a03 || vendor == 0x102b || vendor == 0x19e5 && device == 0x1711
  }

  /// Devices whose errata let a guest harm the host. Source: kernel drivers/vfio/pci/vfio_pci.c,
  /// vfio_pci_dev_in_denylist().
  var isDenylisted: Bool? {
    guard let vendor else { return nil }
    if vendor != 0x8086 { return false }
    return device.map { [0x0435, 0x0443, 0x19e2, 0x19e3, 0x37c8, 0x37c9, 0x0b25, 0x0cfe].contains($0) }
  }
}
