// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Evidence
internal import HostModel

extension AMDSEVProbe {
  /// Zen, the first family with SME and SEV. Source: AMD PPR 54945 (family 17h).
  private static let zen: UInt32 = 0x17

  static func isAMD(_ host: any HostSource) -> Bool {
    Rung.amdProcessor.judge(host).verdict == .pass
  }

  static func silicon(_ feature: Feature) -> Rung {
    Rung(
      "silicon", .cpu, "the processor has \(feature.title)",
      specification: "AMD APM vol. 3, CPUID Fn8000_001F_EAX[\(feature.bit)]"
    ) { host in
      let leaf = host.encryptionLeaf()
      let bit = "Fn8000_001F_EAX[\(feature.bit)]"
      guard leaf.isAbsent else {
        return leaf.judge("CPUID Fn8000_001F") { leaf in
          if leaf.has(feature) { return .pass("\(bit) = 1", citing: []) }
          // The BIOS can clear the bit on silicon that has the feature; its companions then stay.
          if feature == .sevSNP, leaf.hasVMPL {
            return .fail(
              .snpHidden, "\(bit) = 0 although EAX[5] (VMPL) = 1: the BIOS hides SEV-SNP", citing: [])
          }
          return .fail(feature.missing, "\(bit) = 0", citing: [])
        }
      }
      return siliconWithoutLeaf(host, feature).citing(also: [leaf.question])
    }
  }

  /// The highest extended leaf is lower: an old processor, or firmware that hides it on a newer one.
  private static func siliconWithoutLeaf(_ host: any HostSource, _ feature: Feature) -> Judgement {
    host.processorFamily().judge("processor family") { family in
      family < zen
        ? .fail(
          feature.missing, "no CPUID leaf 8000_001F: family \(hex(family, width: 2)) predates it", citing: [])
        : .unknown(.sourceAbsent, "CPUID ends below leaf 8000_001F: firmware hides it", citing: [])
    }
  }

  static let svm = Rung(
    "svm", .cpu, "the processor has AMD-V", specification: "AMD APM vol. 3, CPUID Fn8000_0001_ECX[2]"
  ) { host in
    host.cpuid(0x8000_0001).judge("CPUID Fn8000_0001") { leaf in
      leaf.ecx.bit(2)
        ? .pass("Fn8000_0001_ECX[2] (SVM) = 1", citing: [])
        : .fail(.noSVM, "Fn8000_0001_ECX[2] (SVM) = 0", citing: [])
    }
  }

  static let svmEnabled = Rung(
    "svm-enabled", .firmware, "the BIOS has AMD-V on",
    specification: "AMD APM vol. 2 (24593), 15.30.1; MSR C001_0114 VM_CR[4] SVMDIS", implies: ["svm"]
  ) { host in
    host.msr(0xc001_0114).judge("VM_CR") { value in
      value.bit(4)
        ? .fail(.svmOff, "VM_CR[4] (SVMDIS) = 1", citing: []) : .pass("VM_CR[4] (SVMDIS) = 0", citing: [])
    }
  }

  static let lbrVirtualization = Rung(
    "lbr-virtualization", .cpu, "the processor virtualizes last-branch records",
    specification:
      "AMD APM vol. 3, CPUID Fn8000_000A_EDX[1]; kernel 6.12 arch/x86/kvm/svm/sev.c, sev_hardware_setup()"
  ) { host in
    host.cpuid(0x8000_000a).judge("CPUID Fn8000_000A") { leaf in
      leaf.edx.bit(1)
        ? .pass("Fn8000_000A_EDX[1] = 1", citing: [])
        : .fail(.noSEVES, "Fn8000_000A_EDX[1] (LBRV) = 0", citing: [])
    }
  }

  static let plainASIDs = asids("asids", "there are ASIDs for SEV guests") { leaf in
    guard let count = leaf.plainASIDs else { return invalid(leaf) }
    return count > 0
      ? .pass("\(count) ASIDs (EDX…ECX = \(leaf.minSEVASID)…\(leaf.maxASID))", citing: [])
      : .fail(.noASIDsForSEV, "EDX = ECX + 1: SEV-ES and SEV-SNP have all \(leaf.maxASID) ASIDs", citing: [])
  }

  static let encryptedStateASIDs = asids("asids", "there are ASIDs for SEV-ES and SEV-SNP guests") { leaf in
    guard let count = leaf.encryptedStateASIDs else { return invalid(leaf) }
    return count > 0
      ? .pass("\(count) ASIDs (1…EDX-1), shared by SEV-ES and SEV-SNP", citing: [])
      : .fail(.noASIDsForSEVES, "EDX = 1: plain SEV has all \(leaf.maxASID) ASIDs", citing: [])
  }

  private static func asids(
    _ id: String, _ title: String, _ judge: @escaping @Sendable (EncryptionLeaf) -> Judgement
  ) -> Rung {
    Rung(
      id, .firmware, title, specification: "AMD APM vol. 3, CPUID Fn8000_001F_ECX, _EDX; set by the BIOS"
    ) { host in
      host.encryptionLeaf().judge("CPUID Fn8000_001F") { leaf in
        leaf.maxASID == 0
          ? .fail(.noASIDs, "Fn8000_001F_ECX = 0: no ASID for encrypted guests", citing: []) : judge(leaf)
      }
    }
  }

  private static func invalid(_ leaf: EncryptionLeaf) -> Judgement {
    .fail(.asidSplitInvalid, "EDX = \(leaf.minSEVASID) does not fit ECX = \(leaf.maxASID)", citing: [])
  }
}
