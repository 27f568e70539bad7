// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Evidence
internal import HostModel

// Intel TDX, from inside.
extension GuestProbe {
  /// The TDX module answers this leaf, in every trust domain with the same twelve letters.
  static func isTrustDomain(_ host: any HostSource) -> Reading<Bool> {
    host.cpuid(0x21).map { [$0.ebx, $0.edx, $0.ecx] == [0x6574_6e49, 0x5844_546c, 0x2020_2020] }
  }

  static let tdxLeaf = Rung(
    "cpuid", .cpu, "the TDX module answers the guest",
    specification: "Intel TDX Module 1.5 ABI, CPUID 21H.0H; kernel arch/x86/coco/tdx/tdx.c, tdx_early_init()",
    isGate: true
  ) { host in
    let leaf = isTrustDomain(host)
    func missing(_ because: String, citing: [Question] = []) -> Judgement {
      Paravisor.objection(host, to: because) ?? .fail(.guestWithoutTDX, because, citing: citing)
    }
    let highest = host.cpuid(0)
    let none = missing("CPUID ends below leaf 21H", citing: [highest.question])
    return leaf.judge("CPUID 21H", absent: highest.value == nil ? nil : none) { isTDX in
      isTDX ? .pass("CPUID 21H is IntelTDX", citing: []) : missing("CPUID 21H is not IntelTDX")
    }
  }

  static let tdxKernel = Rung(
    "kernel", .kernel, "the kernel runs as a trust domain",
    specification: "kernel 5.16 arch/x86/include/asm/cpufeatures.h, X86_FEATURE_TDX_GUEST"
  ) { host in
    host.processorFlag("tdx_guest").judge("flags in /proc/cpuinfo") { isSet in
      isSet
        ? .pass("flag tdx_guest", citing: [])
        : .fail(.guestKernelWithoutTDX, "no flag tdx_guest in /proc/cpuinfo", citing: [])
    }
  }

  static let tdxReports = reports(
    "tdx_guest", specification: "kernel 6.2 drivers/virt/coco/tdx-guest/tdx-guest.c, /dev/tdx_guest")
}

/// Hyper-V's layer between a protected guest and its kernel, which hides the protection from the kernel: what such a guest
/// does not see may be there all the same.
enum Paravisor {
  /// `nil`: no paravisor, so what is not seen is not there.
  ///
  /// Source: Microsoft Hypervisor TLFS, CPUID 4000_0000 and 4000_0003_EBX[22] (isolation); kernel
  /// arch/x86/kernel/cpu/mshyperv.c, ms_hyperv_init_platform().
  static func objection(_ host: any HostSource, to because: String) -> Judgement? {
    let signature = host.cpuid(0x4000_0000)
    if signature.isAbsent { return nil }
    guard let words = signature.value else {
      return .unknown(
        .guestBehindParavisor, "\(because), but which hypervisor this is cannot be seen",
        citing: [signature.question])
    }
    guard [words.ebx, words.ecx, words.edx] == [0x7263_694d, 0x666f_736f, 0x7648_2074] else { return nil }
    let features = host.cpuid(0x4000_0003)
    if features.value?.ebx.bit(22) == false { return nil }
    return .unknown(
      .guestBehindParavisor, "\(because), but Hyper-V isolates this guest or does not say",
      citing: [features.question])
  }
}
