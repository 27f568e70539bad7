// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Evidence

/// The registers of an SR-IOV capability that say where the virtual functions are.
/// Source: SR-IOV 1.1, 3.3; extended capability 0x0010.
struct SRIOVCapability {
  let isEnabled: Bool
  let numVFs, firstVFOffset, vfStride, vfDevice: UInt16

  /// `nil`: no such capability in these bytes.
  init?(_ config: [UInt8]) {
    guard let at = Self.offset(in: config),
      let control = littleEndian(config[...], at: at + 0x08, as: UInt16.self),
      let numVFs = littleEndian(config[...], at: at + 0x10, as: UInt16.self),
      let offset = littleEndian(config[...], at: at + 0x14, as: UInt16.self),
      let stride = littleEndian(config[...], at: at + 0x16, as: UInt16.self),
      let device = littleEndian(config[...], at: at + 0x1a, as: UInt16.self)
    else { return nil }
    isEnabled = control.bit(0)
    (self.numVFs, firstVFOffset, vfStride, vfDevice) = (numVFs, offset, stride, device)
  }

  /// Walks the list of extended capabilities from 0x100, each a dword: id 15:0, version 19:16, next 31:20.
  /// A space of 4096 bytes has room for 960 of them. Source: PCI Express Base 5.0, 7.6.3.
  private static func offset(in config: [UInt8]) -> Int? {
    var at = 0x100
    for _ in 0..<960 {
      guard let header = littleEndian(config[...], at: at, as: UInt32.self), header != 0, header != .max
      else { return nil }
      if header & 0xffff == 0x0010 { return at }
      at = Int(header >> 20) & ~3
      guard at >= 0x100 else { return nil }
    }
    return nil
  }

  /// The routing id of the PF plus First VF Offset plus `index` times VF Stride; `nil`: past the domain's last.
  func virtualFunction(_ index: Int, of physicalFunction: PCIAddress) -> PCIAddress? {
    let own =
      Int(physicalFunction.bus) << 8 | Int(physicalFunction.device) << 3 | Int(physicalFunction.function)
    let id = own + Int(firstVFOffset) + index * Int(vfStride)
    guard id <= 0xffff, index == 0 || vfStride > 0 else { return nil }
    return PCIAddress(
      domain: physicalFunction.domain, bus: UInt8(id >> 8), device: UInt8(id >> 3 & 0x1f),
      function: UInt8(id & 7))
  }
}
