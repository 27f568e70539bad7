// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

/// What Nova calls a PCI function. Source: OpenStack Nova nova/objects/fields.py, PciDeviceType.
public enum NovaDeviceType: String, Sendable, Hashable, CaseIterable {
  case pci = "type-PCI"
  case physical = "type-PF"
  case virtual = "type-VF"
}

/// An assignable unit of a host, with what planning needs of its first function.
public struct DeviceRecord: Sendable, Hashable {
  /// `0000:3b:00.0`, lower case.
  public let address: String
  /// Its other functions, which go along.
  public var companions: [String] = []
  /// `gpu`, `vf`, `network`, `storage`, `accelerator` or `other`.
  public let kind: String
  public internal(set) var state: RecordedState
  public var cause: CauseRecord?
  /// Reasons of everything that was remarked: `pci.numa_unknown` and the like.
  public var remarks: Set<String> = []
  /// Four hexadecimal digits, lower case; a VF's are its PF's vendor and what the PF gives. `nil`: not known.
  public var vendor, device: String?
  /// Six hexadecimal digits.
  public var classCode: String?
  /// `nil`: firmware did not say.
  public var numaNode: Int?
  /// The PF's address, if this is a VF.
  public var physicalFunction: String?
  public var type = NovaDeviceType.pci
  /// A row of the device table, its own or its PF's: `NVIDIA H200`.
  public var model: String?
  /// As the device table has it, of the whole device.
  public var memoryGiB: Int?
  /// `GNg-132-141h`, for the whole device alone.
  public var scsNamePiece: String?
  public var isCCCapable = false

  public init(address: String, kind: String, state: RecordedState) {
    (self.address, self.kind, self.state) = (address, kind, state)
  }

  /// `10de:2335`; `nil`: not known.
  public var id: String? {
    guard let vendor, let device else { return nil }
    return "\(vendor):\(device)"
  }

  /// PCI domain, as a number of up to 32 bits.
  public var domain: UInt32? { address.split(separator: ":").first.flatMap { UInt32($0, radix: 16) } }

  /// The function whose Placement provider the device is inventory of.
  public var providerFunction: String { physicalFunction ?? address }

  /// An InfiniBand controller. Source: PCI Code and ID Assignment 1.16, 1.3: class 0207.
  public var isInfiniBand: Bool { classCode?.hasPrefix("0207") ?? false }
}
