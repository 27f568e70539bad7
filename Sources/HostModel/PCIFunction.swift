// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

public import Evidence

/// One PCI function as sysfs shows it. An optional is `nil` when the host did not say; nothing is made up.
public struct PCIFunction: Sendable, Hashable {
  public private(set) var address: PCIAddress
  /// 16 bits each; a VF's come from its PF. Source: sysfs `vendor`, `device`.
  public var vendor, device: UInt16?
  public var subsystemVendor, subsystemDevice: UInt16?
  /// 24 bits: base class, sub-class, programming interface. Source: sysfs `class`.
  public var classCode: UInt32?
  /// Bound driver's name; `nil` with `isDriverKnown`: none is bound.
  public var driver: String?
  public var isDriverKnown = false
  /// `nil`: firmware did not say (-1), or the host did not.
  public var numaNode: Int?
  /// IOMMU group number; `nil`: in none, or not known.
  public var iommuGroup: Int?
  /// The PF, if this is a virtual function.
  public var physicalFunction: PCIAddress?

  public init(_ address: PCIAddress) { self.address = address }

  /// The same function elsewhere.
  public func moved(to address: PCIAddress, group: Int?) -> PCIFunction {
    var function = self
    (function.address, function.iommuGroup) = (address, group)
    return function
  }

  /// Base class and sub-class, 16 bits.
  public var classAndSubclass: UInt16? { classCode.map { UInt16(truncatingIfNeeded: $0 >> 8) } }

  /// A display controller or processing accelerator that people call a GPU.
  /// Source: PCI Code and ID Assignment 1.16, 1.4 and 1.19: 0300 VGA, 0302 3D, 0380 other display, 1200 accelerator.
  public var isGPU: Bool { classAndSubclass.map { [0x0300, 0x0302, 0x0380, 0x1200].contains($0) } ?? false }

  public var isBridge: Bool? { classCode.map { $0 >> 16 == 0x06 } }
}
