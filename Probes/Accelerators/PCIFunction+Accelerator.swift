// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Evidence
internal import HostModel

// Which functions are accelerators: by class, or by an id that the table holds.
extension PCIFunction {
  /// Classes under which devices of the table come; the others are not looked up. A function without a class is.
  /// Source: PCI Code and ID Assignment 1.16, chapter 1.
  var mayBeInTable: Bool {
    guard let classAndSubclass, let vendor else { return vendor != nil }
    guard DeviceTable.vendors.contains(vendor) else { return false }
    switch classAndSubclass >> 8 {
    // Network, display, cryptography, signal processing, processing accelerators, devices of no class.
    case 0x02, 0x03, 0x10, 0x11, 0x12, 0xff: return true
    // Other bridge device, other system peripheral, co-processor.
    default: return [0x0680, 0x0880, 0x0b40].contains(classAndSubclass)
    }
  }

  /// What the class alone tells; `nil`: no accelerator.
  var acceleratorKindByClass: Accelerator.Kind? {
    switch classAndSubclass {
    case 0x0300, 0x0302, 0x0380: return .gpu
    // AMD's Instinct of the MI300 family.
    case 0x1200: return vendor == 0x1002 ? .gpu : .other
    case 0x1201, 0x0b40: return .other
    // NVSwitch. NVIDIA's chipsets, which have bridges too, are numbered below. Source: pci.ids.
    case 0x0680: return vendor == 0x10de && device ?? 0 >= 0x1000 ? .fabric : nil
    default: return nil
    }
  }

  /// The picture of a board's management controller. Source: kernel drivers/gpu/drm/{ast,mgag200,hisilicon/hibmc}.
  var isManagementDisplay: Bool {
    guard let classAndSubclass, classAndSubclass >> 8 == 0x03 else { return false }
    return vendor == 0x1a03 || vendor == 0x102b || vendor == 0x19e5 && device == 0x1711
  }

  /// Audio, USB and USB Type-C of a graphics card: functions beside its first.
  func isCompanion(of other: PCIFunction) -> Bool {
    guard let classAndSubclass, address.function > 0, vendor != nil else { return false }
    return address.sharesSlot(with: other.address) && address != other.address && vendor == other.vendor
      && [0x0403, 0x0c03, 0x0c80].contains(classAndSubclass)
  }
}

extension DeviceTable {
  /// Vendors of the table's rows, so that it is decoded only where one of them is.
  static let vendors: Set<UInt16> = [0x1002, 0x10de, 0x10ee, 0x15b3, 0x1da3, 0x1dd8, 0x8086]
}

/// A function that is an accelerator.
struct Candidate {
  let function: PCIFunction
  let kind: Accelerator.Kind
  let model: AcceleratorModel?

  /// `nil`: no accelerator. NVMe controllers are if they have virtual functions.
  init?(_ function: PCIFunction, _ host: any HostSource) {
    self.function = function
    if function.isManagementDisplay { return nil }
    let table = function.mayBeInTable ? DeviceTable.embedded : nil
    if let table, let row = table.row(for: function) {
      (kind, model) = (Accelerator.Kind(rawValue: row.kind) ?? .other, table.model(row))
    } else if let byClass = function.acceleratorKindByClass {
      let parent = table?.row(forVirtual: function)
      kind = parent.flatMap { Accelerator.Kind(rawValue: $0.kind) } ?? byClass
      model = parent.flatMap { table?.virtualModel($0) }
    } else if function.classAndSubclass == 0x0108,
      let total = host.sriovNumber(function.address, "sriov_totalvfs").value, total > 0
    {
      (kind, model) = (.storage, nil)
    } else {
      return nil
    }
  }
}
