// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Evidence
internal import HostModel

extension SecureExecutionProbe {
  static let folder = "/sys/firmware/uv"
  /// STFLE bit for the ultravisor calls. Source: kernel arch/s390/kernel/uv.c, test_facility(158).
  private static let facilityBit: Substring = "158"
  /// z14, z13, zEC12 and z196: none had it. Source: kernel arch/s390/Kconfig and IBM's machine types.
  private static let machinesWithout: Set<Substring> = [
    "3906", "3907", "2964", "2965", "2827", "2828", "2817", "2818",
  ]

  static let facility = Rung(
    "facility", .cpu, "the machine has Secure Execution",
    specification: "IBM z/Architecture Principles of Operation, STFLE bit 158; /proc/cpuinfo, facilities"
  ) { host in
    host.processorInfo().judge("/proc/cpuinfo") { info in
      // `processor 0: version = FF,  identification = …,  machine = 8561`
      let machine = info.fields["processor 0"]?.split(separator: " ").last ?? "unknown"
      guard !machinesWithout.contains(machine) else {
        return .fail(.noSecureExecution, "machine type \(machine) has none", citing: [])
      }
      guard let facilities = info.fields["facilities"] else {
        return .unknown(.sourceAbsent, "/proc/cpuinfo lists no facilities", citing: [])
      }
      return facilities.split(separator: " ").contains(facilityBit)
        ? .pass("facility 158", citing: [])
        : .fail(.secureExecutionNotEnabled, "no facility 158 on machine type \(machine)", citing: [])
    }
  }

  static let ultravisor = Rung(
    "ultravisor", .kernel, "the kernel speaks to the ultravisor",
    specification: "kernel arch/s390/kernel/uv.c, uv_sysfs_init(): /sys/firmware/uv", implies: ["facility"]
  ) { host in
    host.names(in: folder).judge(
      "ultravisor", absent: .fail(.kernelWithoutUltravisor, "no \(folder)", citing: [])
    ) { names in
      names.isEmpty
        ? .unknown(.sourceUnreadable, "\(folder) is empty", citing: []) : .pass("\(folder)", citing: [])
    }
  }

  static func isHost(_ host: any HostSource) -> Reading<Bool> {
    host.flag("\(folder)/prot_virt_host")
  }

  static let asked = Rung(
    "asked", .kernel, "the command line asks for protected virtualization",
    specification: "kernel Documentation/virt/kvm/s390/s390-pv-boot.rst, prot_virt="
  ) { host in
    let line = host.commandLine()
    return line.judge("kernel command line") { line in
      // Source: kernel lib/kstrtox.c, kstrtobool().
      let value = line.last("prot_virt")
      if let value, ["1", "y", "Y", "on", "t", "T"].contains(value) {
        return .pass("prot_virt=\(value)", citing: [])
      }
      let because =
        value.map { "prot_virt=\($0) on the command line" } ?? "no prot_virt=1 on the command line"
      let failed = Judgement.fail(.protVirtNotAsked, because, citing: [])
      return isHost(host).judge("prot_virt_host", absent: failed) { on in
        on ? .pass("prot_virt_host = 1 without being asked for", citing: []) : failed
      }
    }
  }

  /// The command line alone proves nothing: the kernel gives up where the ultravisor or memory fails it.
  static let host = Rung(
    "host", .kernel, "the kernel is a host for protected guests",
    specification: "kernel 5.12 arch/s390/kernel/uv.c, prot_virt_host; setup_uv()",
    implies: ["vendor", "facility", "ultravisor", "asked"]
  ) { host in
    isHost(host).judge("prot_virt_host") { on in
      on
        ? .pass("prot_virt_host = 1", citing: []) : .fail(.protVirtFailed, "prot_virt_host = 0", citing: [])
    }
  }

  /// KVM_CAP_S390_PROTECTED. Source: kernel include/uapi/linux/kvm.h.
  private static let protectedCapability: UInt32 = 180

  static let kvm = Rung(
    "kvm", .kvm, "KVM offers protected guests",
    specification: "kernel Documentation/virt/kvm/api.rst, KVM_CAP_S390_PROTECTED",
    implies: ["vendor", "facility", "ultravisor", "asked", "host"]
  ) { host in
    host.kvmExtension(protectedCapability).judge("KVM_CAP_S390_PROTECTED") { value in
      value > 0
        ? .pass("KVM_CAP_S390_PROTECTED = \(value)", citing: [])
        : .fail(.kvmWithoutProtected, "KVM_CAP_S390_PROTECTED = 0", citing: [])
    }
  }
}
