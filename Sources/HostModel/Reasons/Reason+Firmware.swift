// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

extension Reason {
  /// What the BIOS has switched off, set wrong or hides.
  static let firmware: [Reason] = [
    svmOff, snpHidden, smeeOff, smmUnlocked, smeeOrSMM, noASIDs, noASIDsForSEVES, noASIDsForSEV,
    asidSplitInvalid,
    rmpNotReserved, rmpTooSmall, rmpInvalid, iommuTableAbsent, snpSupportOff,
  ]

  public static let svmOff = Reason(
    "bios.svm_off", .bios, "BIOS: CPU Configuration -> SVM Mode: Enabled", check: "rdmsr -p0 0xc0010114")
  public static let snpHidden = Reason(
    "bios.snp_hidden", .bios,
    "BIOS: CBS -> CPU Common -> SMEE: Enabled, NBIO Common -> SEV-SNP Support: Enabled; then update the BIOS",
    check: "cpuid -1 -l 0x8000001f")
  public static let smeeOff = Reason(
    "bios.smee_off", .bios,
    "BIOS: CBS -> CPU Common -> SMEE: Enabled (HPE: AMD Secure Memory Encryption)",
    check: "rdmsr -p0 0xc0010010")
  public static let smmUnlocked = Reason(
    "bios.smm_unlocked", .bios, "BIOS: update it, or enable its SMM lock; most boards show no menu for it",
    check: "rdmsr -p0 0xc0010015")
  public static let smeeOrSMM = Reason(
    "bios.smee_off_or_smm_unlocked", .bios,
    "BIOS: CBS -> CPU Common -> SMEE: Enabled; if it is, update the BIOS (SMM lock)",
    check: "modprobe msr && rdmsr -p0 0xc0010010 0xc0010015")
  public static let noASIDs = Reason(
    "bios.no_asids", .bios, "BIOS: raise the number of encrypted guests (HPE: Maximum SEV ASID)",
    check: "cpuid -1 -l 0x8000001f")
  public static let noASIDsForSEVES = Reason(
    "bios.no_asids_for_sev_es", .bios,
    "BIOS: CBS -> CPU Common -> SEV-ES ASID Space Limit Control: Manual, SEV-ES ASID Space Limit: e.g. 100",
    check: "cpuid -1 -l 0x8000001f")
  public static let noASIDsForSEV = Reason(
    "bios.no_asids_for_sev", .bios,
    "BIOS: CBS -> CPU Common -> SEV-ES ASID Space Limit: lower it, all ASIDs belong to SEV-ES and SEV-SNP",
    check: "cpuid -1 -l 0x8000001f")
  public static let asidSplitInvalid = Reason(
    "bios.asid_split_invalid", .bios, "BIOS: update it, the ASID ranges it programmed do not fit together",
    check: "cpuid -1 -l 0x8000001f")
  public static let rmpNotReserved = Reason(
    "bios.rmp_not_reserved", .bios, "BIOS: CBS -> CPU Common -> SNP Memory (RMP Table) Coverage: Enabled",
    check: "rdmsr -p0 0xc0010132 0xc0010133")
  public static let rmpTooSmall = Reason(
    "bios.rmp_too_small", .bios,
    "BIOS: CBS -> CPU Common -> SNP Memory (RMP Table) Coverage: Enabled instead of Custom",
    check: "dmesg | grep 'does not cover full system RAM'")
  public static let rmpInvalid = Reason(
    "bios.rmp_invalid", .bios, "BIOS: switch off Split RMP table, or update the BIOS",
    check: "rdmsr -p0 0xc0010132 0xc0010133")
  public static let iommuTableAbsent = Reason(
    "bios.iommu_off", .bios, "BIOS: IOMMU (AMD-Vi, VT-d, SMMU): Enabled",
    check: "ls /sys/firmware/acpi/tables")
  public static let snpSupportOff = Reason(
    "bios.snp_support_off", .bios, "BIOS: CBS -> NBIO Common -> SEV-SNP Support: Enabled",
    check: "cat /sys/class/iommu/ivhd0/amd-iommu/features")
}
