// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

extension Reason {
  static let kvm: [Reason] = [kvmParameterOff, kvmTypeNotOffered, kvmMMIOCachingOff]

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
}
