// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import HostModel

/// Lines of the kernel log that name a cause. They support a verdict and never make one: the log rotates, and newer
/// kernels print some of them at debug level only.
enum KernelLogCatalogue {
  struct Row: Sendable {
    /// What the line holds, letter for letter.
    let fragment: String
    let reason: Reason
  }

  /// Source: kernel 6.12 and 7.2, arch/x86/virt/svm/sev.c, drivers/iommu/amd/init.c, drivers/crypto/ccp/sev-dev.c.
  static let rows: [Row] = [
    Row(fragment: "Memory for the RMP table has not been reserved by BIOS", reason: .rmpNotReserved),
    Row(fragment: "does not cover full system RAM", reason: .rmpTooSmall),
    Row(fragment: "RMP configuration not valid", reason: .rmpInvalid),
    Row(fragment: "RMP segment size", reason: .rmpInvalid),
    Row(fragment: "SNP: IOMMU disabled or configured in passthrough", reason: .iommuPassthrough),
    Row(fragment: "SNP: IOMMU is configured with V2 page table", reason: .iommuV2PageTable),
    Row(fragment: "SNP: IOMMU SNP feature not enabled", reason: .snpSupportOff),
    Row(fragment: "SNP init failed: not all CPUs online", reason: .cpusOffline),
    Row(fragment: "memory encryption not enabled by BIOS", reason: .smeeOrSMM),
    Row(fragment: "timed out, disabling PSP", reason: .pspDead),
    Row(fragment: "SEV-SNP support requires firmware version", reason: .pspFirmwareTooOld),
    Row(fragment: "SNP_INIT failed", reason: .snpNotInitialised),
    Row(fragment: "SNP_INIT_EX failed", reason: .snpNotInitialised),
    Row(fragment: "failed to INIT error", reason: .sevNotInitialised),
    Row(fragment: "TMR allocation failed, SEV-ES support unavailable", reason: .tmrAllocationFailed),
    Row(
      fragment: "SEV-SNP requires private memory support via guest_memfd", reason: .kernelWithoutGuestMemfd),
  ]
}
