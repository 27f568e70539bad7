// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

/// What a PCI function is, without where it sits: a host has a few kinds, however many functions it has.
///
/// Numbers, not texts: a fleet has very many of them.
public struct CardRecord: Sendable, Hashable {
  /// `nil`: not known; bridges have no subsystem.
  public let vendor, device, subsystemVendor, subsystemDevice: UInt16?
  /// Base class, sub-class, programming interface.
  public let classCode: UInt32?
  /// `nil`: none is bound, or nobody knows.
  public let driver: String?
  /// Maker and model, where the report has them.
  public let name: String?

  public init(
    vendor: UInt16?, device: UInt16?, subsystemVendor: UInt16?, subsystemDevice: UInt16?, classCode: UInt32?,
    driver: String?, name: String?
  ) {
    (self.vendor, self.device, self.classCode) = (vendor, device, classCode)
    (self.subsystemVendor, self.subsystemDevice) = (subsystemVendor, subsystemDevice)
    (self.driver, self.name) = (driver, name)
  }
}
