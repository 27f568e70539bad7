// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Evidence
internal import HostModel

extension AMDSEVProbe {
  /// Observations that look wrong, or are, with their meaning. Each names the sources whose values meet.
  static func contradictions(_ host: any HostSource) -> [Contradiction] {
    let leaf = host.encryptionLeaf()
    let configuration = host.msr(0xc001_0010)
    let parameters = (sev: host.flag(KVMAMD.parameter(.sev)), snp: host.flag(KVMAMD.parameter(.sevSNP)))
    let flags = (sev: host.processorFlag("sev"), snp: host.processorFlag("sev_snp"))
    let capacity = host.read(.file("/sys/fs/cgroup/misc.capacity"), as: miscResources)
    let snp = host.snpStatus()
    let rules: [(id: String, holds: Bool, meaning: String, citing: [Question])] = [
      (
        "amd.snp-in-silicon-not-in-syscfg",
        leaf.value?.has(.sevSNP) == true && configuration.value?.bit(24) == false
          && parameters.snp.value == true,
        "CPUID has SEV-SNP and kvm_amd.sev_snp = Y, yet SYSCFG[24] = 0: normal only before SNP_INIT on kernel 7.1 or later",
        [leaf.question, configuration.question, parameters.snp.question]
      ),
      (
        "amd.snp-on-but-not-initialised",
        parameters.snp.value == true && isUninitialised(snp.value),
        "kvm_amd.sev_snp = Y but the firmware's SNP state is UNINIT: SNP_INIT failed after the parameter was settled",
        [parameters.snp.question, snp.question]
      ),
      (
        "amd.sev-on-without-asids",
        parameters.sev.value == true && leaf.value?.plainASIDs == 0,
        "kvm_amd.sev = Y, but all ASIDs belong to SEV-ES and SEV-SNP: no plain SEV guest can start",
        [parameters.sev.question, leaf.question]
      ),
      (
        "amd.capacity-without-sev",
        parameters.sev.value == false && capacity.value?.contains { $0 == "sev" || $0 == "sev_es" } == true,
        "misc.capacity lists SEV although kvm_amd.sev = N: the secure processor failed after the capacity was set",
        [parameters.sev.question, capacity.question]
      ),
      (
        "amd.snp-flag-without-kvm",
        flags.snp.value == true && parameters.snp.value == false,
        "the kernel shows sev_snp but kvm_amd.sev_snp = N: look at the IOMMU, the RMP's size, offline CPUs and the firmware",
        [flags.snp.question, parameters.snp.question]
      ),
      (
        "amd.smee-on-flag-hidden",
        flags.sev.value == false && configuration.value?.bit(23) == true && leaf.value?.has(.sev) == true,
        "SYSCFG[23] = 1 but the kernel hides sev: SMM is not locked, or clearcpuid= took it away",
        [flags.sev.question, configuration.question]
      ),
    ]
    return rules.filter(\.holds).map { Contradiction($0.id, $0.meaning, citing: $0.citing) }
  }

  private static func isUninitialised(_ reply: FirmwareReply<SNPStatus>?) -> Bool {
    if case .done(let status) = reply { !status.isInitialised } else { false }
  }

  /// The names of misc.capacity, whole words: `sev` is a prefix of `sev_es`. A resource with capacity 0 is not printed.
  private static func miscResources(_ bytes: ArraySlice<UInt8>) -> [String]? {
    lines(bytes).compactMap { $0.split(separator: 0x20).first.map { text($0) } }
  }
}
