// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

extension Reason {
  static let kernels: [Reason] = [
    iommuPassthrough, iommuCommandLineOff, iommuV2PageTable, kernelWithoutSNP, kernelWithoutSEV,
    kvmAMDNotLoaded,
    cpusOffline, featureHiddenByKernel, featureCleared, memEncryptOff, kernelWithoutGuestMemfd,
    tmrAllocationFailed,
  ]

  public static let iommuPassthrough = Reason(
    "kernel.iommu_passthrough", .reboot,
    "remove iommu=pt and iommu.passthrough=1 from the kernel command line",
    check: "cat /proc/cmdline; cat /sys/kernel/iommu_groups/0/type")
  public static let iommuCommandLineOff = Reason(
    "kernel.iommu_off", .reboot,
    "remove iommu=off, amd_iommu=off or intel_iommu=off from the kernel command line",
    check: "cat /proc/cmdline")
  public static let iommuV2PageTable = Reason(
    "kernel.iommu_v2_page_table", .reboot, "remove amd_iommu=pgtbl_v2 from the kernel command line",
    check: "cat /proc/cmdline")
  public static let kernelWithoutSNP = Reason(
    "kernel.no_sev_snp", .reboot, "boot kernel 6.11 or later with CONFIG_KVM_AMD_SEV",
    check: "ls /sys/module/kvm_amd/parameters/sev_snp")
  public static let kernelWithoutSEV = Reason(
    "kernel.no_sev", .reboot, "boot a kernel with CONFIG_KVM_AMD_SEV and CONFIG_CRYPTO_DEV_SP_PSP",
    check: "ls /sys/module/kvm_amd/parameters")
  public static let kvmAMDNotLoaded = Reason(
    "kernel.kvm_amd_not_loaded", .config, "modprobe kvm_amd", check: "ls /sys/module/kvm_amd")
  public static let cpusOffline = Reason(
    "kernel.cpus_offline", .reboot,
    "boot with all CPUs online: remove nosmt and maxcpus= (switch SMT off in the BIOS instead)",
    check: "cat /sys/devices/system/cpu/present /sys/devices/system/cpu/online")
  public static let featureHiddenByKernel = Reason(
    "kernel.feature_hidden", .bios,
    "see the first rung above that is not a pass: the kernel cleared the flag for it",
    check: "grep -m1 -wo sev_snp /proc/cpuinfo")
  public static let featureCleared = Reason(
    "kernel.feature_cleared", .reboot, "remove clearcpuid= from the kernel command line",
    check: "cat /proc/cmdline")
  public static let kernelWithoutGuestMemfd = Reason(
    "kernel.no_guest_memfd", .reboot,
    "boot a kernel with CONFIG_KVM_AMD_SEV that has guest_memfd: 6.11 or later",
    check: "dmesg | grep guest_memfd")
  public static let tmrAllocationFailed = Reason(
    "kernel.tmr_allocation_failed", .reboot,
    "reboot, and load ccp early: memory was too fragmented for the trusted memory region that SEV-ES needs",
    check: "dmesg | grep TMR")
  public static let memEncryptOff = Reason(
    "kernel.mem_encrypt_off", .reboot, "only if the host itself must be encrypted: boot with mem_encrypt=on",
    check: "cat /proc/cmdline")
}
