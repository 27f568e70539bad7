// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

/// Finds in flavors what one OpenStack release does not do as it is written, before the release does it.
///
/// Most of it fails without a word: below API microversion 2.86 Nova keeps every extra spec unread, and
/// openstack-flavor-manager speaks 2.61. Source of what each Nova does: `OpenStackRelease`, `NovaExtraSpecs`.
public enum FlavorLint {
  /// In the order of lines.
  public static func findings(_ file: FlavorFile, release: OpenStackRelease) -> [FlavorFinding] {
    let cases = file.flavors.map { FlavorCase($0, format: file.format, release: release) }
    let found = cases.flatMap { flavor in rules.flatMap { rule in rule(flavor) } }
    return found.enumerated().sorted { ($0.element.line, $0.offset) < ($1.element.line, $1.offset) }.map(
      \.element)
  }

  private static let rules: [@Sendable (FlavorCase) -> [FlavorFinding]] = [
    FileRules.refusedExtraSpecs, FileRules.missingSizes, FileRules.ignoredKeys, FileRules.leftOut,
    EncryptionRules.notEncrypted, EncryptionRules.model, EncryptionRules.nameSaysOther,
    EncryptionRules.withDevices, EncryptionRules.noGuard, EncryptionRules.dropped,
    SCSRules.confidentialName, SCSRules.name, SCSRules.keys, SCSRules.variants,
    DeviceRules.alias, DeviceRules.withoutAlias, TraitRules.traits, KeyRules.keys,
  ]
}
