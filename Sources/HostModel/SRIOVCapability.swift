// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

public import Evidence

/// The Single Root I/O Virtualization extended capability of a physical function, 0010h.
///
/// Source: PCI Express Base Specification 6.0, 9.3.3.
public struct SRIOVCapability: Sendable, Hashable {
  /// SR-IOV Control, bit 0: VF Enable.
  public let isEnabled: Bool
  public let initialVFs, totalVFs, numVFs: UInt16
  public let firstVFOffset, vfStride: UInt16
  public let vfDevice: UInt16

  /// `nil` if the configuration space ends before the capability does.
  public init?(_ space: ConfigSpace, at offset: Int) {
    func word(_ field: Int) -> UInt16? { space.word(offset + field, as: UInt16.self) }
    guard let control = word(0x08), let initial = word(0x0c), let total = word(0x0e), let number = word(0x10),
      let first = word(0x14), let stride = word(0x16), let device = word(0x1a)
    else { return nil }
    (isEnabled, initialVFs, totalVFs, numVFs) = (control.bit(0), initial, total, number)
    (firstVFOffset, vfStride, vfDevice) = (first, stride, device)
  }

  /// VFs that exist now: NumVFs counts only while VF Enable is set.
  public var activeVFs: Int { isEnabled ? Int(numVFs) : 0 }
}

extension HostSource {
  /// A function's configuration space. Reading it wakes a suspended function, where the source allows that.
  public func configSpace(_ address: PCIAddress) -> Reading<ConfigSpace> {
    read(.pciConfig(address), as: ConfigSpace.init)
  }

  /// The SR-IOV capability. Absent: the whole list was walked. Denied: only the header was handed out.
  public func sriovCapability(_ address: PCIAddress) -> Reading<SRIOVCapability> {
    configSpace(address).flatMap { space in
      if space.isAllOnes { return .unreadable("the configuration space reads all ones") }
      switch space.extendedCapability(0x0010) {
      case .absent: return .absent
      case .at(let offset):
        return SRIOVCapability(space, at: offset).map(Reading.Outcome.value)
          ?? .unreadable("the capability is cut off")
      case .unknown(let why):
        // Without CAP_SYS_ADMIN the kernel ends after the header. Source: kernel drivers/pci/pci-sysfs.c,
        // pci_read_config().
        if space.bytes.count >= 256 { return .unreadable(why) }
        return isWhole ? .denied : .withheld(why)
      }
    }
  }
}
