// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Evidence
internal import HostModel

/// What the secure processor's firmware can do from which version on: data, so that a new row is a line.
struct FirmwareMinimum: Sendable {
  /// One word, as reports have it.
  let ability: String
  /// Major, minor and, where it matters, build of the SEV API.
  let api: FirmwareVersion
  /// Families of processors that the number is for; `nil`: all.
  let models: ClosedRange<UInt32>?

  /// Source: kernel drivers/crypto/ccp/sev-dev.c, SNP_MIN_API_MAJOR and _MINOR, and its calls of
  /// sev_version_greater_or_equal(); AMD 56860 revision history; virtee/sev for the alias check's builds.
  static let rows: [FirmwareMinimum] = [
    FirmwareMinimum(ability: "snp", api: FirmwareVersion(1, 51), models: nil),
    FirmwareMinimum(ability: "snp-init-ex", api: FirmwareVersion(1, 52), models: nil),
    FirmwareMinimum(ability: "kexec", api: FirmwareVersion(1, 53), models: nil),
    FirmwareMinimum(ability: "alias-check", api: FirmwareVersion(1, 55, 22), models: 0x1900...0x190f),
    FirmwareMinimum(ability: "alias-check", api: FirmwareVersion(1, 55, 38), models: 0x1910...0x19af),
  ]

  /// The version that `ability` wants on a processor; `nil`: the table has none for it.
  ///
  /// - Parameter processor: family in bits 15:8, model in bits 7:0.
  static func version(for ability: String, processor: UInt32) -> FirmwareVersion? {
    rows.first { $0.ability == ability && $0.models?.contains(processor) != false }?.api
  }

  /// From this security version number on the firmware refuses SEV-ES guests while SEV-SNP is initialised.
  /// Source: AMD-SB-3023; kernel 7.2 drivers/crypto/ccp/sev-dev.c, sev_firmware_allows_es(): Zen 3 and 4, Zen 5.
  static func refusesEncryptedState(family: UInt32) -> UInt8 { family >= 0x1a ? 0x04 : 0x1b }
}

extension HostSource {
  /// Family in bits 15:8, model in bits 7:0. Source: AMD APM vol. 3, E.3.2.
  func processorModel() -> Reading<UInt32> {
    cpuid(1).map { leaf in
      let base = leaf.eax.bits(8...11)
      let family = base + (base == 0xf ? leaf.eax.bits(20...27) : 0)
      let model = leaf.eax.bits(4...7) | (base == 0xf ? leaf.eax.bits(16...19) << 4 : 0)
      return family << 8 | model
    }
  }
}
