// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Evidence

// What a function needs to work with a guest's own page tables.

/// Address Translation Service, 000Fh. Source: PCI Express Base Specification 6.0, 10.5.1.
public struct ATSCapability: Capability {
  /// Translations that may be invalidated at a time: 4:0, where 0 is 32.
  public let invalidateQueueDepth: Int
  /// Smallest Translation Unit: 2^(12 + n) bytes.
  public let smallestTranslationUnit: Int
  public let isEnabled: Bool

  init?(_ space: ConfigSpace, at offset: Int) {
    guard let both = space.register(offset + 4) else { return nil }
    let depth = Int(both.bits(0...4))
    invalidateQueueDepth = depth == 0 ? 32 : depth
    smallestTranslationUnit = Int(both.bits(16...20))
    isEnabled = both.bit(31)
  }
}

/// Page Request Interface, 0013h. Source: PCI Express Base Specification 6.0, 10.5.2.
public struct PRICapability: Capability {
  public let isEnabled: Bool
  /// Outstanding page requests: how many there can be, and how many are allowed now.
  public let capacity, allocation: UInt32

  init?(_ space: ConfigSpace, at offset: Int) {
    guard let both = space.register(offset + 4), let capacity = space.word(offset + 8, as: UInt32.self),
      let allocation = space.word(offset + 0x0c, as: UInt32.self)
    else { return nil }
    isEnabled = both.bit(0)
    (self.capacity, self.allocation) = (capacity, allocation)
  }
}

/// Process Address Space ID, 001Bh. Source: PCI Express Base Specification 6.0, 7.8.9.
public struct PASIDCapability: Capability {
  public let isExecuteSupported, isPrivilegedSupported: Bool
  /// Bits of a PASID, 0 to 20.
  public let width: Int
  public let isEnabled: Bool

  init?(_ space: ConfigSpace, at offset: Int) {
    guard let both = space.register(offset + 4) else { return nil }
    (isExecuteSupported, isPrivilegedSupported) = (both.bit(1), both.bit(2))
    width = Int(both.bits(8...12))
    isEnabled = both.bit(16)
  }
}
