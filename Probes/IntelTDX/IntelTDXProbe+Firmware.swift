// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Evidence
internal import HostModel

/// The processor, and what the BIOS made of it.
extension IntelTDXProbe {
  /// Emerald Rapids, Granite Rapids and its edge variant, Sierra Forest: each part of them has TDX.
  /// Source: kernel arch/x86/include/asm/intel-family.h for the numbers.
  private static let models: Set<UInt32> = [0xcf, 0xad, 0xae, 0xaf]
  /// Sapphire Rapids: fuses decide, and some parts lack TDX.
  private static let sapphireRapids: UInt32 = 0x8f

  static let silicon = Rung(
    "silicon", .cpu, "the processor has TDX",
    specification: "Intel SDM vol. 2A, CPUID leaf 07H, ECX[13] (TME) and EDX[18] (PCONFIG); models with TDX"
  ) { host in
    let features = host.cpuid(7)
    return host.intelModel().judge("processor model") { model in
      features.judge("CPUID leaf 7") { leaf in
        let mayHave = models.contains(model) || model == sapphireRapids
        guard leaf.ecx.bit(13), leaf.edx.bit(18) else {
          let because =
            "CPUID.07H:ECX[13] (TME) = \(leaf.ecx.bits(13...13)), EDX[18] (PCONFIG) = \(leaf.edx.bits(18...18))"
          // A model that comes with TDX may only hide it; any other has none.
          return mayHave
            ? .unknown(.tdxNotTold, "\(because) on model \(hex(model, width: 2))", citing: [])
            : .fail(.noTDX, because, citing: [])
        }
        if models.contains(model) {
          return .pass("model \(hex(model, width: 2)), TME and PCONFIG", citing: [])
        }
        let because =
          model == sapphireRapids
          ? "some parts of model \(hex(model, width: 2)) have no TDX"
          : "model \(hex(model, width: 2)) is not among those known to have TDX"
        return .unknown(.tdxNotTold, because, citing: [])
      }
    }
  }

  static let memoryEncryption = Rung(
    "tme", .firmware, "the BIOS has memory encryption (TME) on",
    specification: "Intel SDM vol. 4, IA32_TME_ACTIVATE (982H)[0] lock, [1] enable"
  ) { host in
    host.msr(0x982).judge("IA32_TME_ACTIVATE") { value in
      let because = "IA32_TME_ACTIVATE[1:0] = \(value.bits(0...1))"
      return value.bits(0...1) == 3 ? .pass(because, citing: []) : .fail(.tmeOff, because, citing: [])
    }
  }

  static let keysQuestion = Question.msr(0x87)
  /// IA32_MKTME_KEYID_PARTITIONING[63:32]. The processor answers #GP where there is no TDX, which proves nothing.
  static func privateKeys(_ host: any HostSource) -> Reading<UInt64> { host.msr(0x87).map { $0 >> 32 } }
  /// The module keeps one for itself. Source: kernel arch/x86/virt/vmx/tdx/tdx.c, init_tdx_module().
  static let fewestKeys: UInt64 = 2

  static let keys = Rung(
    "keys", .firmware, "the BIOS gave TDX private keys",
    specification: "Intel SDM vol. 4, IA32_MKTME_KEYID_PARTITIONING (87H)[63:32]",
    implies: ["vendor", "silicon", "tme"]
  ) { host in
    privateKeys(host).judge("IA32_MKTME_KEYID_PARTITIONING") { count in
      count >= fewestKeys
        ? .pass("\(count) private keys, one of them for the TDX module", citing: [])
        : .fail(
          .tdxNoKeys, "IA32_MKTME_KEYID_PARTITIONING[63:32] = \(count): too few private keys", citing: [])
    }
  }

  static let seam = Rung(
    "seam", .firmware, "the BIOS reserved memory for the TDX module",
    specification: "Intel TDX Loader Interface Specification, IA32_SEAMRR_PHYS_MASK (1401H)[11]",
    implies: ["vendor", "silicon"]
  ) { host in
    host.msr(0x1401).judge("IA32_SEAMRR_PHYS_MASK") { value in
      value.bit(11)
        ? .pass("IA32_SEAMRR_PHYS_MASK[11] = 1", citing: [])
        : .fail(.seamOff, "IA32_SEAMRR_PHYS_MASK[11] = 0", citing: [])
    }
  }

  /// A code that stands there although KVM took TDX into use is not what stops it.
  static let machineCheck = Rung(
    "machine-check", .firmware, "the processor accepted the BIOS's memory layout",
    specification: "Intel TDX Enabling Guide, MSR A0H: 0 after a good MCHECK"
  ) { host in
    host.msr(0xa0).judge("MSR A0H") { value in
      let because = "MSR A0H = \(hex(value, width: 1))"
      guard value != 0 else { return .pass(because, citing: []) }
      let failed = Judgement.fail(.mcheckFailed, because, citing: [])
      return host.flag(KVMIntel.parameter("tdx")).judge("kvm_intel.tdx", absent: failed) { on in
        on ? .warn(.mcheckFailed, "\(because), yet kvm_intel.tdx = Y", citing: []) : failed
      }
    }
  }
}
