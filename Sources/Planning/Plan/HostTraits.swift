// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

/// The traits that hostcap gives to hosts: one for each capability that is ready. The list is closed, so that those
/// which are no longer true can be named.
public enum HostTraits {
  /// Capabilities that a flavor can ask for and Nova does not report by itself in this form.
  public static let capabilities = [
    "amd.sev", "amd.sev-es", "amd.sev-snp", "arm.cca", "ibm.secure-execution", "intel.sgx", "intel.tdx",
    "iommu",
  ]

  /// `CUSTOM_HOSTCAP_AMD_SEV_SNP_READY`.
  public static func trait(_ capability: String) -> String {
    PlacementName.custom("HOSTCAP_\(capability)_READY")
  }

  /// All, sorted.
  public static let all = capabilities.map(trait).sorted()

  /// Those that a host has, sorted: of what is ready there. Where SEV-ES is not safe, no flavor must find it by its trait.
  public static func traits(of host: HostRecord) -> [String] {
    let ready = capabilities.filter {
      host.isReady($0) && !($0 == MemoryEncryption.sevES.capability && isESUnsafe(host))
    }
    return ready.map(trait).sorted()
  }

  /// With SEV-SNP on, the firmware of SEV-ES guests is open to an attack, and Nova 34 withdraws them. It may be on and yet
  /// not ready, for want of a library: only what stops before the firmware has initialised it is surely off.
  /// Source: CVE-2025-48514; Nova 34 release notes.
  static func isESUnsafe(_ host: HostRecord) -> Bool {
    guard let record = host.capabilities[MemoryEncryption.sevSNP.capability] else { return true }
    switch record.state {
    case .absent: return false
    case .blocked: return !["environment", "cpu", "firmware", "kernel", "psp"].contains(record.cause?.layer)
    case .ready, .unknown, .notApplicable: return true
    }
  }

  /// Those of devices, sorted.
  public static let ofDevices = [
    "CUSTOM_HOSTCAP_CC_CAPABLE", "CUSTOM_HOSTCAP_NUMA_KNOWN", "CUSTOM_HOSTCAP_PT_READY",
  ]
}
