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
        on ? .pass("kvm_amd.\(feature.kernelName) = Y", citing: []) : switchedOff(feature, host)
      }
    }
  }

  private typealias Need = (parameter: String, reason: Reason, encryptedState: Bool)

  /// What kvm_amd wants on before it turns SEV on; the last two since kernel 6.12.
  /// Source: kernel arch/x86/kvm/svm/sev.c, sev_hardware_setup().
  private static let needs: [Need] = [
    ("npt", .kvmNPTOff, false), ("nrips", .kvmNRIPSOff, false), ("lbrv", .kvmLBRVOff, true),
  ]

  private static func switchedOff(_ feature: Feature, _ host: any HostSource) -> Judgement {
    let because = "kvm_amd.\(feature.kernelName) = N"
    for need in needs where feature != .sev || !need.encryptedState {
      let parameter = host.flag("\(KVMAMD.folder)/\(need.parameter)")
      guard parameter.value == false else { continue }
      return .fail(
        need.reason, "\(because), and kvm_amd.\(need.parameter) = N", citing: [parameter.question])
    }
    return .fail(.kvmParameterOff, because, citing: [])
  }

  /// KVM_CAP_GUEST_MEMFD, 234: memory that only a guest can reach. Source: kernel include/uapi/linux/kvm.h.
  static let guestMemfd = Rung(
    "guest-memfd", .kvm, "KVM can give guests memory of their own",
    specification: "kernel Documentation/virt/kvm/api.rst, KVM_CAP_GUEST_MEMFD"
  ) { host in
    host.kvmExtension(234).judge("KVM_CAP_GUEST_MEMFD") { value in
      value > 0
        ? .pass("KVM_CAP_GUEST_MEMFD = \(value)", citing: [])
        : .fail(.kernelWithoutGuestMemfd, "KVM_CAP_GUEST_MEMFD = 0", citing: [])
    }
  }

  /// Source: kernel 6.10 arch/x86/kvm/svm/svm.c lists the SEV types for the first time.
  private static let vmTypesSince = KernelVersion(6, 10)

  static func kvmType(_ feature: Feature) -> Rung {
    Rung(
      "kvm-type", .kvm, "KVM offers \(feature.title) guests",
      specification: "kernel Documentation/virt/kvm/api.rst, KVM_CAP_VM_TYPES bit \(feature.vmType)",
      implies: ["kvm-parameter", "kvm-module", "guest-memfd"]
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
