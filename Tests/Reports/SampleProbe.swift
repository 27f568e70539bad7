// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Evidence
import HostModel

/// A probe as small as one can be that still gives every part of a report something to draw.
enum SampleProbe: Probe {
  static let id = "sample"
  static let summary = "what the reports are tested with"

  static let ladders = [
    Ladder(
      "sample.sev", "encrypted guests",
      [Environment.rung, silicon, smee, loaded]),
    Ladder(
      "sample.sev-snp", "guests with integrity",
      [Environment.rung, silicon, smee, translated, version, offered]),
  ]

  private static let silicon = Rung(
    "silicon", .cpu, "the processor has SEV", specification: "AMD APM vol. 3, Fn8000_001F_EAX[1]"
  ) { host in
    host.cpuid(0x8000_001f).judge("Fn8000_001F") {
      $0.eax.bit(1)
        ? .pass("Fn8000_001F_EAX[1] = 1", citing: []) : .fail(.noSEV, "Fn8000_001F_EAX[1] = 0", citing: [])
    }
  }

  private static let smee = Rung(
    "smee", .firmware, "memory encryption is enabled", specification: "AMD PPR, MSRC001_0010[23]"
  ) { host in
    host.msr(0xc001_0010).judge("SYSCFG") {
      $0.bit(23) ? .pass("SYSCFG[23] = 1", citing: []) : .fail(.smeeOff, "SYSCFG[23] = 0", citing: [])
    }
  }

  private static let translated = Rung(
    "iommu-translated", .kernel, "the default IOMMU domain is translated",
    specification: "kernel drivers/iommu/amd/init.c, iommu_snp_enable()"
  ) { host in
    host.read(.file("/proc/cmdline")) { text($0) }.judge("/proc/cmdline") {
      $0.contains("iommu=pt")
        ? .fail(.iommuPassthrough, "iommu=pt on the kernel command line", citing: [])
        : .pass("no option puts it into passthrough", citing: [])
    }
  }

  private static let version = Rung(
    "firmware-version", .psp, "the secure processor's firmware is current",
    specification: "AMD SEV-SNP ABI 1.58",
    isAdvisory: true
  ) { host in
    host.read(.file("/sample/version"), as: decimal).judge("version") {
      $0 >= 55
        ? .pass("version 1.\($0)", citing: []) : .warn(.pspFirmwareTooOld, "version 1.\($0)", citing: [])
    }
  }

  private static let loaded = Rung(
    "kvm-parameter", .kvm, "KVM offers SEV guests",
    specification: "kernel arch/x86/kvm/svm/sev.c, sev_hardware_setup()",
    implies: ["silicon", "smee"]
  ) { parameter("sev", $0) }

  private static let offered = Rung(
    "kvm-parameter", .kvm, "KVM offers SEV-SNP guests",
    specification: "kernel arch/x86/kvm/svm/sev.c, sev_hardware_setup()",
    implies: ["silicon", "smee", "iommu-translated"]
  ) { parameter("sev_snp", $0) }

  private static func parameter(_ name: String, _ host: any HostSource) -> Judgement {
    host.flag("/sys/module/kvm_amd/parameters/\(name)").judge(
      "kvm_amd.\(name)", absent: .fail(.kvmAMDNotLoaded, "kvm_amd is not loaded", citing: [])
    ) {
      $0
        ? .pass("kvm_amd.\(name) = Y", citing: [])
        : .fail(.kvmParameterOff, "kvm_amd.\(name) = N", citing: [])
    }
  }

  static func examine(_ host: any HostSource) -> ProbeResult {
    var result = ProbeResult()
    result.climbs = ladders.map { $0.climb(host) }
    let info = host.processorInfo()
    if let brand = info.value?.fields["model name"] {
      result.facts.append(Fact("cpu.brand", .text(brand), citing: [info.question]))
    }
    let release = host.read(.file("/proc/sys/kernel/osrelease")) { text($0) }
    if let value = release.value {
      result.facts.append(Fact("kernel.release", .text(value), citing: [release.question]))
    }
    let leaf = host.cpuid(0x8000_001f)
    if let value = leaf.value {
      result.facts.append(Fact("sample.sev.guests", .count(UInt64(value.ecx)), citing: [leaf.question]))
    }
    return result
  }
}
