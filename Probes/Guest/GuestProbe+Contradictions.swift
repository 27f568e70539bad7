// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Evidence
internal import HostModel

extension GuestProbe {
  /// Sources in a guest that cannot both be right, unless the hypervisor plays false.
  static func contradictions(_ host: any HostSource) -> [Contradiction] {
    Contradiction.found(snpRules(host) + tdxRules(host))
  }

  private static func snpRules(_ host: any HostSource) -> [Contradiction.Rule] {
    guard Rung.amdProcessor.judge(host).verdict == .pass else { return [] }
    let leaf = encryptionLeaf(host)
    let device = host.snpGuestDevice()
    let hidden: Contradiction.Rule = (
      "guest.snp-device-without-leaf", device.value == true && leaf.value == false,
      "the kernel has the device of SEV-SNP guests, but CPUID shows no memory encryption",
      [device.question, leaf.question]
    )
    // The MSR is asked for only where the leaf says that it is there.
    guard leaf.value == true else { return [hidden] }
    let (status, log) = (host.sevStatus(), host.activeFeatures())
    let isActive = status.value?.bit(Protection.sevSNP.bit)
    let disputed = Protection.allCases.first { protection in
      log.value?.contains(protection.title) == true && status.value?.bit(protection.bit) == false
    }
    return [
      (
        "guest.snp-active-without-device", isActive == true && device.value == false,
        "SEV_STATUS says SEV-SNP, but the kernel has no sev-guest device: it is older than 5.19, found no secrets page, or the MSR is the hypervisor's invention",
        [status.question, device.question]
      ),
      (
        "guest.snp-device-without-status", isActive == false && device.value == true,
        "the kernel has the device of SEV-SNP guests, but SEV_STATUS says that SEV-SNP is not active",
        [device.question, status.question]
      ),
      (
        "guest.log-without-status", disputed != nil,
        "the kernel's log calls \(disputed?.title ?? "") active, but SEV_STATUS does not",
        [log.question, status.question]
      ),
    ]
  }

  private static func tdxRules(_ host: any HostSource) -> [Contradiction.Rule] {
    guard Rung.intelProcessor.judge(host).verdict == .pass else { return [] }
    let leaf = isTrustDomain(host)
    let flag = host.processorFlag("tdx_guest")
    return [
      (
        "guest.tdx-leaf-without-flag", leaf.value == true && flag.value == false,
        "CPUID 21H says IntelTDX, but the kernel does not run as a trust domain: the leaf is the hypervisor's invention, or the kernel has no CONFIG_INTEL_TDX_GUEST",
        [leaf.question, flag.question]
      ),
      (
        "guest.tdx-flag-without-leaf", leaf.value == false && flag.value == true,
        "the kernel runs as a trust domain, but CPUID 21H does not say IntelTDX",
        [flag.question, leaf.question]
      ),
    ]
  }
}
