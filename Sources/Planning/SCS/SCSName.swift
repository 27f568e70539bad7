// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

/// A flavor name of the Sovereign Cloud Stack: what a flavor promises at least, in a fixed order.
///
/// It has no part for confidential computing. A name may promise less than the flavor has, never more.
/// Source: SCS standard scs-0100 v3.3 (2026-07-24).
public struct SCSName: Sendable, Hashable, CustomStringConvertible {
  public var cpus: Int
  public var cpuType: CPUType
  /// `i`: without the mitigations, or with sibling threads that they do not cover.
  public var isInsecure = false
  /// In halves of a GiB, the smallest step: 7 is `3.5`.
  public var ramHalfGiB: Int
  /// `u`: the memory corrects no errors.
  public var isWithoutECC = false
  /// `o`: more memory is promised than there is.
  public var isRAMOversubscribed = false
  /// `nil`: none; the guest starts from a volume.
  public var disk: Disk?
  /// `nil`: not said, which means KVM.
  public var hypervisor: Hypervisor?
  /// `_hwv`: a guest can start guests of its own.
  public var hasNestedVirtualization = false
  /// `nil`: any x86-64.
  public var architecture: Architecture?
  public var gpu: GPU?
  /// `_ib`.
  public var hasInfiniBand = false

  public init(cpus: Int, cpuType: CPUType, ramHalfGiB: Int) {
    (self.cpus, self.cpuType, self.ramHalfGiB) = (cpus, cpuType, ramHalfGiB)
  }

  /// Every name of the standard begins so, and no other name may.
  public static let prefix = "SCS-"

  /// The long form, as of version 3: `SCS-16T-64-200s_kvm_hwv_z4h_GNl-142hh-48_ib`.
  public var description: String {
    let ram = "\(ramHalfGiB / 2)" + (ramHalfGiB % 2 == 0 ? "" : ".5")
    let base =
      "\(Self.prefix)\(cpus)\(cpuType.rawValue)" + (isInsecure ? "i" : "") + "-" + ram
      + (isWithoutECC ? "u" : "") + (isRAMOversubscribed ? "o" : "") + (disk.map { "-\($0)" } ?? "")
    let extensions = [
      hypervisor?.rawValue, hasNestedVirtualization ? "hwv" : nil, architecture?.description,
      gpu?.description,
      hasInfiniBand ? "ib" : nil,
    ]
    return ([base] + extensions.compactMap { $0 }).joined(separator: "_")
  }
}
