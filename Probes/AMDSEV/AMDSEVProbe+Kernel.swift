// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Evidence
internal import HostModel

/// What the kernel was started with and what it made of the firmware's settings.
extension AMDSEVProbe {
  static let smeActive = Rung(
    "active", .kernel, "the host's own memory is encrypted",
    specification: "kernel Documentation/arch/x86/amd-memory-encryption.rst: only with mem_encrypt=on",
    implies: ["vendor", "silicon", "smee"], isAdvisory: true
  ) { host in
    host.processorFlag("sme").judge("processor flags") { on in
      on
        ? .pass("flag sme", citing: [])
        : .warn(.memEncryptOff, "no flag sme: enabled, not active; SEV does not need it", citing: [])
    }
  }

  static let iommuTranslated = Rung(
    "iommu-translated", .kernel, "the IOMMU translates, with version 1 page tables",
    specification: "kernel drivers/iommu/amd/init.c, iommu_snp_enable()"
  ) { host in
    let command = host.commandLine()
    return command.judge("kernel command line") { line in
      if IOMMUOptions.off(line, vendor: "AuthenticAMD") != nil {
        return .fail(.iommuCommandLineOff, "the command line switches the IOMMU off", citing: [])
      }
      if let word = line.iommuPassthrough {
        return .fail(.iommuPassthrough, "\(word) on the command line", citing: [])
      }
      if line.all("amd_iommu").last(where: { $0.hasPrefix("pgtbl_") }) == "pgtbl_v2" {
        return .fail(.iommuV2PageTable, "amd_iommu=pgtbl_v2 on the command line", citing: [])
      }
      return host.defaultDomains().judge("IOMMU group types") { domains in
        domains.areTranslated
          ? .pass("default domains are \(domains.word)", citing: domains.citing)
          : .fail(
            .iommuPassthrough, "all \(domains.count) groups are identity domains", citing: domains.citing)
      }
    }
  }

  static func kernelFlag(_ feature: Feature) -> Rung {
    Rung(
      "kernel-flag", .kernel, "the kernel shows the flag \(feature.kernelName)",
      specification: "kernel arch/x86/kernel/cpu/amd.c, early_detect_mem_encrypt(), bsp_determine_snp()",
      implies: ["vendor", "silicon", "smee", "smm-lock"] + (feature == .sevSNP ? ["rmp"] : [])
    ) { host in
      host.processorFlag(feature.kernelName).judge("processor flags") { shown in
        if shown { return .pass("flag \(feature.kernelName)", citing: []) }
        return host.kernelVersion().judge("kernel release") { version in
          guard version >= feature.flagSince else {
            return .unknown(
              .sourceAbsent, "kernel \(version) does not know the flag \(feature.kernelName)", citing: [])
          }
          if let cleared = cleared(feature, host) { return cleared }
          // SMEE and SMM lock hide plain SEV; SEV-SNP can be hidden by the RMP alone.
          let reason: Reason = feature == .sevSNP ? .featureHiddenByKernel : .smeeOrSMM
          return .fail(reason, "kernel \(version) shows no flag \(feature.kernelName)", citing: [])
        }
      }
    }
  }

  /// The command line can take a flag away by name or number, and what rests on it goes too.
  /// Source: kernel arch/x86/kernel/cpu/common.c, parse_set_clear_cpuid(); cpuid-deps.c; cpufeatures.h, word 19.
  private static func cleared(_ feature: Feature, _ host: any HostSource) -> Judgement? {
    let line = host.commandLine()
    let names: Set<String> =
      switch feature {
      case .sme: ["sme", "608"]
      case .sev: ["sev", "609"]
      case .sevES: ["sev_es", "611", "sev", "609"]
      case .sevSNP: ["sev_snp", "612", "sev_es", "611", "sev", "609"]
      }
    guard let word = line.value?.all("clearcpuid").first(where: { names.contains($0) }) else { return nil }
    return .fail(.featureCleared, "clearcpuid=\(word) on the command line", citing: [line.question])
  }

  static let kernelSupportsSNP = Rung(
    "kernel-support", .kernel, "the kernel can host SEV-SNP guests",
    specification: "kernel 6.11 arch/x86/kvm/svm/sev.c, module parameter sev_snp; CONFIG_KVM_AMD_SEV"
  ) { host in
    let parameter = host.flag(KVMAMD.parameter(.sevSNP))
    guard parameter.isAbsent else {
      return parameter.judge("kvm_amd.sev_snp") { _ in .pass("kvm_amd has the parameter sev_snp", citing: [])
      }
    }
    return host.flag(KVMAMD.parameter(.sev)).judge("kvm_amd.sev") { _ in
      .fail(.kernelWithoutSNP, "kvm_amd has no parameter sev_snp", citing: [parameter.question])
    }
  }

  static let cpusOnline = Rung(
    "cpus-online", .kernel, "every CPU is online",
    specification: "AMD SEV-SNP firmware ABI (56860), SNP_INIT; kernel 7.2 drivers/crypto/ccp/sev-dev.c"
  ) { host in
    let online = host.read(.file("/sys/devices/system/cpu/online"), as: CPUList.init)
    return host.read(.file("/sys/devices/system/cpu/present"), as: CPUList.init).judge("CPUs present") {
      present in
      online.judge("CPUs online") { online in
        guard present != online else { return .pass("\(online.count) of \(present.count) CPUs", citing: []) }
        return offline("\(online.count) of \(present.count) CPUs are online", host)
      }
    }
  }

  /// SNP_INIT wants every CPU; one that went offline later takes nothing away until the next SNP_INIT.
  private static func offline(_ because: String, _ host: any HostSource) -> Judgement {
    let failed = Judgement.fail(.cpusOffline, because, citing: [])
    return host.snpStatus().judge("SNP_PLATFORM_STATUS", absent: failed) { reply in
      guard case .done(let status) = reply, status.isInitialised else { return failed }
      return .warn(.cpusOffline, "\(because); SEV-SNP was initialised before", citing: [])
    }
  }
}
