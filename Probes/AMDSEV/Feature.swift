// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Evidence
internal import HostModel

/// One of the four technologies, with the name each source has for it.
enum Feature: Sendable {
  case sme, sev, sevES, sevSNP

  /// CPUID Fn8000_001F_EAX. Source: AMD APM vol. 3 (24594), appendix E.4.17.
  var bit: Int {
    switch self {
    case .sme: 0
    case .sev: 1
    case .sevES: 3
    case .sevSNP: 4
    }
  }

  /// In /proc/cpuinfo and as kvm_amd's parameter. Source: kernel arch/x86/include/asm/cpufeatures.h, kvm/svm/sev.c.
  var kernelName: String {
    switch self {
    case .sme: "sme"
    case .sev: "sev"
    case .sevES: "sev_es"
    case .sevSNP: "sev_snp"
    }
  }

  var title: String {
    switch self {
    case .sme: "SME"
    case .sev: "SEV"
    case .sevES: "SEV-ES"
    case .sevSNP: "SEV-SNP"
    }
  }

  /// What a processor without the bit comes to.
  var missing: Reason {
    switch self {
    case .sme: .noSME
    case .sev: .noSEV
    case .sevES: .noSEVES
    case .sevSNP: .noSEVSNP
    }
  }

  /// First kernel that shows the flag. Source: kernel 6.9 for `sev_snp`; 4.16 for `sev`, 5.11 for `sev_es`.
  var flagSince: KernelVersion {
    switch self {
    case .sme, .sev: KernelVersion(4, 16)
    case .sevES: KernelVersion(5, 11)
    case .sevSNP: KernelVersion(6, 9)
    }
  }

  /// Bit in KVM_CAP_VM_TYPES. Source: kernel arch/x86/include/uapi/asm/kvm.h, KVM_X86_SEV_VM and its neighbours.
  var vmType: Int {
    switch self {
    case .sme, .sev: 2
    case .sevES: 3
    case .sevSNP: 4
    }
  }
}
