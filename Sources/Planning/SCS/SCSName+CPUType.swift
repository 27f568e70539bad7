// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

extension SCSName {
  /// What a vCPU is of a core.
  public enum CPUType: String, Sendable, CaseIterable {
    /// More than five share a core.
    case crowdedCore = "L"
    case sharedCore = "V"
    case dedicatedThread = "T"
    case dedicatedCore = "C"

    /// The value of the extra spec `scs:cpu-type`. Source: SCS standard scs-0103 v1.2.
    public var extraSpec: String {
      switch self {
      case .crowdedCore: "crowded-core"
      case .sharedCore: "shared-core"
      case .dedicatedThread: "dedicated-thread"
      case .dedicatedCore: "dedicated-core"
      }
    }
  }

  /// What runs the guests, or that nothing does: `bms` is a machine of its own.
  public enum Hypervisor: String, Sendable, CaseIterable { case kvm, chy, xen, vmw, hyv, bms }
}
