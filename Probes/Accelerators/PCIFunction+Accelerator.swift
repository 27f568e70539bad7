// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Devices
internal import Evidence
internal import HostModel

// Which functions are accelerators: by class, or by an id that the table holds.
extension PCIFunction {
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
