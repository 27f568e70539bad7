// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Evidence

/// Access Control Services, 000Dh: whether a port or a function sends its peers' requests up to the IOMMU.
///
/// It only explains a group: quirks of the kernel overrule it, and what counts is which functions share one.
/// Source: PCI Express Base Specification 6.0, 7.7.8.
public struct ACSCapability: Capability {
  /// ACS Capability and ACS Control: the same bits in both.
  public let capability, control: UInt16

  init?(_ space: ConfigSpace, at offset: Int) {
    guard let both = space.register(offset + 4) else { return nil }
    (capability, control) = (UInt16(both.bits(0...15)), UInt16(both.bits(16...31)))
  }

  /// What the kernel wants enabled for a group of one's own: Source Validation, P2P Request and Completion Redirect,
  /// Upstream Forwarding. Source: kernel drivers/iommu/iommu.c, REQ_ACS_FLAGS.
  static let required: UInt16 = 0x1d

  /// Of those, the ones that could be enabled and are not. What a port does not implement counts as kept.
  /// Source: kernel drivers/pci/pci.c, pci_acs_flags_enabled().
  public var missing: UInt16 { capability & ~control & Self.required }

  /// Bit numbers of both registers, with lspci's words.
  static let names = [
    "SrcValid", "TransBlk", "ReqRedir", "CmpltRedir", "UpstreamFwd", "EgressCtrl", "DirectTrans",
  ]

  /// The services of a register, lowest bit first.
  public static func services(_ register: UInt16) -> [String] {
    names.enumerated().filter { register.bit($0.offset) }.map(\.element)
  }
}
