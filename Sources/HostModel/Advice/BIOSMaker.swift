// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

/// Whose BIOS menus a host has, as far as their names are known here.
public enum BIOSMaker: String, Sendable, CaseIterable {
  case dell = "Dell"
  case hpe = "HPE"
  case supermicro = "Supermicro"

  /// - Parameters:
  ///   - vendor: DMI's `sys_vendor`.
  ///   - firmwareVendor: DMI's `bios_vendor`; boards sold without a system have only that.
  ///
  /// `nil`: another maker; the reference menus of AMD or Intel are the best guess then.
  init?(vendor: String?, firmwareVendor: String?) {
    let names = [vendor, firmwareVendor].compactMap { $0?.lowercased() }
    let maker = Self.prefixes.first { prefix, _ in names.contains { $0.hasPrefix(prefix) } }
    guard let maker else { return nil }
    self = maker.maker
  }

  /// How each begins its name. Source: DMI tables of the makers' machines; "Hewlett Packard Enterprise" up to Gen10.
  private static let prefixes: [(name: String, maker: BIOSMaker)] = [
    ("dell", .dell), ("hpe", .hpe), ("hewlett packard enterprise", .hpe), ("supermicro", .supermicro),
    ("super micro", .supermicro),
  ]
}
