// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Evidence

// What a function needs to join a confidential guest.

/// Data Object Exchange, 002Eh: a mailbox, as for SPDM. Only its registers are looked at; nothing is ever sent.
/// Source: PCI Express Base Specification 6.0, 7.9.24.
public struct DOECapability: Capability {
  public let isInterruptSupported: Bool

  init?(_ space: ConfigSpace, at offset: Int) {
    guard let capability = space.register(offset + 4) else { return nil }
    isInterruptSupported = capability.bit(0)
  }
}

/// Integrity and Data Encryption, 0030h. Source: PCI Express Base Specification 6.0, 7.9.26.
public struct IDECapability: Capability {
  /// Traffic classes with a Link IDE stream; 0: none is supported.
  public let linkStreams: Int
  /// Selective IDE streams; 0: none is supported.
  public let selectiveStreams: Int
  /// Capability[24]: streams may be limited to a TEE's.
  public let isTEELimitedStreamSupported: Bool

  init?(_ space: ConfigSpace, at offset: Int) {
    guard let capability = space.register(offset + 4) else { return nil }
    linkStreams = capability.bit(0) ? Int(capability.bits(13...15)) + 1 : 0
    selectiveStreams = capability.bit(1) ? Int(capability.bits(16...23)) + 1 : 0
    isTEELimitedStreamSupported = capability.bit(24)
  }
}

/// Designated Vendor-Specific, 0023h: a capability of some vendor's, such as CXL's (1E98h).
/// Source: PCI Express Base Specification 6.0, 7.9.6.
public struct DVSECapability: Capability {
  public let vendor, id: UInt16
  public let revision: Int
  /// Bytes, the header included.
  public let length: Int

  init?(_ space: ConfigSpace, at offset: Int) {
    guard let header = space.register(offset + 4), let id = space.word(offset + 8, as: UInt16.self) else {
      return nil
    }
    (vendor, self.id) = (UInt16(header.bits(0...15)), id)
    (revision, length) = (Int(header.bits(16...19)), Int(header.bits(20...31)))
  }
}

/// Advanced Features, 13h: Function-level Reset without PCI Express.
/// Source: Advanced Capabilities for Conventional PCI ECN; kernel drivers/pci/pci.c, pci_af_flr().
struct AdvancedFeaturesCapability: Capability {
  let canFunctionLevelReset: Bool

  init?(_ space: ConfigSpace, at offset: Int) {
    guard let capability = space.word(offset + 3, as: UInt8.self), capability != .max else { return nil }
    // Transactions Pending as well: a reset waits for its end.
    canFunctionLevelReset = capability.bit(0) && capability.bit(1)
  }
}
