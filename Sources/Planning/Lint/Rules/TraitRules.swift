// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

/// Traits that a flavor requires or forbids.
enum TraitRules {
  static func traits(_ it: FlavorCase) -> [FlavorFinding] {
    it.flavor.extraSpecs.filter { $0.name.namespace == "trait" }.flatMap { spec in
      [name(it, spec), value(it, spec)].compactMap { $0 }
    }
  }

  private static func value(_ it: FlavorCase, _ spec: FlavorExtraSpec) -> FlavorFinding? {
    guard let text = spec.text, !["required", "forbidden"].contains(text) else { return nil }
    return it.finding(
      .error, "trait_value", line: spec.line,
      "a trait is required or forbidden, not \(text): \(KeyRules.unread(it))",
      fix: "write \(spec.key): required")
  }

  /// Source: Placement answers 400 "No such trait(s)" to a trait that nobody made, as observed with 16.0.0.
  private static func name(_ it: FlavorCase, _ spec: FlavorExtraSpec) -> FlavorFinding? {
    let trait = spec.name.name
    if spec.name.isCustom { return nil }
    if trait.hasPrefix("CUSTOM_") {
      return it.finding(
        .error, "trait_unknown", line: spec.line, "\(trait) cannot exist: a trait is of A-Z, 0-9 and _",
        fix: "write the trait as the host reports it")
    }
    guard let first = StandardTrait.all[trait] else {
      let meant = Spelling.nearest(to: trait, in: StandardTrait.all.keys)
      return it.finding(
        .error, "trait_unknown", line: spec.line,
        "there is no trait \(trait): no guest of this flavor starts",
        fix: meant.map { "write trait:\($0)" } ?? "write a standard trait, or one that begins with CUSTOM_")
    }
    if first <= it.release.nova { return nil }
    let release = OpenStackRelease.all.first { $0.nova >= first }
    return it.finding(
      .error, "trait_of_later_release", line: spec.line,
      "no host of \(it.release.id) reports \(trait): no guest of this flavor starts",
      fix: "use it from OpenStack \(release?.id ?? "") on, or require a trait CUSTOM_ of your own")
  }
}
