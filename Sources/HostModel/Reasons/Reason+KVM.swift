// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

extension Reason {
  static let kvm: [Reason] = [
    kvmParameterOff, kvmNPTOff, kvmNRIPSOff, kvmLBRVOff, kvmTypeNotOffered, kvmMMIOCachingOff,
    ciphertextHidingTakesAll, allASIDsInUse,
    guestMemoryShort,
  ]

  public static let kvmParameterOff = Reason(
    "kvm.parameter_off", .config,
    "clear the rungs below first; then load kvm_amd without sev=0, sev_es=0 and sev_snp=0, which may stand in /etc/modprobe.d (no guests may run)",
    check: "grep . /sys/module/kvm_amd/parameters/sev*")
  public static let kvmNPTOff = Reason(
    "kvm.npt_off", .config, "load kvm_amd without npt=0 (no guests may run): SEV wants nested paging",
    check: "cat /sys/module/kvm_amd/parameters/npt")
  public static let kvmNRIPSOff = Reason(
    "kvm.nrips_off", .config, "load kvm_amd without nrips=0 (no guests may run)",
    check: "cat /sys/module/kvm_amd/parameters/nrips")
  public static let kvmLBRVOff = Reason(
    "kvm.lbrv_off", .config,
    "load kvm_amd without lbrv=0 (no guests may run): SEV-ES wants LBR virtualization",
    check: "cat /sys/module/kvm_amd/parameters/lbrv")
  public static let kvmTypeNotOffered = Reason(
    "kvm.type_not_offered", .bios,
    "give the type an ASID pool in the BIOS, and update the secure processor's firmware",
    check: "dmesg | grep kvm_amd")
  public static let kvmMMIOCachingOff = Reason(
    "kvm.mmio_caching_off", .config, "load kvm without mmio_caching=0",
    check: "cat /sys/module/kvm/parameters/mmio_caching")
  public static let ciphertextHidingTakesAll = Reason(
    "kvm.ciphertext_hiding_takes_all", .config, "load kvm_amd with a smaller ciphertext_hiding_asids",
    check: "cat /sys/module/kvm_amd/parameters/ciphertext_hiding_asids")
  public static let guestMemoryShort = Reason(
    "kvm.guest_memory_short", .none,
    "free memory: a confidential guest's is pinned, so give none away twice (Nova: ram_allocation_ratio=1.0, reserved_host_memory_mb)",
    check: "grep MemAvailable /proc/meminfo")
  public static let allASIDsInUse = Reason(
    "kvm.all_asids_in_use", .none, "stop a guest, or give the kind of guest more ASIDs in the BIOS",
    check: "cat /sys/fs/cgroup/misc.capacity /sys/fs/cgroup/misc.current")
}
