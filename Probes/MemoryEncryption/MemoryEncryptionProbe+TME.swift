// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Evidence
internal import HostModel

extension MemoryEncryptionProbe {
  static let tmeSilicon = Rung(
    "silicon", .cpu, "the processor has TME", specification: "Intel SDM vol. 2A, CPUID leaf 07H, ECX[13]"
  ) { host in
    host.cpuid(7).judge("CPUID leaf 7") { leaf in
      leaf.ecx.bit(13)
        ? .pass("CPUID.07H:ECX[13] = 1", citing: []) : .fail(.noTME, "CPUID.07H:ECX[13] = 0", citing: [])
    }
  }

  static let tmeEnabled = Rung(
    "enabled", .firmware, "the BIOS has TME on, and locked",
    specification: "Intel SDM vol. 4, IA32_TME_ACTIVATE (982H)[0] lock, [1] enable, [31] bypass",
    implies: ["vendor", "silicon"]
  ) { host in
    host.msr(0x982).judge("IA32_TME_ACTIVATE") { value in
      let because = "IA32_TME_ACTIVATE[1:0] = \(value.bits(0...1))"
      guard value.bits(0...1) == 3 else { return .fail(.tmeOff, because, citing: []) }
      return value.bit(31)
        ? .warn(.tmeBypass, "\(because), [31] = 1: what has no key of its own is not encrypted", citing: [])
        : .pass(because, citing: [])
    }
  }

  /// The kernel clears the flag when it finds TME off; earlier kernels showed what CPUID says.
  /// Source: kernel 6.12 arch/x86/kernel/cpu/intel.c, detect_tme_early().
  static let flagTellsSince = KernelVersion(6, 12)

  static let tmeFlag = Rung(
    "kernel-flag", .kernel, "the kernel found TME on",
    specification: "kernel 6.12 arch/x86/kernel/cpu/intel.c, detect_tme_early()",
    implies: ["vendor", "silicon", "enabled"], isAdvisory: true
  ) { host in
    host.processorFlag("tme").judge("processor flags") { shown in
      host.kernelVersion().judge("kernel release") { version in
        guard version >= flagTellsSince else {
          return .unknown(
            .sourceAbsent, "kernel \(version) may show tme although the BIOS has it off", citing: [])
        }
        return shown ? .pass("flag tme", citing: []) : .fail(.tmeOff, "no flag tme", citing: [])
      }
    }
  }
}
