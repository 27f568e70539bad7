// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

extension Reason {
  /// What keeps IBM's and Arm's machines from hosting confidential guests.
  static let otherPlatforms: [Reason] = [
    noSecureExecution, secureExecutionNotEnabled, kernelWithoutUltravisor, protVirtNotAsked, protVirtFailed,
    kvmWithoutProtected, rmeNotReadable, kernelWithoutCCA,
  ]

  public static let noSecureExecution = Reason(
    "hardware.no_secure_execution", .hardware, "take an IBM z15 or LinuxONE III, or later",
    check: "grep -m1 facilities /proc/cpuinfo")
  public static let secureExecutionNotEnabled = Reason(
    "hardware.secure_execution_not_enabled", .firmware,
    "have the machine's feature Secure Execution for Linux (feature code 115) enabled, and run in an LPAR",
    check: "grep -m1 facilities /proc/cpuinfo")
  public static let kernelWithoutUltravisor = Reason(
    "kernel.no_ultravisor", .reboot, "boot kernel 5.7 or later with CONFIG_KVM",
    check: "ls /sys/firmware/uv")
  public static let protVirtNotAsked = Reason(
    "kernel.prot_virt_not_asked", .reboot, "add prot_virt=1 to the kernel command line",
    check: "cat /proc/cmdline /sys/firmware/uv/prot_virt_host")
  public static let protVirtFailed = Reason(
    "kernel.prot_virt_failed", .reboot,
    "read in the kernel log why the kernel gave protected virtualization up: a crash kernel, too little memory, or the ultravisor",
    check: "cat /sys/firmware/uv/prot_virt_host; dmesg | grep prot_virt")
  public static let kvmWithoutProtected = Reason(
    "kvm.no_protected_guests", .reboot, "clear the rungs below first, then modprobe kvm",
    check: "dmesg | grep -E 'prot_virt|kvm'")
  public static let rmeNotReadable = Reason(
    "source.rme_not_readable", .none,
    "ask the maker of the processor: the kernel keeps the field that tells of RME to itself",
    check: "grep -m1 'CPU part' /proc/cpuinfo")
  public static let kernelWithoutCCA = Reason(
    "kernel.cca_not_mainline", .none,
    "ask the maker of the kernel: mainline up to 7.2 hosts no realms, and a patched one announces it nowhere hostcap could trust",
    check: "uname -r")
}
