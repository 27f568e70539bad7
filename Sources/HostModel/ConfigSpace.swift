// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Evidence

/// A PCI function's configuration space, as far as it was handed out.
///
/// 64 bytes to a reader without CAP_SYS_ADMIN, else 256 or 4096. What lies beyond the end is unknown, never absent.
/// Source: PCI Express Base Specification 6.0, 7.5 to 7.9.
public struct ConfigSpace: Sendable {
  public let bytes: [UInt8]

  /// The header alone has 64 bytes; fewer are no configuration space.
  public init?(_ bytes: ArraySlice<UInt8>) {
    guard (64...4096).contains(bytes.count) else { return nil }
    self.bytes = Array(bytes)
  }

  /// 8, 16 or 32 bits at `offset`; `nil` past the end.
  func word<Value: FixedWidthInteger & UnsignedInteger>(_ offset: Int, as type: Value.Type) -> Value? {
    littleEndian(bytes[...], at: offset, as: type)
  }

  /// Nobody answered: the function is asleep in D3cold or off the bus. Of a VF only the identity reads so, by design.
  public var isAllOnes: Bool { bytes.prefix(64).allSatisfy { $0 == 0xff } }

  /// 16 bits; `nil`: all ones, nobody there (a VF takes its identity from its PF).
  public var vendor: UInt16? { word(0, as: UInt16.self).flatMap { $0 == .max ? nil : $0 } }
  public var device: UInt16? { vendor == nil ? nil : word(2, as: UInt16.self) }
  /// 24 bits: base class, sub-class, programming interface.
  public var classCode: UInt32? { word(8, as: UInt32.self).map { $0 >> 8 } }
  /// 0 endpoint, 1 PCI-to-PCI bridge, 2 CardBus bridge.
  public var headerType: UInt8? { word(0x0e, as: UInt8.self).map { $0 & 0x7f } }
  /// Only an endpoint's header has them at 2Ch.
  public var subsystemVendor: UInt16? { headerType == 0 ? word(0x2c, as: UInt16.self) : nil }
  public var subsystemDevice: UInt16? { headerType == 0 ? word(0x2e, as: UInt16.self) : nil }
}

extension ConfigSpace {
  /// Where a capability is.
  public enum Presence: Hashable, Sendable {
    case at(Int)
    /// The whole list was walked, and it is not on it.
    case absent
    /// The list could not be walked to its end, and why.
    case unknown(String)
  }

  /// The first standard capability `id`. Source: PCI Local Bus Specification 3.0, 6.7.
  public func capability(_ id: UInt8) -> Presence {
    // Status, bit 4: there is a list.
    guard let status = word(6, as: UInt16.self), status.bit(4) else { return .absent }
    guard var offset = word(0x34, as: UInt8.self).map({ Int($0 & 0xfc) }) else { return .absent }
    // 48 capabilities of 4 bytes fill the 192 bytes behind the header.
    for _ in 0..<48 {
      if offset == 0 { return .absent }
      guard offset >= 0x40 else { return .unknown("the capability list is broken") }
      guard let found = word(offset, as: UInt8.self), let next = word(offset + 1, as: UInt8.self) else {
        return .unknown("only \(bytes.count) bytes of configuration space")
      }
      if found == 0xff { return .unknown("the capability list is broken") }
      if found == id { return .at(offset) }
      offset = Int(next & 0xfc)
    }
    return .unknown("the capability list does not end")
  }

  /// The first extended capability `id`. Only PCI Express functions have any.
  /// Source: PCI Express Base Specification 6.0, 7.6.3.
  public func extendedCapability(_ id: UInt16) -> Presence {
    // 10h: PCI Express.
    switch capability(0x10) {
    case .absent: return .absent
    case .unknown(let why): return .unknown(why)
    case .at: break
    }
    var offset = 0x100
    // 480 capabilities of 8 bytes fill the 3840 bytes behind the first 256.
    for _ in 0..<480 {
      guard let header = word(offset, as: UInt32.self) else {
        return .unknown("only \(bytes.count) bytes of configuration space")
      }
      if header == 0 { return .absent }
      if header == .max { return .unknown("the extended capabilities read all ones") }
      if UInt16(header.bits(0...15)) == id { return .at(offset) }
      offset = Int(header.bits(20...31) & 0xffc)
      if offset == 0 { return .absent }
      if offset < 0x100 { return .unknown("the extended capability list is broken") }
    }
    return .unknown("the extended capability list does not end")
  }
}
