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

  static let rmp = Rung(
    "rmp", .firmware, "the BIOS has reserved memory for the RMP",
    specification: "AMD APM vol. 2, 15.36.4; MSR C001_0132 RMP_BASE, C001_0133 RMP_END, C001_0136 RMP_CFG"
  ) { host in
    host.rmpTable().judge("RMP_BASE, RMP_END") { table in
      switch table {
      case .notReserved(let base, let end):
        .fail(
          .rmpNotReserved, "RMP_BASE = \(hex(base, width: 1)), RMP_END = \(hex(end, width: 1))",
          citing: [RMPTable.endQuestion])
      case .invalid(let base, let end):
        .fail(
          .rmpInvalid, "RMP_BASE = \(hex(base, width: 1)) is not below RMP_END = \(hex(end, width: 1))",
          citing: [RMPTable.endQuestion])
      case .contiguous(let base, let end):
        .pass(
          "\(hex(base, width: 1))–\(hex(end, width: 1)), \((end - base) >> 20) MiB",
          citing: [RMPTable.endQuestion])
      case .segmented(let base):
        .pass("segmented, from \(hex(base, width: 1))", citing: [RMPTable.configurationQuestion])
      }
    }
  }

  static let rmpCoverage = Rung(
    "rmp-covers-ram", .firmware, "the RMP covers all memory",
    specification:
      "kernel 6.12 arch/x86/virt/svm/sev.c, snp_rmptable_init(): 16 bytes a page frame and 16 KiB"
  ) { host in
    host.rmpTable().judge("RMP_BASE, RMP_END") { table in
      switch table {
      case .contiguous(let base, let end): coverage(of: end &- base &+ 1, host)
      case .segmented:
        .unknown(.sourceUnreadable, "the kernel alone knows what a segmented RMP covers", citing: [])
      case .notReserved, .invalid:
        .unknown(.sourceAbsent, "there is no RMP whose size could be compared", citing: [])
      }
    }
  }

  private static func coverage(of size: UInt64, _ host: any HostSource) -> Judgement {
    host.memoryEnd().judge("end of memory") { end in
      let enough = RMPTable.size(forMemoryEnd: end.atMost)
      if size >= enough {
        return .pass("\(size >> 20) MiB for memory up to \(hex(end.atMost, width: 1))", citing: [])
      }
      let needed = RMPTable.size(forMemoryEnd: end.atLeast)
      return size < needed
        ? .fail(.rmpTooSmall, "\(size >> 20) MiB, \((needed + 0xf_ffff) >> 20) MiB needed", citing: [])
        : .unknown(.sourceUnreadable, "memory ends too close to what the RMP covers to tell", citing: [])
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
    let units = host.read(.directory("/sys/class/iommu")) { bytes in
      lines(bytes).map { String(decoding: $0, as: UTF8.self) }.filter { $0.hasPrefix("ivhd") }
    }
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
