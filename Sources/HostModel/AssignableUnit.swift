// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

public import Evidence

/// What can be handed to a guest as one: a function, or the functions of a slot that share an IOMMU group.
public struct AssignableUnit: Sendable, Hashable {
  /// Lowest address first; the first one names the unit.
  public let members: [PCIAddress]
  /// `gpu`, `vf`, `network`, `storage`, `accelerator` or `other`.
  public let kind: String
  public let standing: Standing

  public init(members: [PCIAddress], kind: String, standing: Standing) {
    (self.members, self.kind, self.standing) = (members, kind, standing)
  }

  public var state: CapabilityState { standing.state }
}
