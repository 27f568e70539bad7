// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

extension Reason {
  static let environments: [Reason] = [otherVendor, kdump]
  static let silicon: [Reason] = [noSME, noSEV, noSEVES, noSEVSNP, noSVM]

  public static let otherVendor = Reason(
    "hardware.other_vendor", .hardware, "this technology belongs to another vendor's processors",
    check: "grep -m1 vendor_id /proc/cpuinfo")
  public static let kdump = Reason(
    "kernel.kdump", .reboot, "boot the normal kernel: the crash kernel leaves the secure processor alone",
    check: "ls /proc/vmcore")
  public static let noSME = Reason(
    "hardware.no_sme", .hardware, "take a processor with Secure Memory Encryption",
    check: "cpuid -1 -l 0x8000001f")
  public static let noSEV = Reason(
    "hardware.no_sev", .hardware, "take an EPYC processor (7001 or later)", check: "cpuid -1 -l 0x8000001f")
  public static let noSEVES = Reason(
    "hardware.no_sev_es", .hardware, "take an EPYC processor (7002 or later)", check: "cpuid -1 -l 0x8000001f"
  )
  public static let noSEVSNP = Reason(
    "hardware.no_sev_snp", .hardware, "take an EPYC processor 7003 (Milan) or later",
    check: "cpuid -1 -l 0x8000001f")
  public static let noSVM = Reason(
    "hardware.no_svm", .hardware, "take a processor with AMD-V", check: "grep -m1 -wo svm /proc/cpuinfo")
}
