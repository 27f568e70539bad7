// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Evidence
internal import HostModel

extension AMDSEVProbe {
  /// Observations that look wrong, or are, with their meaning. Each names the sources whose values meet.
  static func contradictions(_ host: any HostSource) -> [Contradiction] {
    Contradiction.found(parameterRules(host) + secureProcessorRules(host) + siliconRules(host))
  }

  /// kvm_amd's parameters against what the kernel counts and offers.
  private static func parameterRules(_ host: any HostSource) -> [Contradiction.Rule] {
    let leaf = host.encryptionLeaf()
    let sev = host.flag(KVMAMD.parameter(.sev))
    let es = host.flag(KVMAMD.parameter(.sevES))
    let snp = host.flag(KVMAMD.parameter(.sevSNP))
    let shown = host.processorFlag("sev_snp")
    let capacity = host.asidCounts("capacity")
    let names = capacity.value.map { Set($0.keys) }
    let types = host.vmTypes()
    let off = [(Feature.sevES, es), (.sevSNP, snp)].filter { feature, parameter in
      leaf.value?.has(feature) == true && parameter.value == false
    }.map(\.1.question)
    return [
      (
        "amd.sev-on-without-asids", sev.value == true && leaf.value?.plainASIDs == 0,
        "kvm_amd.sev = Y, but all ASIDs belong to SEV-ES and SEV-SNP: no plain SEV guest can start",
        [sev.question, leaf.question]
      ),
      (
        "amd.capacity-without-sev",
        sev.value == false && names?.isDisjoint(with: ["sev", "sev_es"]) == false,
        "misc.capacity lists SEV although kvm_amd.sev = N: the secure processor failed after the capacity was set",
        [sev.question, capacity.question]
      ),
      (
        "amd.capacity-lists-sev-es-alone",
        sev.value == true && names?.contains("sev_es") == true && names?.contains("sev") == false,
        "misc.capacity lists sev_es and not sev: right where the BIOS gave plain SEV no ASIDs; a prefix match would misread it",
        [capacity.question]
      ),
      (
        "amd.snp-flag-without-kvm", shown.value == true && snp.value == false,
        "the kernel shows sev_snp but kvm_amd.sev_snp = N: look at the IOMMU, the RMP's size, offline CPUs and the firmware",
        [shown.question, snp.question]
      ),
      (
        "amd.sev-es-on-but-not-offered", es.value == true && types.value?.bit(Feature.sevES.vmType) == false,
        "kvm_amd.sev_es = Y but KVM offers no SEV-ES guests: ciphertext hiding took the ASIDs, or the firmware refuses them",
        [es.question, types.question]
      ),
      (
        "amd.cpuid-on-kvm-off", sev.value == true && !off.isEmpty,
        "kvm_amd does not offer what CPUID has; virt-host-validate tests the CPUID bits alone and says PASS here",
        [leaf.question, sev.question] + off
      ),
      (
        "amd.snp-on-but-not-offered", snp.value == true && types.value?.bit(Feature.sevSNP.vmType) == false,
        "kvm_amd.sev_snp = Y but KVM offers no SEV-SNP guests: no kernel read by hostcap's authors does that; please report it",
        [snp.question, types.question]
      ),
    ]
  }

  /// The secure processor's word against kvm_amd's.
  private static func secureProcessorRules(_ host: any HostSource) -> [Contradiction.Rule] {
    let parameters = (sev: host.flag(KVMAMD.parameter(.sev)), snp: host.flag(KVMAMD.parameter(.sevSNP)))
    let status = (sev: host.sevStatus(), snp: host.snpStatus())
    let onProbe = host.flag("/sys/module/ccp/parameters/psp_init_on_probe")
    let brand = host.processorInfo().map { $0.fields["model name"] ?? "" }
    let device = host.contains("sev", in: "/sys/class/misc")
    return [
      (
        "amd.snp-on-but-not-initialised", parameters.snp.value == true && isUninitialised(status.snp.value),
        "kvm_amd.sev_snp = Y but the firmware's SNP state is UNINIT: SNP_INIT failed after the parameter was settled",
        [parameters.snp.question, status.snp.question]
      ),
      (
        "amd.sev-uninitialised-by-choice",
        parameters.sev.value == true && onProbe.value == false && isUninitialised(status.sev.value),
        "the SEV firmware is UNINIT because ccp.psp_init_on_probe = N: the first guest starts it; no failure",
        [status.sev.question, onProbe.question]
      ),
      (
        "amd.sev-claimed-without-firmware",
        parameters.sev.value == true && device.value == false && brand.value?.contains("EPYC") == false,
        "CPUID and kvm_amd claim SEV, but this is no EPYC and has no SEV firmware: no guest can start",
        [parameters.sev.question, device.question, brand.question]
      ),
    ]
  }

