// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Evidence
internal import HostModel

/// What the secure processor's firmware does, or no longer does, at its version.
extension AMDSEVProbe {
  /// AMD-SB-3023: with SEV-SNP initialised, newer firmware refuses SEV-ES guests.
  static let pspAllowsES = Rung(
    "psp-allows-sev-es", .psp, "the firmware still takes SEV-ES guests beside SEV-SNP",
    specification: "AMD-SB-3023; kernel 7.2 drivers/crypto/ccp/sev-dev.c, sev_firmware_allows_es()"
  ) { host in
    let parameter = host.contains("sev_snp", in: KVMAMD.folder)
    if parameter.value == false {
      return .pass("this kernel's kvm_amd has no SEV-SNP", citing: [parameter.question])
    }
    let status = host.snpStatus()
    return status.judge(
      "SNP_PLATFORM_STATUS", absent: .pass("the kernel has not switched SEV-SNP on", citing: [])
    ) { reply in
      switch reply {
      case .done(let status) where status.isInitialised: allowsES(status, host)
      case .done, .refused: .pass("SEV-SNP is not initialised", citing: [])
      case .dead: .unknown(.pspDead, "the driver gave the secure processor up: EBUSY", citing: [])
      }
    }
  }

  private static func allowsES(_ status: SNPStatus, _ host: any HostSource) -> Judgement {
    host.processorFamily().judge("processor family") { family in
      let version = status.securityVersion(family: family)
      return version >= FirmwareMinimum.refusesEncryptedState(family: family)
        ? .fail(
          .pspRefusesES, "SEV-SNP is initialised and the firmware's SVN is \(hex(version, width: 2))",
          citing: [])
        : .pass("SVN \(hex(version, width: 2))", citing: [])
    }
  }

  /// Memory modules that lie about their size let a host read a guest's memory; the firmware looks for them at boot.
  static let aliasCheck = Rung(
    "alias-check", .psp, "the firmware has looked for memory aliases",
    specification: "AMD-SB-3015 (CVE-2024-21944); AMD 56860, SNP_PLATFORM_STATUS, ALIAS_CHECK_COMPLETE",
    isAdvisory: true
  ) { host in
    host.snpStatus().judge("SNP_PLATFORM_STATUS") { reply in
      switch reply {
      case .refused(let code):
        return .unknown(
          .sourceAbsent, "SNP_PLATFORM_STATUS: firmware error \(FirmwareError.words(code))", citing: [])
      case .dead: return .unknown(.pspDead, "the driver gave the secure processor up: EBUSY", citing: [])
      case .done(let status) where status.hasCheckedAliases:
        return .pass("ALIAS_CHECK_COMPLETE = 1", citing: [])
      case .done(let status): return unchecked(status, host)
      }
    }
  }

  private static func unchecked(_ status: SNPStatus, _ host: any HostSource) -> Judgement {
    host.processorModel().judge("processor model") { model in
      guard let wanted = FirmwareMinimum.version(for: "alias-check", processor: model) else {
        return .unknown(.sourceAbsent, "ALIAS_CHECK_COMPLETE = 0", citing: [])
      }
      let has = status.version
      return has < wanted
        ? .warn(.pspNoAliasCheck, "firmware \(has) has no alias check; \(wanted) does", citing: [])
        : .warn(.pspNoAliasCheck, "ALIAS_CHECK_COMPLETE = 0 with firmware \(has)", citing: [])
    }
  }
}
