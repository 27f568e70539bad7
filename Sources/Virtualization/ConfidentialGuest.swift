// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

/// A kind of guest whose memory the host cannot read, with the name each layer above KVM has for it.
public enum ConfidentialGuest: Sendable, CaseIterable {
  case sev, sevES, sevSNP, tdx

  var title: String {
    switch self {
    case .sev: "SEV"
    case .sevES: "SEV-ES"
    case .sevSNP: "SEV-SNP"
    case .tdx: "TDX"
    }
  }

  /// QEMU's object, and its first version that has it. Source: QEMU qapi/qom.json, "since".
  var object: (name: String, since: ReleaseNumber) {
    switch self {
    case .sev: ("sev-guest", ReleaseNumber(2, 12))
    case .sevES: ("sev-guest with SEV-ES", ReleaseNumber(6, 0))
    case .sevSNP: ("sev-snp-guest", ReleaseNumber(9, 1))
    case .tdx: ("tdx-guest", ReleaseNumber(10, 1))
    }
  }

  /// First libvirt whose domain capabilities say yes or no. Source: libvirt docs/formatdomaincaps.rst; for TDX, NEWS 11.10.
  var knownSince: ReleaseNumber {
    switch self {
    case .sev: ReleaseNumber(4, 5)
    case .sevES: ReleaseNumber(8, 0)
    case .sevSNP: ReleaseNumber(10, 5)
    case .tdx: ReleaseNumber(11, 10)
    }
  }

  /// The value in libvirt's list of `sectype`; it has none for SEV-ES. Source: libvirt docs/formatdomaincaps.rst.
  var sectype: String? {
    switch self {
    case .sev: "sev"
    case .sevES: nil
    case .sevSNP: "sev-snp"
    case .tdx: "tdx"
    }
  }

  /// What a firmware descriptor must list. Source: QEMU docs/interop/firmware.json; libvirt src/qemu/qemu_firmware.c.
  var firmwareFeatures: [String] {
    switch self {
    case .sev: ["amd-sev"]
    case .sevES: ["amd-sev", "amd-sev-es"]
    case .sevSNP: ["amd-sev-snp"]
    case .tdx: ["intel-tdx"]
    }
  }
}