  /// Before, the kernel set SYSCFG[24] at boot; since then ccp does, as kvm_amd loads.
  /// Source: kernel 6.12 arch/x86/virt/svm/sev.c, snp_rmptable_init(); 7.1 snp_prepare().
  private static let setsSYSCFGWithKVM = KernelVersion(7, 1)

  /// The processor against the kernel, and against itself.
  private static func siliconRules(_ host: any HostSource) -> [Contradiction.Rule] {
    let leaf = host.encryptionLeaf()
    let configuration = host.msr(0xc001_0010)
    let snp = host.flag(KVMAMD.parameter(.sevSNP))
    let shown = host.processorFlag("sev")
    let last = host.read(.file("/sys/devices/system/cpu/online"), as: CPUList.init).value?.ranges.last?
      .upperBound
    let other = last.flatMap { $0 > 0 ? host.cpuid(EncryptionLeaf.leaf, cpu: $0) : nil }
    let differs = other?.value.flatMap { other in leaf.value.map { $0.registers != other } }
    let otherConfiguration = last.flatMap { $0 > 0 ? host.msr(0xc001_0010, cpu: $0) : nil }
    // MemEncryptionModEn alone: other bits differ for a moment while the kernel sets up its CPUs.
    let configurationDiffers = otherConfiguration?.value.flatMap { other in
      configuration.value.map { $0.bit(23) != other.bit(23) }
    }
    let version = host.kernelVersion()
    let setsAtBoot = version.value.map { $0 < setsSYSCFGWithKVM } == true
    return [
      (
        "amd.snp-in-silicon-not-in-syscfg",
        leaf.value?.has(.sevSNP) == true && configuration.value?.bit(24) == false && snp.value == true,
        "CPUID has SEV-SNP and kvm_amd.sev_snp = Y, yet SYSCFG[24] = 0: the firmware has shut SEV-SNP down since, or CPU 0 was reset",
        [leaf.question, configuration.question, snp.question]
      ),
      (
        "amd.snp-in-silicon-not-set-at-boot",
        leaf.value?.has(.sevSNP) == true && configuration.value?.bit(24) == false && snp.value == false
          && setsAtBoot,
        "CPUID has SEV-SNP, yet SYSCFG[24] = 0: this kernel sets it at boot, and the RMP or the IOMMU kept it from that; the bit itself is no BIOS switch",
        [leaf.question, configuration.question, snp.question, version.question]
      ),
      (
        "amd.smee-on-flag-hidden",
        shown.value == false && configuration.value?.bit(23) == true && leaf.value?.has(.sev) == true,
        "SYSCFG[23] = 1 but the kernel hides sev: SMM is not locked, or clearcpuid= took it away",
        [shown.question, configuration.question]
      ),
      (
        "amd.cpus-disagree", differs == true,
        "two CPUs answer leaf 8000_001F differently: a BIOS bug, so trust neither",
        [leaf.question] + (other.map { [$0.question] } ?? [])
      ),
      (
        "amd.cpus-disagree-on-syscfg", configurationDiffers == true,
        "SYSCFG[23] differs between two CPUs: a BIOS bug, so no guest is safe from being stopped half way",
        [configuration.question] + (otherConfiguration.map { [$0.question] } ?? [])
      ),
    ]
  }

  private static func isUninitialised(_ reply: FirmwareReply<SNPStatus>?) -> Bool {
    if case .done(let status) = reply { !status.isInitialised } else { false }
  }

  private static func isUninitialised(_ reply: FirmwareReply<SEVStatus>?) -> Bool {
    if case .done(let status) = reply { status.state == 0 } else { false }
  }
}
