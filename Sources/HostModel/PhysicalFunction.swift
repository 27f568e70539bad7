// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

public import Evidence

/// A physical function and its virtual functions.
public struct PhysicalFunction: Sendable, Hashable {
  public let address: PCIAddress
  /// VFs this function can have. Source: `sriov_totalvfs`, else the capability's TotalVFs register.
  public var totalVFs: Int?
  /// VFs enabled now. Source: `sriov_numvfs`, else NumVFs.
  public var activeVFs: Int?
  /// VFs that sit in a guest's driver (VFIO), of the active ones; `nil`: a binding could not be read.
  public var assignedVFs: Int?
  public var vfDevice: UInt16?
  public var firstVFOffset, vfStride: Int?
  public var driversAutoprobe: Bool?
  /// Addresses of the enabled VFs, in order.
  public var virtualFunctions: [PCIAddress] = []
  /// Whether VFs can be had, the first rung that stops it, and the fix.
  public var standing: Standing

  public init(_ address: PCIAddress, standing: Standing) {
    (self.address, self.standing) = (address, standing)
  }

  /// VFs that could still be enabled or are enabled and unassigned.
  public var freeVFs: Int? {
    guard let totalVFs, let assignedVFs else { return nil }
    return max(0, totalVFs - assignedVFs)
  }
}
