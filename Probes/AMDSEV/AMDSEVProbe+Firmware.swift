// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Evidence
internal import HostModel

/// What the BIOS must have set before the kernel started.
extension AMDSEVProbe {
  static let smee = Rung(
    "smee", .firmware, "the BIOS has memory encryption on",
    specification: "AMD APM vol. 2, 7.10.1; MSR C001_0010 SYSCFG[23] MemEncryptionModEn"
  ) { host in
    let register = host.msr(0xc001_0010)
    guard register.value == nil, let shown = shownFlag(host) else {
      return register.judge("SYSCFG") { value in
        value.bit(23)
          ? .pass("SYSCFG[23] = 1", citing: [])
          : .fail(.smeeOff, "SYSCFG[23] (MemEncryptionModEn) = 0", citing: [])
      }
    }
    return .pass(
      "the kernel shows the flag \(shown), so it read SYSCFG[23] = 1", citing: [.file("/proc/cpuinfo")])
  }

  /// One of the flags that the kernel clears where SYSCFG[23] = 0. Source: kernel arch/x86/kernel/cpu/amd.c.
  private static func shownFlag(_ host: any HostSource) -> String? {
    [Feature.sme, .sev, .sevES, .sevSNP].map(\.kernelName).first { host.processorFlag($0).value == true }
  }

  /// Without it the kernel hides SEV, and ccp then says, misleadingly, "memory encryption not enabled by BIOS".
  static let smmLock = Rung(
    "smm-lock", .firmware, "the BIOS has locked SMM",
    specification:
      "AMD PPR, MSR C001_0015 HWCR[0] SmmLock; kernel arch/x86/kernel/cpu/amd.c, early_detect_mem_encrypt()"
  ) { host in
    host.msr(0xc001_0015).judge("HWCR") { value in
      value.bit(0)
        ? .pass("HWCR[0] = 1", citing: []) : .fail(.smmUnlocked, "HWCR[0] (SmmLock) = 0", citing: [])
    }
  }

  static let iommuTable = Rung(
    "iommu-table", .firmware, "the BIOS offers the IOMMU",
    specification: "AMD I/O Virtualization Technology specification (48882), 5.2: ACPI table IVRS"
  ) { host in
    host.contains("IVRS", in: "/sys/firmware/acpi/tables").judge("ACPI table IVRS") { listed in
      listed
        ? .pass("ACPI table IVRS", citing: []) : .fail(.iommuTableAbsent, "no ACPI table IVRS", citing: [])
    }
  }

  static let iommuSNP = Rung(
    "iommu-snp", .firmware, "every IOMMU supports SEV-SNP",
    specification: "AMD specification 48882, MMIO 0030h EFR[63] SNPSup; kernel drivers/iommu/amd/init.c"
  ) { host in
    let units = host.names(in: "/sys/class/iommu").map { $0.filter { $0.hasPrefix("ivhd") } }
    return units.judge("/sys/class/iommu") { names in
      guard !names.isEmpty else { return .unknown(.sourceAbsent, "no AMD IOMMU is active", citing: []) }
      let features = names.map { host.iommuSupportsSNP($0) }
      if let without = features.first(where: { $0.value == false }) {
        return .fail(.snpSupportOff, "EFR[63] (SNPSup) = 0", citing: [without.question])
      }
      if let unread = features.first(where: { $0.value == nil }) {
        return unread.judge("IOMMU features") { _ in .pass("", citing: []) }
      }
      return .pass("EFR[63] = 1 on \(names.count) of \(names.count)", citing: features.map(\.question))
    }
  }
}

extension HostSource {
  /// EFR bit 63 of one unit. Kernel 6.1 prints EFR2:EFR, later ones EFR:EFR2, the oldest EFR alone; EFR2 has no bit 63,
  /// so it may stand in either word.
  fileprivate func iommuSupportsSNP(_ unit: String) -> Reading<Bool> {
    read(.file("/sys/class/iommu/\(unit)/amd-iommu/features")) { bytes in
      let words = trimmed(bytes).split(separator: UInt8(ascii: ":")).map(hexadecimal)
      guard (1...2).contains(words.count), words.allSatisfy({ $0 != nil }) else { return nil }
      return words.contains { $0?.bit(63) == true }
    }
  }
}
