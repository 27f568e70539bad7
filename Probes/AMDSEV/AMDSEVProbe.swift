// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

public import Evidence
public import HostModel
internal import Virtualization

/// AMD SME, SEV, SEV-ES and SEV-SNP: from the processor to a guest's firmware.
///
/// The ladders are tables of the rungs in the other files of this folder, lowest first.
public enum AMDSEVProbe: Probe {
  public static let id = "amd-sev"
  public static let summary = "AMD SME, SEV, SEV-ES and SEV-SNP from CPUID to guest firmware"
  public static let ladders = [sme, sev, sevES, sevSNP]

  static let sme = Ladder(
    "amd.sme", "AMD Secure Memory Encryption",
    [Environment.rung, .amdProcessor, silicon(.sme), smee, smeActive])

  static let sev = Ladder(
    "amd.sev", "AMD Secure Encrypted Virtualization",
    [
      Environment.rung, .amdProcessor, silicon(.sev), svm, svmEnabled, smee, smmLock, plainASIDs,
      kernelFlag(.sev),
      kvmModule,
      pspDevice,
      pspInitialised, kvmParameter(.sev), kvmType(.sev),
    ] + VirtualizationRungs.all(for: .sev) + [capacity(.sev), VirtualizationRungs.guestMemory])

  static let sevES = Ladder(
    "amd.sev-es", "AMD SEV with Encrypted State",
    [
      Environment.rung, .amdProcessor, silicon(.sevES), svm, lbrVirtualization, svmEnabled, smee, smmLock,
      encryptedStateASIDs,
      kernelFlag(.sevES), kvmModule, mmioCaching, pspDevice, pspInitialised, pspAllowsES,
      kvmParameter(.sevES),
      kvmType(.sevES), ciphertextHiding,
    ] + VirtualizationRungs.all(for: .sevES) + [capacity(.sevES), VirtualizationRungs.guestMemory])

  static let sevSNP = Ladder(
    "amd.sev-snp", "AMD SEV with Secure Nested Paging",
    [
      Environment.rung, .amdProcessor, silicon(.sevSNP), svm, lbrVirtualization, svmEnabled, smee, smmLock,
      encryptedStateASIDs,
      rmp,
      rmpCoverage, iommuTable, iommuSNP, iommuTranslated, kernelFlag(.sevSNP), kvmModule, kernelSupportsSNP,
      cpusOnline,
      mmioCaching, pspDevice, pspFirmware, snpInitialised, pspInitialised, aliasCheck, kvmParameter(.sevSNP),
      guestMemfd, kvmType(.sevSNP),
    ] + VirtualizationRungs.all(for: .sevSNP) + [capacity(.sevSNP), VirtualizationRungs.guestMemory])

  public static func examine(_ host: any HostSource) -> ProbeResult {
    var result = ProbeResult()
    result.climbs = ladders.map { $0.climb(host) }
    result.facts = facts(host) + capacityFacts(host)
    // A guest's hypervisor shows it what it likes.
    if !Environment.observe(host).isGuest {
      result.contradictions = contradictions(host) + libvirtContradictions(host)
    }
    result.findings = kernelLogFindings(host, result.climbs)
    return result
  }
}
