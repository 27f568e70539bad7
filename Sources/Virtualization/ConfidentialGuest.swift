// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

/// A kind of guest whose memory, or with SGX whose enclaves, the host cannot read, with the name each layer above KVM has
/// for it.
public enum ConfidentialGuest: Sendable, CaseIterable {
  case sev, sevES, sevSNP, tdx, sgx, secureExecution

  var title: String {
    switch self {
    case .sev: "SEV"
    case .sevES: "SEV-ES"
    case .sevSNP: "SEV-SNP"
    case .tdx: "TDX"
    case .sgx: "SGX"
    case .secureExecution: "Secure Execution"
    }
  }

  /// QEMU's object, and its first version that has it. Source: QEMU qapi/qom.json, "since".
  var object: (name: String, since: ReleaseNumber) {
    switch self {
    case .sev: ("sev-guest", ReleaseNumber(2, 12))
    case .sevES: ("sev-guest with SEV-ES", ReleaseNumber(6, 0))
    case .sevSNP: ("sev-snp-guest", ReleaseNumber(9, 1))
    case .tdx: ("tdx-guest", ReleaseNumber(10, 1))
    case .sgx: ("memory-backend-epc", ReleaseNumber(6, 2))
    case .secureExecution: ("s390-pv-guest", ReleaseNumber(6, 0))
    }
  }

  /// First libvirt whose domain capabilities say yes or no. Source: libvirt docs/formatdomaincaps.rst; for TDX, NEWS 11.10.
  var knownSince: ReleaseNumber {
    switch self {
    case .sev: ReleaseNumber(4, 5)
    case .sevES: ReleaseNumber(8, 0)
    case .sevSNP: ReleaseNumber(10, 5)
    case .tdx: ReleaseNumber(11, 10)
    case .sgx: ReleaseNumber(8, 10)
    case .secureExecution: ReleaseNumber(7, 6)
    }
  }

  /// First libvirt whose yes is more than that its QEMU has the object; `nil`: every one's is.
  /// Source: libvirt NEWS 11.10: earlier ones report TDX on every host.
  var believedSince: ReleaseNumber? {
    self == .tdx ? knownSince : nil
  }

  /// The value in libvirt's list of `sectype`; it has none for SEV-ES, and SGX is no launch security.
  /// Source: libvirt docs/formatdomaincaps.rst.
  var sectype: String? {
    switch self {
    case .sev: "sev"
    case .sevES, .sgx: nil
    case .sevSNP: "sev-snp"
    case .tdx: "tdx"
    case .secureExecution: "s390-pv"
    }
  }

  /// The element below `features` whose `supported` says yes or no. Source: libvirt docs/formatdomaincaps.rst.
  var element: String? {
    switch self {
    case .sev: "sev"
    case .sevES, .sevSNP: nil
    case .tdx: "tdx"
    case .sgx: "sgx"
    case .secureExecution: "s390-pv"
    }
  }

  /// libvirt's word for it; `nil`: it has none.
  var word: String? { sectype ?? element }

  /// What a firmware descriptor must list; nothing: any firmware will do, or none is chosen by descriptor.
  /// Source: QEMU docs/interop/firmware.json; libvirt src/qemu/qemu_firmware.c.
  var firmwareFeatures: [String] {
    switch self {
    case .sev: ["amd-sev"]
    case .sevES: ["amd-sev", "amd-sev-es"]
    case .sevSNP: ["amd-sev-snp"]
    case .tdx: ["intel-tdx"]
    case .sgx, .secureExecution: []
    }
  }
}
