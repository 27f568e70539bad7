// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

/// Why a rung does not simply hold: one entry of a closed list, with the fix that clears it.
///
/// The list is `Reason.all`. An id is lower case, `area.what_is_wrong`, and for ever.
public struct Reason: Sendable, Hashable {
  public let id: String
  public let fixKind: FixKind
  /// What to do, as an instruction for an operator.
  public let fix: String
  /// The cheapest command that shows the cause, and later the cure, by hand.
  public let check: String

  init(_ id: String, _ fixKind: FixKind, _ fix: String, check: String) {
    (self.id, self.fixKind, self.fix, self.check) = (id, fixKind, fix, check)
  }

  public static let all: [Reason] =
    sources + environments + silicon + firmware + kernels + secureProcessor + kvm + iommu + sriov
    + passthrough + accelerators + intel + otherPlatforms + virtualization + guests
}
