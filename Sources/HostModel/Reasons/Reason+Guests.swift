// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

extension Reason {
  /// What keeps a guest from having what its flavor, its port or its image should have given it.
  static let guests: [Reason] = [
    guestNotEncrypted, guestWithoutSEVES, guestWithoutSNP, guestWithoutSNPDevice, guestWithoutTDX,
    guestKernelWithoutTDX, guestReportDriverMissing, guestBehindParavisor, guestWithoutGPU, guestWithoutVF,
    guestDriverMissing,
  ]

  public static let guestNotEncrypted = Reason(
    "guest.not_encrypted", .config,
    "start it anew from a flavor with hw:mem_encryption=true, where the host's amd.sev is ready",
    check: "dmesg | grep 'Memory Encryption Features active'")
  public static let guestWithoutSEVES = Reason(
    "guest.not_sev_es", .config,
    "start it anew from a flavor with hw:mem_encryption=true and hw:mem_encryption_model=amd-sev-es",
    check: "dmesg | grep 'Memory Encryption Features active'")
  public static let guestWithoutSNP = Reason(
    "guest.not_sev_snp", .config,
    "start it anew from a flavor with hw:mem_encryption=true and hw:mem_encryption_model=amd-sev-snp",
    check: "ls /sys/bus/platform/devices/sev-guest")
  public static let guestWithoutSNPDevice = Reason(
    "guest.no_sev_guest_device", .config,
    "take a node image with kernel 5.19 or later and CONFIG_AMD_MEM_ENCRYPT; with one, the firmware hands over no secrets page",
    check: "ls /sys/bus/platform/devices/sev-guest")
  public static let guestWithoutTDX = Reason(
    "guest.not_tdx", .config,
    "start it anew from a flavor with hw:mem_encryption=true and hw:mem_encryption_model=intel-tdx",
    check: "dmesg | grep 'Memory Encryption Features active'")
  public static let guestKernelWithoutTDX = Reason(
    "guest.kernel_without_tdx", .config, "take a node image whose kernel has CONFIG_INTEL_TDX_GUEST",
    check: "grep -m1 -wo tdx_guest /proc/cpuinfo")
  public static let guestReportDriverMissing = Reason(
    "guest.report_driver_missing", .config, "modprobe sev-guest, or tdx-guest in a TDX guest",
    check: "ls /dev/sev-guest /dev/tdx_guest")
  public static let guestBehindParavisor = Reason(
    "guest.behind_paravisor", .none,
    "ask the provider for an attestation: Hyper-V's paravisor hides from the guest how it is protected",
    check: "dmesg | grep 'Isolation Config'")
  public static let guestWithoutGPU = Reason(
    "guest.no_gpu", .config, "start it anew from a flavor with pci_passthrough:alias for a GPU",
    check: "lspci -nn"
  )
  public static let guestWithoutVF = Reason(
    "guest.no_vf", .config,
    "give it a port with --vnic-type direct, or a flavor with pci_passthrough:alias for a VF",
    check: "lspci -nn")
  public static let guestDriverMissing = Reason(
    "guest.driver_missing", .config, "take a node image with the device's driver, or load it",
    check: "lspci -nnk")
}
