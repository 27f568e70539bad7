// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Evidence
internal import HostModel

extension IntelSGXProbe {
  /// Xeons that come with SGX, from Ice Lake on: without the bit their BIOS may hide it.
  /// Source: kernel arch/x86/include/asm/intel-family.h for the numbers.
  private static let models: Set<UInt32> = [0x6a, 0x6c, 0x8f, 0xcf, 0xad, 0xae, 0xaf]

  static let silicon = Rung(
    "silicon", .cpu, "the processor has SGX", specification: "Intel SDM vol. 2A, CPUID leaf 07H, EBX[2]"
  ) { host in
    let model = host.intelModel()
    return host.cpuid(7).judge("CPUID leaf 7") { leaf in
      if leaf.ebx.bit(2) { return .pass("CPUID.07H:EBX[2] = 1", citing: []) }
      return model.judge("processor model") { model in
        models.contains(model)
          ? .unknown(
            .sgxNotTold, "CPUID.07H:EBX[2] = 0 on model \(hex(model, width: 2)), whose BIOS may hide it",
            citing: [])
          : .fail(.noSGX, "CPUID.07H:EBX[2] = 0", citing: [])
      }
    }
  }

  static let enabled = Rung(
    "enabled", .firmware, "the BIOS has SGX on",
    specification: "Intel SDM vol. 4, IA32_FEATURE_CONTROL (3AH)[18], locked by [0]", implies: ["silicon"]
  ) { host in
    host.msr(0x3a).judge("IA32_FEATURE_CONTROL") { value in
      let because = "IA32_FEATURE_CONTROL[18] = \(value.bits(18...18)), lock = \(value.bits(0...0))"
      return value.bit(18) ? .pass(because, citing: []) : .fail(.sgxOff, because, citing: [])
    }
  }

  static let pages = Rung(
    "pages", .firmware, "there are enclave pages",
    specification: "Intel SDM vol. 2A, CPUID leaf 12H, sub-leaves 2 and on", implies: ["silicon"]
  ) { host in
    host.enclavePages().judge("CPUID leaf 12H") { pages in
      pages.bytes > 0
        ? .pass("\(pages.bytes >> 20) MiB in \(pages.sections.count) sections", citing: [])
        : .fail(.sgxNoPages, "CPUID leaf 12H lists no enclave pages: the BIOS has SGX off", citing: [])
    }
  }

  static let commandLine = Rung(
    "command-line", .kernel, "the command line leaves SGX alone",
    specification: "kernel Documentation/admin-guide/kernel-parameters.txt, nosgx"
  ) { host in
    host.commandLine().judge("kernel command line") { line in
      line.has("nosgx")
        ? .fail(.sgxCommandLineOff, "nosgx on the command line", citing: []) : .pass("no nosgx", citing: [])
    }
  }

  static let kernelFlag = Rung(
    "kernel-flag", .kernel, "the kernel shows the flag sgx",
    specification: "kernel arch/x86/kernel/cpu/feat_ctl.c, init_ia32_feat_ctl()",
    implies: ["vendor", "silicon", "enabled", "command-line"]
  ) { host in
    host.processorFlag("sgx").judge("processor flags") { shown in
      shown ? .pass("flag sgx", citing: []) : .fail(.kernelWithoutSGX, "no flag sgx", citing: [])
    }
  }

  static let launchControl = Rung(
    "launch-control", .kernel, "the host itself can launch enclaves",
    specification: "Intel SDM vol. 2A, CPUID leaf 07H, ECX[30]; kernel Documentation/arch/x86/sgx.rst",
    isAdvisory: true
  ) { host in
    host.processorFlag("sgx_lc").judge("processor flags") { shown in
      shown
        ? .pass("flag sgx_lc", citing: [])
        : .warn(.sgxLaunchControlLocked, "no flag sgx_lc: enclaves in guests only", citing: [])
    }
  }

  static let guestPages = Rung(
    "guest-pages", .kernel, "the kernel gives enclave pages to guests",
    specification: "kernel 5.13 arch/x86/kernel/cpu/sgx/virt.c, sgx_vepc_init(): misc device sgx_vepc",
    implies: ["vendor", "silicon", "enabled", "pages", "command-line", "kernel-flag"]
  ) { host in
    host.contains("sgx_vepc", in: "/sys/class/misc").judge("misc device sgx_vepc") { there in
      there
        ? .pass("/sys/class/misc/sgx_vepc", citing: [])
        : .fail(.kernelWithoutSGXGuests, "no /sys/class/misc/sgx_vepc, so no /dev/sgx_vepc", citing: [])
    }
  }

  static let kvmParameter = Rung(
    "kvm-parameter", .kvm, "kvm_intel.sgx came out as Y",
    specification: "kernel arch/x86/kvm/vmx/vmx.c, module parameter sgx", implies: ["kvm-module"]
  ) { host in
    KVMIntel.judge("sgx", host, without: .kernelWithoutSGXGuests) { on in
      on
        ? .pass("kvm_intel.sgx = Y", citing: [])
        : .fail(.sgxParameterOff, "kvm_intel.sgx = N", citing: [])
    }
  }
}
