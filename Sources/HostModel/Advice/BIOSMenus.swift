// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

/// Where each maker's BIOS has the switch that clears a reason; the reason's own text has AMD's or Intel's reference menus.
///
/// Only names that somebody published for a machine of that maker stand here. Behind a path, in brackets, is the attribute
/// of the same switch in the management controller's Redfish service, for those who set it from a script.
enum BIOSMenus {
  static func path(to reason: Reason, of maker: BIOSMaker) -> String? { rows[reason.id]?[maker] }

  static var reasonIDs: [String] { rows.keys.sorted() }

  /// Source: Dell, BIOS attribute registry and PowerEdge R6615 setup, Processor Settings; HPE, iLO 5 and 6 Redfish
  /// reference, Bios attributes; Supermicro, H12 and H13 setup and Redfish attributes.
  private static let rows: [String: [BIOSMaker: String]] = [
    "bios.svm_off": [
      .dell: "Processor Settings -> Virtualization Technology: Enabled [ProcVirtualization]",
      .hpe: "Virtualization Options -> AMD Virtualization Technology: Enabled",
      .supermicro: "Advanced -> CPU Configuration -> SVM Mode: Enabled",
    ],
    "bios.smee_off": [
      .dell: "Processor Settings -> Secure Memory Encryption: Enabled [Sme]",
      .hpe: "AMD Secure Memory Encryption: Enabled [AmdSecureMemoryEncryption]",
      .supermicro: "Advanced -> CPU Configuration -> SMEE: Enabled [SMEE]",
    ],
    "bios.smee_off_or_smm_unlocked": [
      .dell:
        "Processor Settings -> Secure Memory Encryption: Enabled [Sme]; if it is, update the BIOS (SMM lock)",
      .hpe:
        "AMD Secure Memory Encryption: Enabled [AmdSecureMemoryEncryption]; if it is, update the BIOS (SMM lock)",
      .supermicro:
        "Advanced -> CPU Configuration -> SMEE: Enabled [SMEE]; if it is, update the BIOS (SMM lock)",
    ],
    "bios.no_asids": [
      .hpe: "Maximum SEV ASID: 509, or 253"
    ],
    "bios.no_asids_for_sev_es": [
      .dell: "Processor Settings -> Minimum SEV non-ES ASID: e.g. 100 [CpuMinSevAsid]",
      .hpe: "Minimum SEV ASID: e.g. 100",
      .supermicro:
        "Advanced -> CPU Configuration -> SEV-ES ASID Space Limit: e.g. 100 [SEV-ESASIDSpaceLimit]",
    ],
    "bios.no_asids_for_sev": [
      .dell:
        "Processor Settings -> Minimum SEV non-ES ASID: lower it, SEV-ES and SEV-SNP have all ASIDs [CpuMinSevAsid]",
      .hpe: "Minimum SEV ASID: lower it, SEV-ES and SEV-SNP have all ASIDs",
      .supermicro:
        "Advanced -> CPU Configuration -> SEV-ES ASID Space Limit: lower it [SEV-ESASIDSpaceLimit]",
    ],
    "bios.rmp_not_reserved": [
      .dell: "Processor Settings -> Secure Nested Paging: Enabled [Snp], SNP Memory Coverage: Enabled",
      .hpe: "AMD Secure Nested Paging: Enabled [AmdSecureNestedPaging]",
      .supermicro:
        "Advanced -> CPU Configuration -> SNP Memory (RMP Table) Coverage: Enabled [SNPMemory(RMPTable)Coverage]",
    ],
    "bios.rmp_too_small": [
      .dell: "Processor Settings -> SNP Memory Coverage: Enabled instead of Custom",
      .supermicro:
        "Advanced -> CPU Configuration -> SNP Memory (RMP Table) Coverage: Enabled instead of Custom",
    ],
    "bios.snp_hidden": [
      .dell:
        "Processor Settings -> Secure Memory Encryption: Enabled [Sme], Secure Nested Paging: Enabled [Snp]; then update the BIOS",
      .hpe:
        "AMD Secure Memory Encryption: Enabled [AmdSecureMemoryEncryption], AMD Secure Nested Paging: Enabled "
        + "[AmdSecureNestedPaging]; then update the BIOS",
      .supermicro:
        "Advanced -> CPU Configuration -> SMEE: Enabled [SMEE], Advanced -> NB Configuration -> SEV-SNP Support: Enabled "
        + "[SEV-SNPSupport]; then update the BIOS",
    ],
    "bios.snp_support_off": [
      .dell: "Processor Settings -> Secure Nested Paging: Enabled [Snp]",
      .hpe: "AMD Secure Nested Paging: Enabled [AmdSecureNestedPaging]",
      .supermicro: "Advanced -> NB Configuration -> SEV-SNP Support: Enabled, not Auto [SEV-SNPSupport]",
    ],
    "bios.iommu_off": [
      .dell: "Processor Settings -> IOMMU Support: Enabled (Intel: Virtualization Technology)",
      .hpe:
        "Virtualization Options -> AMD I/O Virtualization Technology: Enabled [ProcAmdIoVt] (Intel: VT-d)",
      .supermicro: "Advanced -> NB Configuration -> IOMMU: Enabled [IOMMU] (Intel: VT-d)",
    ],
    "bios.tsme_off": [
      .dell: "Processor Settings -> Transparent Secure Memory Encryption: Enabled [TransparentSme]",
      .hpe: "Transparent Secure Memory Encryption: Enabled",
    ],
  ]
}
