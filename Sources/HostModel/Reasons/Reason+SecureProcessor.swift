// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

extension Reason {
  static let secureProcessor: [Reason] = [
    ccpDriverNotLoaded, pspNotFound, pspDeviceAbsent, pspFirmwareTooOld, pspCommandFailed, pspDead,
    snpNotInitialised, sevNotInitialised,
    pspRefusesES, pspNoAliasCheck,
  ]

  public static let ccpDriverNotLoaded = Reason(
    "psp.driver_not_loaded", .config, "modprobe ccp, then load kvm_amd anew (no guests may run)",
    check: "ls /sys/bus/pci/drivers/ccp")
  public static let pspNotFound = Reason(
    "psp.not_found", .bios,
    "BIOS: enable the secure processor (PSP, ASP), which is on no PCI bus; desktop processors have none for SEV",
    check: "lspci -nn | grep -i -e PSP -e CCP -e 'Cryptographic Coprocessor'")
  public static let pspDeviceAbsent = Reason(
    "psp.device_absent", .firmware,
    "read in the kernel log what the firmware answered ccp, then update the BIOS: kernels from 7.1 on also want the firmware to know SEV-SNP where the BIOS has it on",
    check: "ls -l /dev/sev; dmesg | grep ccp")
  public static let pspFirmwareTooOld = Reason(
    "psp.firmware_too_old", .firmware,
    "update the BIOS (Genoa and later), or put the current .sbin below /lib/firmware/amd and reboot (Milan)",
    check: "dmesg | grep 'SEV-SNP API'")
  public static let pspCommandFailed = Reason(
    "psp.command_failed", .firmware, "update the BIOS: the secure processor refuses its status command",
    check: "dmesg | grep ccp")
  public static let pspDead = Reason(
    "psp.dead", .reboot, "reboot: the kernel gave the secure processor up after a time-out",
    check: "dmesg | grep 'disabling PSP'")
  public static let snpNotInitialised = Reason(
    "psp.snp_not_initialised", .firmware,
    "read the error SNP_INIT left in the kernel log, then update the BIOS",
    check: "dmesg | grep -i 'SNP_INIT'")
  public static let sevNotInitialised = Reason(
    "psp.sev_not_initialised", .firmware, "read the error INIT left in the kernel log, then update the BIOS",
    check: "dmesg | grep -i 'failed to INIT'")
  public static let pspNoAliasCheck = Reason(
    "psp.no_alias_check", .firmware,
    "update the BIOS, for guests whose owners ask for the check: firmware 1.55.22 (Milan) and 1.55.38 (Genoa) have it",
    check: "dmesg | grep 'SEV-SNP API'")
  public static let pspRefusesES = Reason(
    "psp.refuses_sev_es", .config,
    "use SEV-SNP guests instead, or load kvm_amd with sev_snp=0: this firmware takes no SEV-ES guest beside SEV-SNP",
    check: "dmesg | grep 'SEV-SNP API'")
}
