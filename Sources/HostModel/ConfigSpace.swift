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

  /// The first standard capability `id`.
  public func capability(_ id: UInt8) -> Presence { capabilities.first(UInt16(id)) }

  /// The first extended capability `id`.
  public func extendedCapability(_ id: UInt16) -> Presence { extendedCapabilities.first(id) }
}
