// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

/// How a processor gets newer firmware for its secure processor: that differs by generation.
enum FirmwareAdvice {
  /// What Milan's loadable firmware wants below it: AGESA MilanPI 1.0.0.9. Source: AMD, AMDSEV README, "SEV firmware".
  static let milanBootloader = FirmwareVersion(0x00, 0x13, 0x00, 0x70)

  /// `nil`: nothing is known that the reason's own words do not say.
  static func words(for reason: Reason, codename: String?, bootloader: FirmwareVersion?) -> String? {
    guard reason.id == "psp.firmware_too_old", let codename else { return nil }
    guard codename == "Milan" else {
      return later.contains(codename)
        ? "update the BIOS: \(codename) takes the secure processor's firmware from nowhere else" : nil
    }
    let file = "put AMD's current amd_sev_fam19h_model0xh.sbin into /lib/firmware/amd and reboot"
    guard let bootloader else { return "\(file); that wants a PSP bootloader 00.13.00.70 or later" }
    return bootloader < milanBootloader
      ? "update the BIOS: PSP bootloader \(bootloader) is older than 00.13.00.70, which current firmware wants"
      : "\(file) (PSP bootloader \(bootloader) is recent enough)"
  }

  /// Source: AMD, AMDSEV README: from Genoa on the firmware comes with the BIOS.
  private static let later: Set<String> = ["Genoa", "Bergamo/Siena", "Turin"]
}
