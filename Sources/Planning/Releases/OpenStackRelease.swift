// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

/// An OpenStack release, as far as what hostcap writes depends on it.
public struct OpenStackRelease: Sendable, Hashable, Comparable {
  /// `2026.1`.
  public let id: String
  /// Nova's major version, one a release.
  public let nova: Int
  /// The version whose behaviour the row was taken from; `nil`: from its documentation.
  public let observedNova: String?
  /// What `hw:mem_encryption_model` takes. Empty: Nova has no such key, and `hw:mem_encryption` is plain SEV.
  public let memoryEncryptionModels: [String]
  /// `managed` and `live_migratable` are keys of `[pci] device_spec`, not free tags.
  public var hasManagedDevices: Bool { nova >= 31 }
  /// `one_time_use` is.
  public var hasOneTimeUse: Bool { nova >= 34 }
  /// What a model that Nova does not know comes to at boot: before 32 plain SEV, since then an error.
  public var ignoresUnknownModels: Bool { memoryEncryptionModels.isEmpty }
  /// SEV-ES contexts are withdrawn where SEV-SNP is on (CVE-2025-48514), and nova-compute refuses to start with such
  /// guests.
  public var dropsESBesideSNP: Bool { nova >= 34 }

  public static func < (a: Self, b: Self) -> Bool { a.nova < b.nova }

  /// As of 2026-11-26. Source: Nova 31.3.1, 32.2.1, 33.0.2 and 34.0.0 as installed from PyPI, their extra-spec validators
  /// and nova.virt.hardware.get_mem_encryption_constraint(); releases.openstack.org.
  public static let all = [
    OpenStackRelease(id: "2025.1", nova: 31, observedNova: "31.3.1", memoryEncryptionModels: []),
    OpenStackRelease(
      id: "2025.2", nova: 32, observedNova: "32.2.1", memoryEncryptionModels: ["amd-sev", "amd-sev-es"]),
    OpenStackRelease(
      id: "2026.1", nova: 33, observedNova: "33.0.2", memoryEncryptionModels: ["amd-sev", "amd-sev-es"]),
    OpenStackRelease(
      id: "2026.2", nova: 34, observedNova: "34.0.0",
      memoryEncryptionModels: ["amd-sev", "amd-sev-es", "amd-sev-snp", "intel-tdx"]),
  ]

  /// The last one that is known.
  public static var newest: OpenStackRelease {
    all.max() ?? OpenStackRelease(id: "", nova: 0, observedNova: nil, memoryEncryptionModels: [])
  }

  public static func named(_ id: String) -> OpenStackRelease? { all.first { $0.id == id } }
}
