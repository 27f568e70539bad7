// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Evidence
internal import HostModel

/// The kvm_amd module as sysfs shows it.
enum KVMAMD {
  static let folder = "/sys/module/kvm_amd/parameters"
  static func parameter(_ feature: Feature) -> String { "\(folder)/\(feature.kernelName)" }
}

extension AMDSEVProbe {
  static let kvmModule = Rung(
    "kvm-module", .kernel, "kvm_amd is loaded",
    specification: "kernel kernel/params.c: /sys/module/NAME/parameters"
  ) { host in
    let listing = host.names(in: KVMAMD.folder)
    return listing.judge(
      "module kvm_amd", absent: .fail(.kvmAMDNotLoaded, "no /sys/module/kvm_amd", citing: [])
    ) { names in
      names.isEmpty
        ? .unknown(.sourceUnreadable, "/sys/module/kvm_amd/parameters is empty", citing: [])
        : .pass("\(names.count) parameters in /sys/module/kvm_amd", citing: [])
    }
  }

  static let mmioCaching = Rung(
    "mmio-caching", .kernel, "KVM caches MMIO",
    specification: "kernel arch/x86/kvm/svm/sev.c, sev_hardware_setup(): SEV-ES needs kvm.mmio_caching"
  ) { host in
    host.flag("/sys/module/kvm/parameters/mmio_caching").judge("kvm.mmio_caching") { on in
      on
        ? .pass("kvm.mmio_caching = Y", citing: [])
        : .fail(.kvmMMIOCachingOff, "kvm.mmio_caching = N", citing: [])
    }
  }

  /// The parameter is what came of it, not what was asked for. With kernels up to 6.12 it is settled before the secure
  /// processor starts, so it vouches for nothing there.
  static func kvmParameter(_ feature: Feature) -> Rung {
    let always = ["vendor", "silicon", "svm", "svm-enabled", "smee", "smm-lock", "kernel-flag", "kvm-module"]
    let encryptedState = ["lbr-virtualization", "asids", "mmio-caching"]
    let nested = [
      "rmp", "rmp-covers-ram", "iommu-table", "iommu-snp", "iommu-translated", "kernel-support",
    ]
    let implies =
      switch feature {
      case .sme, .sev: always
      case .sevES: always + encryptedState
      case .sevSNP: always + encryptedState + nested
      }
    return Rung(
      "kvm-parameter", .kvm, "kvm_amd.\(feature.kernelName) came out as Y",
      specification: "kernel 6.12 arch/x86/kvm/svm/sev.c, sev_hardware_setup()", implies: implies
    ) { host in
      let path = KVMAMD.parameter(feature)
      return host.flag(path).judge(
        "kvm_amd.\(feature.kernelName)",
        absent: host.names(in: KVMAMD.folder).judge("module kvm_amd") { _ in
          .fail(
            feature == .sevSNP ? .kernelWithoutSNP : .kernelWithoutSEV,
            "kvm_amd has no parameter \(feature.kernelName)", citing: [])
        }
      ) { on in
        on
          ? .pass("kvm_amd.\(feature.kernelName) = Y", citing: [])
          : .fail(.kvmParameterOff, "kvm_amd.\(feature.kernelName) = N", citing: [])
      }
    }
  }

  /// Source: kernel 6.10 arch/x86/kvm/svm/svm.c lists the SEV types for the first time.
  private static let vmTypesSince = KernelVersion(6, 10)

  static func kvmType(_ feature: Feature) -> Rung {
    Rung(
      "kvm-type", .kvm, "KVM offers \(feature.title) guests",
      specification: "kernel Documentation/virt/kvm/api.rst, KVM_CAP_VM_TYPES bit \(feature.vmType)",
      implies: ["kvm-parameter", "kvm-module"]
    ) { host in
      host.vmTypes().judge("KVM_CAP_VM_TYPES") { types in
        if types.bit(feature.vmType) {
          return .pass("KVM_CAP_VM_TYPES = \(hex(types, width: 1))", citing: [])
        }
        return host.kernelVersion().judge("kernel release") { version in
          version >= vmTypesSince
            ? .fail(.kvmTypeNotOffered, "KVM_CAP_VM_TYPES = \(hex(types, width: 1))", citing: [])
            : withoutTypeList(version, host, feature)
        }
      }
    }
  }

  /// Before the list there was nothing beyond the parameter.
  private static func withoutTypeList(
    _ version: KernelVersion, _ host: any HostSource, _ feature: Feature
  ) -> Judgement {
    host.flag(KVMAMD.parameter(feature)).judge("kvm_amd.\(feature.kernelName)") { on in
      on
        ? .pass("kernel \(version) lists no types; kvm_amd.\(feature.kernelName) = Y", citing: [])
        : .unknown(.sourceAbsent, "kernel \(version) lists no types", citing: [])
    }
  }
}

extension HostSource {
  /// KVM_CAP_VM_TYPES, 235: a bit for each kind of guest; 0 on kernels without the list.
  /// Source: kernel include/uapi/linux/kvm.h.
  func vmTypes() -> Reading<UInt32> {
    read(.ioctl(.kvmCheckExtension(235))) { $0.count == 4 ? littleEndian($0, as: UInt32.self) : nil }
  }
}
