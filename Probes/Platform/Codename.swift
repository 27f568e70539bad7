// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

/// A server processor's code name, as its users call it.
enum Codename {
  private struct Row {
    let family: UInt32
    let models: ClosedRange<UInt32>
    let name: String
  }

  /// Source: AMD PPRs 54945, 55803, 55898, 55901, 57238; 19h/A0h–AFh is Bergamo or Siena by package.
  private static let amd: [Row] = [
    Row(family: 0x17, models: 0x00...0x0f, name: "Naples"),
    Row(family: 0x17, models: 0x30...0x3f, name: "Rome"),
    Row(family: 0x19, models: 0x00...0x0f, name: "Milan"),
    Row(family: 0x19, models: 0x10...0x1f, name: "Genoa"),
    Row(family: 0x19, models: 0xa0...0xaf, name: "Bergamo/Siena"),
    Row(family: 0x1a, models: 0x00...0x1f, name: "Turin"),
  ]

  /// Source: kernel arch/x86/include/asm/intel-family.h.
  private static let intel: [Row] = [
    Row(family: 6, models: 0x55...0x55, name: "Skylake-SP/Cascade Lake"),
    Row(family: 6, models: 0x6a...0x6a, name: "Ice Lake-SP"),
    Row(family: 6, models: 0x6c...0x6c, name: "Ice Lake-D"),
    Row(family: 6, models: 0x8f...0x8f, name: "Sapphire Rapids"),
    Row(family: 6, models: 0xcf...0xcf, name: "Emerald Rapids"),
    Row(family: 6, models: 0xad...0xae, name: "Granite Rapids"),
    Row(family: 6, models: 0xaf...0xaf, name: "Sierra Forest"),
  ]

  /// `nil`: not a server processor, or one newer than the table.
  static func of(_ identity: Identity, vendor: String, brand: String) -> String? {
    let table: [Row]
    switch vendor {
    case "AuthenticAMD" where brand.contains("EPYC"): table = amd
    case "GenuineIntel" where brand.contains("Xeon"): table = intel
    default: return nil
    }
    return table.first { $0.family == identity.family && $0.models.contains(identity.model) }?.name
  }
}
