// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

extension Reason {
  static let intel: [Reason] = memoryEncryption + tdx + sgx + [kvmIntelNotLoaded]
  private static let memoryEncryption: [Reason] = [noTME, tmeOff, tmeBypass, tsmeOff, ccpNotLoaded]
  private static let tdx: [Reason] = [
    noTDX, tdxNotTold, tdxNoKeys, seamOff, mcheckFailed, kernelWithoutTDX, tdxHostOff, tdxHostOffOrBIOS,
    tdxModuleNotLoaded, tdxModuleFailed, tdxParameterOff, tdxTypeNotOffered, eptOff, eptAccessedDirtyOff,
    tdpMMUOff, apicvOff, tdxTooManyCPUs, tdxKeysInUse, noQuotingService,
  ]
  private static let sgx: [Reason] = [
    noSGX, sgxNotTold, sgxOff, sgxNoPages, sgxCommandLineOff, kernelWithoutSGX, sgxLaunchControlLocked,
    kernelWithoutSGXGuests, sgxParameterOff,
  ]

  public static let kvmIntelNotLoaded = Reason(
    "kernel.kvm_intel_not_loaded", .config, "modprobe kvm_intel; if it refuses, BIOS: VMX: Enabled",
    check: "ls /sys/module/kvm_intel")

  public static let noTME = Reason(
    "hardware.no_tme", .hardware, "take a processor with Total Memory Encryption", check: "cpuid -1 -r -l 7")
  public static let tmeOff = Reason(
    "bios.tme_off", .bios,
    "BIOS: Processor Configuration -> TME, TME-MT, TDX -> Memory Encryption (TME): Enabled",
    check: "rdmsr -p0 0x982")
  public static let tmeBypass = Reason(
    "bios.tme_bypass", .bios,
    "only if the host itself must be encrypted: BIOS: Memory Encryption (TME) -> TME Bypass: Disabled",
    check: "rdmsr -p0 0x982")
  public static let tsmeOff = Reason(
    "bios.tsme_off", .bios, "BIOS: CBS -> UMC Common -> DDR Security -> TSME: Enabled",
    check: "cat /sys/bus/pci/drivers/ccp/*/tsme_status")
  public static let ccpNotLoaded = Reason(
    "source.ccp_not_loaded", .none, "modprobe ccp, then run hostcap-agent again: only that driver knows",
    check: "ls /sys/bus/pci/drivers/ccp")

