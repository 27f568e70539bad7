// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Evidence
internal import HostModel

/// What the kernel made of it, the TDX module included, which the kernel starts.
extension IntelTDXProbe {
  static let kernelSupport = Rung(
    "kernel-support", .kernel, "the kernel can host TDX guests",
    specification: "kernel 6.16 arch/x86/kvm/vmx/tdx.c, module parameter tdx; CONFIG_KVM_INTEL_TDX",
    implies: ["kvm-module"]
  ) { host in
    KVMIntel.judge("tdx", host, without: .kernelWithoutTDX) { _ in
      .pass("kvm_intel has the parameter tdx", citing: [])
    }
  }

  /// Source: kernel 6.8 arch/x86/include/asm/cpufeatures.h, X86_FEATURE_TDX_HOST_PLATFORM.
  private static let flagSince = KernelVersion(6, 8)

  static let kernelFlag = Rung(
    "kernel-flag", .kernel, "the kernel shows the flag tdx_host_platform",
    specification: "kernel 6.12 arch/x86/virt/vmx/tdx/tdx.c, tdx_init(): two keys, and no hibernation",
    implies: ["vendor", "silicon", "tme", "keys"]
  ) { host in
    host.processorFlag("tdx_host_platform").judge("processor flags") { shown in
      if shown { return .pass("flag tdx_host_platform", citing: []) }
      return host.kernelVersion().judge("kernel release") { version in
        guard version >= flagSince else {
          return .unknown(.sourceAbsent, "kernel \(version) does not know the flag", citing: [])
        }
        return hidden(host)
      }
    }
  }

  private static func hidden(_ host: any HostSource) -> Judgement {
    let keys = privateKeys(host)
    guard let count = keys.value, count >= fewestKeys else {
      return .fail(.tdxHostOffOrBIOS, "no flag tdx_host_platform", citing: [keys.question])
    }
    let line = host.commandLine()
    let asked =
      line.value.map { $0.has("nohibernate") ? ", with nohibernate" : ", without nohibernate" } ?? ""
    return .fail(
      .tdxHostOff, "no flag tdx_host_platform although there are \(count) private keys\(asked)",
      citing: [keys.question, line.question])
  }

  static let versionQuestion = Question.file("/sys/devices/faux/tdx_host/version")

  /// `1.5.06`: three numbers, each of at most five digits; anything else is none.
  /// Source: kernel 7.2 drivers/virt/coco/tdx-host.
  static func moduleVersion(_ bytes: ArraySlice<UInt8>) -> String? {
    let parts = trimmed(bytes).split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    let areNumbers = parts.allSatisfy { part in
      (1...5).contains(part.count) && part.allSatisfy { (0x30...0x39).contains($0) }
    }
    return parts.count == 3 && areNumbers ? text(bytes) : nil
  }

  /// Kernel 7.2 has a file for it; before that only the log tells, up to 6.19 first when kvm_intel loads with tdx=1.
  static let module = Rung(
    "module", .firmware, "the TDX module runs",
    specification: "kernel 7.2 drivers/virt/coco/tdx-host; arch/x86/virt/vmx/tdx/tdx.c, messages of virt/tdx",
    implies: ["vendor", "silicon", "tme", "keys", "seam", "kernel-flag"]
  ) { host in
    let version = host.read(versionQuestion, as: moduleVersion)
    if let version = version.value { return .pass("TDX module \(version)", citing: [versionQuestion]) }
    return host.kernelMessages(from: "virt/tdx:").judge("kernel log") { messages in
      messages.reversed().lazy.compactMap(outcome).first
        ?? .unknown(.sourceAbsent, "no word of the TDX module in the kernel log", citing: [])
    }.citing(also: [versionQuestion])
  }

