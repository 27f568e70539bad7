// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Evidence
internal import HostModel

/// The secure processor: its device node, its firmware, and whether it is initialised.
extension AMDSEVProbe {
  static let pspDevice = Rung(
    "psp-device", .psp, "the kernel drives the secure processor",
    specification: "kernel drivers/crypto/ccp/sev-dev.c, sev_misc_init(): misc device sev"
  ) { host in
    let kdump = host.commandLine().map { $0.has("elfcorehdr") }
    return host.contains("sev", in: "/sys/class/misc").judge("misc device sev") { there in
      if there { return .pass("/sys/class/misc/sev", citing: []) }
      return kdump.value == true
        ? .fail(.kdump, "a crash kernel leaves the secure processor alone", citing: [kdump.question])
        : deviceAbsent(host)
    }
  }

  /// The driver is not there, or found no secure processor, or found one and gave up: three causes with three fixes.
  private static func deviceAbsent(_ host: any HostSource) -> Judgement {
    let because = "no /sys/class/misc/sev, so no /dev/sev"
    let driver = host.names(in: "/sys/bus/pci/drivers/ccp")
    if driver.isAbsent {
      return .fail(.ccpDriverNotLoaded, "\(because): no driver ccp", citing: [driver.question])
    }
    guard let names = driver.value else {
      return .fail(.pspDeviceAbsent, because, citing: [driver.question])
    }
    guard let device = names.first(where: { PCIAddress($0) != nil }) else {
      return .fail(.pspNotFound, "\(because): ccp has no device", citing: [driver.question])
    }
    return .fail(.pspDeviceAbsent, "\(because): ccp has \(device), without SEV", citing: [driver.question])
  }

  /// INIT and WORKING are on; UNINIT is normal before kvm_amd loads and with ccp.psp_init_on_probe=0.
  static let pspInitialised = Rung(
    "psp-initialised", .psp, "the SEV firmware is initialised",
    specification: "AMD SEV API (55766), 5.1 platform states",
    implies: ["psp-device"]
  ) { host in
    host.sevStatus().judge("SEV_PLATFORM_STATUS") { reply in
      switch reply {
      case .refused(let code): refused("SEV_PLATFORM_STATUS", code)
      case .dead: dead
      case .done(let status) where status.state > 0:
        .pass(
          "API \(status.apiMajor).\(status.apiMinor), build \(status.build), state \(status.state)",
          citing: [])
      case .done: uninitialised(host)
      }
    }
  }

  private static func uninitialised(_ host: any HostSource) -> Judgement {
    host.flag("/sys/module/ccp/parameters/psp_init_on_probe").judge("ccp.psp_init_on_probe") { onProbe in
      // Whether INIT will succeed then is not known: on a kernel where it fails everything else looks the same.
      guard onProbe else {
        return .unknown(
          .sourceAbsent, "state 0 (UNINIT): the first guest initialises it (psp_init_on_probe = N)",
          citing: [])
      }
      let parameter = host.flag(KVMAMD.parameter(.sev))
      return parameter.judge("kvm_amd.sev") { on in
        on
          ? .fail(.sevNotInitialised, "state 0 (UNINIT) although kvm_amd is loaded", citing: [])
          : givenUp(host)
      }
    }
  }

  /// From kernel 7.1 on kvm_amd counts the ASIDs, then has the firmware initialised, and takes its parameters back where
  /// that fails, but not the count. Source: kernel 7.1 arch/x86/kvm/svm/sev.c, sev_hardware_setup().
  private static func givenUp(_ host: any HostSource) -> Judgement {
    let capacity = host.asidCounts("capacity")
    let counted = capacity.value?.keys.contains { $0 == "sev" || $0 == "sev_es" } == true
    return counted
      ? .fail(
        .sevNotInitialised, "state 0 (UNINIT): kvm_amd counted the ASIDs and then took sev back",
        citing: [capacity.question])
      : .unknown(
        .sourceAbsent, "state 0 (UNINIT), as it is while kvm_amd does not use SEV",
        citing: [capacity.question])
  }

  static let pspFirmware = Rung(
    "psp-firmware", .psp, "the firmware is recent enough for SEV-SNP",
    specification: "kernel drivers/crypto/ccp/sev-dev.c, SNP_MIN_API_MAJOR 1, SNP_MIN_API_MINOR 51",
    implies: ["psp-device"]
  ) { host in
    host.sevStatus().judge("SEV_PLATFORM_STATUS") { reply in
      switch reply {
      case .refused(let code): refused("SEV_PLATFORM_STATUS", code)
      case .dead: dead
      case .done(let status):
        status.canHostSNP
          ? .pass("API \(status.apiMajor).\(status.apiMinor), build \(status.build)", citing: [])
          : .fail(
            .pspFirmwareTooOld, "API \(status.apiMajor).\(status.apiMinor) is older than 1.51", citing: [])
      }
    }
  }

  static let snpInitialised = Rung(
    "snp-initialised", .psp, "the firmware has SEV-SNP initialised",
    specification: "AMD SEV-SNP firmware ABI (56860), SNP_PLATFORM_STATUS",
    implies: ["psp-device"]
  ) { host in
    host.snpStatus().judge("SNP_PLATFORM_STATUS") { reply in
      switch reply {
      // 11h INVALID_COMMAND: AMD SEV API (55766), status codes.
      case .refused(0x11):
        .fail(.pspFirmwareTooOld, "the firmware does not know SNP_PLATFORM_STATUS", citing: [])
      case .refused(let code): refused("SNP_PLATFORM_STATUS", code)
      case .dead: dead
      case .done(let status) where status.isInitialised && status.hasRMP:
        .pass(
          "API \(status.apiMajor).\(status.apiMinor), build \(status.build), INIT, RMP initialised",
          citing: [])
      case .done: snpUninitialised(host)
      }
    }
  }

  private static func snpUninitialised(_ host: any HostSource) -> Judgement {
    host.flag(KVMAMD.parameter(.sevSNP)).judge("kvm_amd.sev_snp") { on in
      on
        ? .fail(
          .snpNotInitialised, "state 0 (UNINIT) although kvm_amd.sev_snp = Y: SNP_INIT failed", citing: [])
        : .unknown(.sourceAbsent, "state 0 (UNINIT), as it is while kvm_amd does not use SEV-SNP", citing: [])
    }
  }

  private static func refused(_ command: String, _ code: UInt32) -> Judgement {
    .fail(.pspCommandFailed, "\(command): firmware error \(FirmwareError.words(code))", citing: [])
  }

  private static let dead = Judgement.fail(
    .pspDead, "the driver gave the secure processor up: EBUSY", citing: [])
}
