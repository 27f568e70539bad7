// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Evidence
internal import HostModel

/// AMD's kinds of protected guest, the weakest first: each has all of those before it.
enum Protection: String, Sendable, CaseIterable {
  case sev = "SEV"
  case sevES = "SEV-ES"
  case sevSNP = "SEV-SNP"

  /// As the kernel's log has it. Source: kernel arch/x86/mm/mem_encrypt.c, print_mem_encrypt_feature_info().
  var title: String { rawValue }

  var capability: String { "amd.\(rawValue.lowercased())" }

  /// Source: AMD APM vol. 2 (24593), 15.34.10, SEV_STATUS, MSR C001_0131.
  var bit: Int {
    switch self {
    case .sev: 0
    case .sevES: 1
    case .sevSNP: 2
    }
  }

  var missing: Reason {
    switch self {
    case .sev: .guestNotEncrypted
    case .sevES: .guestWithoutSEVES
    case .sevSNP: .guestWithoutSNP
    }
  }
}

extension HostSource {
  /// In a guest only; on a machine it says nothing.
  func sevStatus() -> Reading<UInt64> { msr(0xc001_0131) }

  /// Words behind the kernel's `Memory Encryption Features active:`. The log rotates, so no such line is unreadable, and what
  /// a line does not say is not denied: the kernel prints it in pieces.
  func activeFeatures() -> Reading<Set<String>> {
    read(.kernelLog) { bytes in
      let marker = "Memory Encryption Features active:"
      let line = lines(bytes).lazy.map { text($0) }.last { $0.contains(marker) }
      guard let words = line?.split(separator: marker, maxSplits: 1).last else { return nil }
      return Set(words.split(separator: " ").map(String.init))
    }
  }

  /// The kernel registers it in SEV-SNP guests alone.
  /// Source: kernel 5.19 arch/x86/kernel/sev.c, later arch/x86/coco/sev/core.c, snp_init_platform_device().
  func snpGuestDevice() -> Reading<Bool> { contains("sev-guest", in: "/sys/bus/platform/devices") }
}
