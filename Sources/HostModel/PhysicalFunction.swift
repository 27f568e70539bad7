// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

public import Evidence

/// How many virtual functions are held by whom.
public struct VirtualFunctionUse: Sendable, Hashable {
  /// By a driver of the host's; by VFIO, so that a guest can have it; by nobody.
  public var host, vfio, idle: Int

  public init(host: Int = 0, vfio: Int = 0, idle: Int = 0) {
    (self.host, self.vfio, self.idle) = (host, vfio, idle)
  }
}

/// A physical function and its virtual functions.
public struct PhysicalFunction: Sendable, Hashable {
  public let address: PCIAddress
  /// VFs this function can have. Source: `sriov_totalvfs`, else the capability's TotalVFs register.
  public var totalVFs: Int?
  /// VFs enabled now. Source: `sriov_numvfs`, else NumVFs.
  public var activeVFs: Int?
  /// Who holds the active ones; `nil`: a binding could not be read.
  public var vfsByUse: VirtualFunctionUse?
  /// Of those, the ones that sit in a guest's driver.
  public var assignedVFs: Int? { vfsByUse?.vfio }
  public var vfDevice: UInt16?
  public var firstVFOffset, vfStride: Int?
  public var driversAutoprobe: Bool?
  /// Addresses of the enabled VFs, in order.
  public var virtualFunctions: [PCIAddress] = []
  /// Room for the VFs' registers; empty: none was given.
  public var vfApertures: [VFAperture]?
  /// Its own ports, and in switchdev mode its VFs'. Empty: no network device.
  public var networkPorts: [NetworkPort]?
  public var rdmaDevices: [String]?
  /// MSI-X vectors that can be shared out among the VFs; 0: the driver does that by itself.
  /// Source: sysfs `sriov_vf_total_msix`.
  public var vfInterruptVectors: Int?
  /// Vectors of each enabled VF, in order; `nil` also: the driver shares them out.
  public var interruptVectorsByVF: [Int]?
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
