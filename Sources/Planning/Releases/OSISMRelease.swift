// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

/// A release of OSISM, which ships every second OpenStack release: those that may be skipped between.
public struct OSISMRelease: Sendable, Hashable {
  /// `11`.
  public let id: String
  /// The OpenStack release's id. Not in `OpenStackRelease.all`: planned, and its Nova is not known.
  public let openStack: String

  /// As of 2026-11-22. Source: OSISM docs/concepts/release-cadence.md.
  public static let all = [
    OSISMRelease(id: "10", openStack: "2025.1"), OSISMRelease(id: "11", openStack: "2026.1"),
    OSISMRelease(id: "12", openStack: "2027.1"),
  ]

  /// The first one that ships a release or a later one; `nil`: none that is known.
  public static func first(with release: OpenStackRelease) -> OSISMRelease? {
    all.first { $0.openStack >= release.id }
  }
}