  /// 6.12 says `module initialized`, 7.2 `TDX-Module initialized`. `nil`: a message on something else.
  private static func outcome(_ message: String) -> Judgement? {
    let prefix = ["TDX-Module ", "module "].first { message.hasPrefix($0) }
    guard let prefix else { return nil }
    let rest = message.dropFirst(prefix.count)
    if rest.hasPrefix("initialized") { return .pass("virt/tdx: \(message)", citing: []) }
    if rest.hasPrefix("not loaded") { return .fail(.tdxModuleNotLoaded, "virt/tdx: \(message)", citing: []) }
    return rest.hasPrefix("initialization failed")
      ? .fail(.tdxModuleFailed, "virt/tdx: \(message)", citing: []) : nil
  }

  private static let allBelow = [
    "vendor", "silicon", "tme", "keys", "seam", "machine-check", "kvm-module", "kernel-support",
    "kernel-flag", "module",
  ]

  /// The parameter is what came of it: KVM takes it back when the module does not start.
  static let kvmParameter = Rung(
    "kvm-parameter", .kvm, "kvm_intel.tdx came out as Y",
    specification: "kernel 6.16 arch/x86/kvm/vmx/tdx.c, tdx_bringup(); off unless asked for",
    implies: allBelow
  ) { host in
    KVMIntel.judge("tdx", host, without: .kernelWithoutTDX) { on in
      on ? .pass("kvm_intel.tdx = Y", citing: []) : parameterOff(host)
    }
  }

  /// What KVM wants before it tries, in the order in which it looks; then each CPU must fit into one guest.
  /// Source: kernel 6.16 arch/x86/kvm/vmx/tdx.c, tdx_bringup() and __tdx_bringup().
  private static let wanted: [(module: String, name: String, reason: Reason)] = [
    ("kvm_intel", "ept", .eptOff), ("kvm", "tdp_mmu", .tdpMMUOff),
    ("kvm", "mmio_caching", .kvmMMIOCachingOff),
    ("kvm_intel", "eptad", .eptAccessedDirtyOff), ("kvm_intel", "enable_apicv", .apicvOff),
  ]

  private static func parameterOff(_ host: any HostSource) -> Judgement {
    for (module, name, reason) in wanted {
      let option = host.flag("/sys/module/\(module)/parameters/\(name)")
      guard option.value == false else { continue }
      return .fail(
        reason, "kvm_intel.tdx = N, and \(module).\(name) = N, which TDX needs", citing: [option.question])
    }
    // `Disable TDX: MAX_VCPU_PER_TD (N) smaller than number of logical CPUs (N).`
    let limit = host.kernelMessages(from: "MAX_VCPU_PER_TD")
    if let words = limit.value?.last {
      return .fail(
        .tdxTooManyCPUs, "kvm_intel.tdx = N: MAX_VCPU_PER_TD \(words)", citing: [limit.question])
    }
    return .fail(.tdxParameterOff, "kvm_intel.tdx = N", citing: [])
  }

  /// KVM_CAP_VM_TYPES, and KVM_X86_TDX_VM in it. Source: kernel include/uapi/linux/kvm.h, arch/x86/include/uapi/asm/kvm.h.
  private static let (vmTypesCapability, vmType): (UInt32, Int) = (235, 5)
  private static let vmTypeSince = KernelVersion(6, 16)

  static let kvmType = Rung(
    "kvm-type", .kvm, "KVM offers TDX guests",
    specification: "kernel Documentation/virt/kvm/api.rst, KVM_CAP_VM_TYPES bit 5",
    implies: allBelow + ["kvm-parameter"]
  ) { host in
    host.kvmExtension(vmTypesCapability).judge("KVM_CAP_VM_TYPES") { types in
      let because = "KVM_CAP_VM_TYPES = \(hex(types, width: 1))"
      return host.kernelVersion().judge("kernel release") { version in
        // A vendor's earlier kernel has its own number for the type, or none.
        guard version >= vmTypeSince else {
          return .unknown(.sourceAbsent, "\(because); kernel \(version) predates the type TDX", citing: [])
        }
        return types.bit(vmType) ? .pass(because, citing: []) : .fail(.tdxTypeNotOffered, because, citing: [])
      }
    }
  }
}
