// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Evidence
internal import HostModel

// SEV, SEV-ES and SEV-SNP, from inside.
extension GuestProbe {
  static func encryptionLeaf(_ host: any HostSource) -> Reading<Bool> {
    host.cpuid(0x8000_001f).map { $0.eax.bit(1) }
  }

  /// The kernel looks at SEV_STATUS only where the hypervisor shows this bit, so without it no Linux guest is encrypted.
  static func sevLeaf(_ protection: Protection) -> Rung {
    Rung(
      "cpuid", .cpu, "the hypervisor shows the guest memory encryption",
      specification:
        "AMD APM vol. 3, CPUID Fn8000_001F_EAX[1]; kernel 6.12 arch/x86/mm/mem_encrypt_identity.c, sme_enable()",
      isGate: true
    ) { host in
      let leaf = encryptionLeaf(host)
      func missing(_ because: String, citing: [Question] = []) -> Judgement {
        Paravisor.objection(host, to: because) ?? .fail(protection.missing, because, citing: citing)
      }
      let highest = host.cpuid(0x8000_0000)
      let none = missing("CPUID ends below leaf 8000_001F", citing: [highest.question])
      return leaf.judge("CPUID Fn8000_001F", absent: highest.value == nil ? nil : none) { isShown in
        isShown
          ? .pass("Fn8000_001F_EAX[1] (SEV) = 1", citing: []) : missing("Fn8000_001F_EAX[1] (SEV) = 0")
      }
    }
  }

  static func status(_ protection: Protection) -> Rung {
    Rung(
      "status", .cpu, "\(protection.title) is active",
      specification: "AMD APM vol. 2 (24593), 15.34.10, SEV_STATUS, MSR C001_0131[\(protection.bit)]",
      implies: ["cpuid"]
    ) { judgeStatus(protection, $0) }
  }

  /// SEV_STATUS decides. Where it cannot be read, another source may vouch for it; none can deny it.
  private static func judgeStatus(_ protection: Protection, _ host: any HostSource) -> Judgement {
    let status = host.sevStatus()
    if status.value == nil, let witness = witness(protection, host) {
      return witness.citing(also: [status.question])
    }
    return status.judge("SEV_STATUS") { value in
      let because =
        "SEV_STATUS[\(protection.bit)] (\(protection.title)) = \(value.bit(protection.bit) ? 1 : 0)"
      return value.bit(protection.bit)
        ? .pass(because, citing: []) : .fail(protection.missing, because, citing: [])
    }
  }

  private static func witness(_ protection: Protection, _ host: any HostSource) -> Judgement? {
    let device = host.snpGuestDevice()
    if device.value == true {
      return .pass("a sev-guest device, which only SEV-SNP guests have", citing: [device.question])
    }
    let log = host.activeFeatures()
    guard log.value?.contains(protection.title) == true else { return nil }
    return .pass("the kernel's log calls \(protection.title) active", citing: [log.question])
  }

  static let snpDevice = Rung(
    "device", .kernel, "the kernel has the device of SEV-SNP guests",
    specification: "kernel 5.19 arch/x86/kernel/sev.c, snp_init_platform_device()",
    implies: ["cpuid", "status"]
  ) { host in
    host.snpGuestDevice().judge("platform devices") { isThere in
      if isThere { return .pass("a sev-guest device", citing: []) }
      let status = judgeStatus(.sevSNP, host)
      let because = "no sev-guest device, and \(status.because)"
      switch status.verdict {
      case .pass: return .fail(.guestWithoutSNPDevice, because, citing: status.citing)
      case .fail: return .fail(.guestWithoutSNP, because, citing: status.citing)
      default: return .unknown(status.reason ?? .sourceAbsent, because, citing: status.citing)
      }
    }
  }

  static let snpReports = reports(
    "sev-guest", specification: "kernel Documentation/virt/coco/sev-guest.rst, /dev/sev-guest")

  /// Not needed to be protected, but to show it to others.
  static func reports(_ name: String, specification: String) -> Rung {
    Rung(
      "reports", .kernel, "a driver hands out attestation reports", specification: specification,
      isAdvisory: true
    ) { host in
      host.contains(name, in: "/sys/class/misc").judge("/sys/class/misc") { isThere in
        isThere
          ? .pass("/dev/\(name)", citing: [])
          : .warn(.guestReportDriverMissing, "no /dev/\(name)", citing: [])
      }
    }
  }
}
