// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

public import Evidence

/// A GPU, or another device that computes for guests or carries their data, and how it can be shared out.
///
/// An optional is `nil` when the host did not say; nothing is made up.
public struct Accelerator: Sendable, Equatable {
  /// What it is for. `other`: a co-processor that the device table does not hold.
  public enum Kind: String, Sendable, CaseIterable {
    case ai, crypto, dma, dpu, fabric, fpga, gpu, nic, other, storage
  }

  /// How it can be handed out now.
  public enum Sharing: String, Sendable, CaseIterable {
    /// To one guest.
    case whole
    /// As virtual functions.
    case sriov
    /// As mediated devices of a vGPU type.
    case mdev
    /// As virtual functions that NVIDIA's driver serves, each with a vGPU type. Since kernel 6.8.
    case vendorVFIO = "vendor_vfio"
    /// Mediated devices and vendor VFIO look alike while no virtual function is enabled.
    case unknownUntilVFsEnabled = "unknown_until_vfs_enabled"
  }

  public let address: PCIAddress
  public let kind: Kind
  /// Its row of the device table; `nil`: not classified.
  public var model: AcceleratorModel?
  /// Audio, USB and the like of the same card, which go along with it.
  public var companions: [PCIAddress] = []
  public var sharing: Sharing?
  /// vGPU types, by id.
  public var vgpuTypes: [VGPUType] = []
  /// Its virtual functions as far as they are vGPUs, by address.
  public var virtualGPUs: [VirtualGPU] = []
  /// `up` or `down`. Source: kernel Documentation/ABI/testing/sysfs-driver-qat, `qat/state` and `qat/cfg_services`.
  public var qatState, qatServices: String?
  /// What Nova will call it: `type-PF`, `type-VF` or `type-PCI`.
  public var novaDeviceType: String?
  /// Whether the silicon has a confidential-computing mode.
  public var isCCCapable: Bool?
  public var tdisp = TDISPEvidence()
  /// The vendor's command that tells the mode, which nobody can see without touching the device; `nil`: there is none.
  public var ccModeCheck: String?
  /// The climb of `pci.confidential`; `nil`: not a GPU.
  public var confidential: Standing?

  public init(_ address: PCIAddress, kind: Kind) { (self.address, self.kind) = (address, kind) }
}

/// What makers say of a device. Figures are of one PCI function.
public final class AcceleratorModel: Sendable, Equatable {
  /// With the maker's.
  public let name: String
  public let architecture: String?
  /// As the datasheet counts it: makers write GB.
  public let memoryGiB: Int?
  /// Compute units, and what they are called: `SM`, `CU`, `EU`, `Xe-core`.
  public let units: Int?
  public let unit: String?
  public let isMIGCapable, isCCCapable, hasTEEIO: Bool?
  /// The GPU part of an SCS flavor name without its underscore: `GNl-142hh-48`. Source: SCS scs-0100.
  public let scsNamePiece: String?
  /// Documents that the row rests on.
  public let sources: [String]

  public init(
    name: String, architecture: String? = nil, memoryGiB: Int? = nil, units: Int? = nil, unit: String? = nil,
    isMIGCapable: Bool? = nil, isCCCapable: Bool? = nil, hasTEEIO: Bool? = nil, scsNamePiece: String? = nil,
    sources: [String]
  ) {
    (self.name, self.architecture, self.memoryGiB) = (name, architecture, memoryGiB)
    (self.units, self.unit, self.scsNamePiece) = (units, unit, scsNamePiece)
    (self.isMIGCapable, self.isCCCapable, self.hasTEEIO) = (isMIGCapable, isCCCapable, hasTEEIO)
    self.sources = sources
  }

  /// A name has one row.
  public static func == (a: AcceleratorModel, b: AcceleratorModel) -> Bool { a.name == b.name }
}

/// A vGPU type that a GPU offers.
public struct VGPUType: Sendable, Equatable {
  /// `nvidia-742`, or a number with vendor VFIO.
  public let id: String
  public var name: String?
  /// Mediated devices that can still be made of it. With vendor VFIO `nil`: there a type is listed while one more fits.
  public var available: Int?
  /// Functions that offer it now.
  public var offeredBy = 0
  /// Functions that have it. Mediated devices are not counted.
  public var inUse: Int?

  public init(id: String) { self.id = id }
}

/// A virtual function that can be a vGPU.
public struct VirtualGPU: Sendable, Equatable {
  /// `full`: beside its siblings no type fits any more.
  public enum State: String, Sendable, CaseIterable {
    case free, full, typed, unknown
  }
  public let address: PCIAddress
  public let state: State
  /// The type it has.
  public let type: String?

  public init(_ address: PCIAddress, _ state: State, type: String?) {
    (self.address, self.state, self.type) = (address, state, type)
  }
}

/// What speaks for TDISP, the way for a device into a confidential guest's memory.
public struct TDISPEvidence: Sendable, Equatable {
  /// Device Capabilities, bit 30. Source: PCI Express Base Specification 6.0, 7.5.3.3.
  public var teeIO: Bool?
  /// Extended capabilities 002Eh (Data Object Exchange) and 0030h (Integrity and Data Encryption).
  public var doe, ide: Bool?
  /// The function has a `tsm` directory. Since kernel 6.19.
  public var tsm: Bool?
  /// `authenticated`: SPDM has vouched for it. Absent without a TSM in the host.
  public var authenticated: Bool?
  /// Names below `doe_features`, `0001:01` and the like.
  public var doeFeatures: [String]?

  public init() {}
}