  public static let noTDX = Reason(
    "hardware.no_tdx", .hardware, "take a Xeon of the fifth generation or later", check: "cpuid -1 -r -l 7")
  public static let tdxNotTold = Reason(
    "hardware.tdx_not_told", .none,
    "look this part up in Intel's product list: no register tells whether it has TDX until the BIOS enables it",
    check: "grep -m1 'model name' /proc/cpuinfo")
  public static let tdxNoKeys = Reason(
    "bios.tdx_no_keys", .bios,
    "BIOS: Processor Configuration -> TME, TME-MT, TDX -> TME-MT: Enabled, TDX: Enabled, TME-MT/TDX key split: 1 or more",
    check: "rdmsr -p0 0x87")
  public static let seamOff = Reason(
    "bios.seam_off", .bios,
    "BIOS: Processor Configuration -> TME, TME-MT, TDX -> TDX: Enabled, SEAM Loader: Enabled",
    check: "rdmsr -p0 0x1401")
  public static let mcheckFailed = Reason(
    "bios.mcheck_failed", .bios,
    "BIOS: SGX Factory Reset: Enabled for one boot; if that does not help, populate the memory slots as the board's manual says",
    check: "rdmsr -p0 0xa0")
  public static let kernelWithoutTDX = Reason(
    "kernel.no_tdx", .reboot,
    "boot kernel 6.16 or later, or a vendor's, with CONFIG_INTEL_TDX_HOST and CONFIG_KVM_INTEL_TDX",
    check: "ls /sys/module/kvm_intel/parameters/tdx")
  public static let tdxHostOff = Reason(
    "kernel.tdx_host_off", .reboot,
    "boot with nohibernate: a kernel that can hibernate leaves TDX alone; if that is done, read the kernel log",
    check: "grep -m1 -wo tdx_host_platform /proc/cpuinfo; dmesg | grep virt/tdx")
  public static let tdxHostOffOrBIOS = Reason(
    "bios.tdx_off_or_hibernation", .bios,
    "BIOS: Processor Configuration -> TME, TME-MT, TDX -> TDX: Enabled; if it is, boot with nohibernate",
    check: "modprobe msr && rdmsr -p0 0x87; dmesg | grep virt/tdx")
  public static let tdxModuleNotLoaded = Reason(
    "bios.tdx_module_not_loaded", .bios,
    "BIOS: SEAM Loader: Enabled; if it is, update the BIOS, which brings the TDX module",
    check: "dmesg | grep virt/tdx")
  public static let tdxModuleFailed = Reason(
    "bios.tdx_module_failed", .firmware,
    "update the BIOS and with it the TDX module; the kernel log has the module's error",
    check: "dmesg | grep virt/tdx")
  public static let tdxParameterOff = Reason(
    "kvm.tdx_parameter_off", .config,
    "clear the rungs below first; then load kvm_intel with tdx=1, and with ept and enable_apicv on (no guests may run)",
    check: "grep . /sys/module/kvm_intel/parameters/tdx; dmesg | grep -i tdx")
  public static let tdxTypeNotOffered = Reason(
    "kvm.tdx_type_not_offered", .config,
    "load kvm_intel with tdx=1 (no guests may run), and read what it logs", check: "dmesg | grep -i tdx")
  public static let eptOff = Reason(
    "kvm.ept_off", .config, "load kvm_intel with ept=1 and tdx=1 (no guests may run)",
    check: "cat /sys/module/kvm_intel/parameters/ept")
  public static let eptAccessedDirtyOff = Reason(
    "kvm.ept_ad_off", .config, "load kvm_intel with eptad=1 and tdx=1 (no guests may run)",
    check: "cat /sys/module/kvm_intel/parameters/eptad")
  public static let tdpMMUOff = Reason(
    "kvm.tdp_mmu_off", .config,
    "load kvm with tdp_mmu=1, and kvm_intel with tdx=1 after it (no guests may run)",
    check: "cat /sys/module/kvm/parameters/tdp_mmu")
  public static let apicvOff = Reason(
    "kvm.apicv_off", .config, "load kvm_intel with enable_apicv=1 and tdx=1 (no guests may run)",
    check: "cat /sys/module/kvm_intel/parameters/enable_apicv")
  public static let tdxTooManyCPUs = Reason(
    "kvm.tdx_too_many_cpus", .firmware,
    "update the BIOS and with it the TDX module; until then switch Hyper-Threading off in the BIOS, then load kvm_intel with tdx=1",
    check: "dmesg | grep MAX_VCPU_PER_TD; nproc --all")
  public static let tdxKeysInUse = Reason(
    "kvm.all_tdx_keys_in_use", .none, "stop a TDX guest, or raise TME-MT/TDX key split in the BIOS",
    check: "grep tdx /sys/fs/cgroup/misc.capacity /sys/fs/cgroup/misc.current")
  public static let noQuotingService = Reason(
    "attestation.no_quoting_service", .config,
    "only if guests must prove what they are: install Intel's tdx-qgs, name your PCCS in /etc/sgx_default_qcnl.conf and start qgsd",
    check: "systemctl status qgsd pccs")

  public static let noSGX = Reason(
    "hardware.no_sgx", .hardware, "take a processor with SGX: a Xeon of the third generation or later",
    check: "cpuid -1 -r -l 7")
  public static let sgxNotTold = Reason(
    "hardware.sgx_not_told", .none,
    "look this part up in Intel's product list, and switch TME and SGX on in the BIOS if it has SGX",
    check: "cpuid -1 -r -l 7")
  public static let sgxOff = Reason(
    "bios.sgx_off", .bios,
    "BIOS: Processor Configuration -> SGX: Enabled (Software Controlled is not enough)",
    check: "rdmsr -p0 0x3a")
  public static let sgxNoPages = Reason(
    "bios.sgx_no_epc", .bios,
    "BIOS: Processor Configuration -> SGX: Enabled, PRMRR Size: as large as the enclaves need",
    check: "cpuid -1 -r -l 0x12 -s 2")
  public static let sgxCommandLineOff = Reason(
    "kernel.sgx_off", .reboot, "remove nosgx from the kernel command line", check: "cat /proc/cmdline")
  public static let kernelWithoutSGX = Reason(
    "kernel.no_sgx", .reboot, "boot kernel 5.11 or later with CONFIG_X86_SGX",
    check: "grep -m1 -wo sgx /proc/cpuinfo; dmesg | grep -i sgx")
  public static let sgxLaunchControlLocked = Reason(
    "bios.sgx_launch_control_locked", .bios,
    "only for enclaves on the host itself: BIOS: SGX Launch Control: Unlocked",
    check: "grep -m1 -wo sgx_lc /proc/cpuinfo")
  public static let kernelWithoutSGXGuests = Reason(
    "kernel.no_sgx_guests", .reboot, "boot kernel 5.13 or later with CONFIG_X86_SGX_KVM",
    check: "ls -l /dev/sgx_vepc")
  public static let sgxParameterOff = Reason(
    "kvm.sgx_parameter_off", .config,
    "clear the rungs below first; then load kvm_intel with sgx=1, and with ept and unrestricted_guest on (no guests may run)",
    check: "cat /sys/module/kvm_intel/parameters/sgx")
}
