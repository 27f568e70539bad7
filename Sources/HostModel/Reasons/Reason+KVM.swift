// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

extension Reason {
  static let kvm: [Reason] = [
    kvmParameterOff, kvmTypeNotOffered, kvmMMIOCachingOff, ciphertextHidingTakesAll, allASIDsInUse,
  ]

  public static let kvmParameterOff = Reason(
    "kvm.parameter_off", .config,
    "clear the rungs below first; then load kvm_amd without sev=0, sev_es=0, sev_snp=0 (no guests may run)",
    check: "grep . /sys/module/kvm_amd/parameters/sev*")
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
  public static let allASIDsInUse = Reason(
    "kvm.all_asids_in_use", .none, "stop a guest, or give the kind of guest more ASIDs in the BIOS",
    check: "cat /sys/fs/cgroup/misc.capacity /sys/fs/cgroup/misc.current")
}
