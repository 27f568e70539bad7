// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

/// A kind of confidential guest that Nova can start, and what the host calls it.
public enum MemoryEncryption: String, Sendable, CaseIterable {
  case sev = "amd.sev"
  case sevES = "amd.sev-es"
  case sevSNP = "amd.sev-snp"
  case tdx = "intel.tdx"

  /// The id of hostcap's capability.
  public var capability: String { rawValue }

  /// The value of `hw:mem_encryption_model`.
  public var model: String {
    switch self {
    case .sev: "amd-sev"
    case .sevES: "amd-sev-es"
    case .sevSNP: "amd-sev-snp"
    case .tdx: "intel-tdx"
    }
  }

  /// Nova's own trait, which it reports on a provider of its own. Source: os-traits 3.9.0.
  public var novaTrait: String {
    switch self {
    case .sev: "HW_CPU_X86_AMD_SEV"
    case .sevES: "HW_CPU_X86_AMD_SEV_ES"
    case .sevSNP: "HW_CPU_X86_AMD_SEV_SNP"
    case .tdx: "HW_CPU_X86_INTEL_TDX"
    }
  }

  /// The first release whose Nova starts such guests; `nil`: none that is known.
  public var firstRelease: OpenStackRelease? {
    OpenStackRelease.all.first { isUsable(in: $0) }
  }

  /// Plain SEV needs no model.
  public func isUsable(in release: OpenStackRelease) -> Bool {
    self == .sev || release.memoryEncryptionModels.contains(model)
  }
}
