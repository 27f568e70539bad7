// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

/// Extra specs against what Nova's validators know.
enum KeyRules {
  static func keys(_ it: FlavorCase) -> [FlavorFinding] { it.flavor.extraSpecs.compactMap { check(it, $0) } }

  /// Source: Nova validates extra specs from microversion 2.86 on; openstack-flavor-manager speaks 2.61.
  static func unread(_ it: FlavorCase) -> String {
    "\(it.nova) refuses it from API microversion 2.86 on, and below keeps it unread"
  }

  private static func check(_ it: FlavorCase, _ spec: FlavorExtraSpec) -> FlavorFinding? {
    let name = spec.name
    if name.namespace == "trait" || isOthers(spec, it) { return nil }
    if name.namespace == "resources" { return resource(it, spec) }
    guard let key = ExtraSpecKey.named(spec.key) else {
      return NovaExtraSpecs.namespaces.contains(name.namespace) ? unknown(it, spec) : nil
    }
    if key.since > it.release.nova {
      let first = OpenStackRelease.all.first { $0.nova >= key.since }
      return it.finding(
        .error, "key_of_later_release", line: spec.line,
        "\(spec.key) comes with \(first?.id ?? "a later release"): \(unread(it))",
        fix: "take it away until then")
    }
    guard let text = spec.text, !key.kind.accepts(text, in: it.release) else { return nil }
    return it.finding(
      .error, "value_refused", line: spec.line,
      "\(spec.key) is not \(text): \(it.nova) refuses it from API microversion 2.86 on, and below takes it unchecked",
      fix: "write \(key.kind.expectation(in: it.release))")
  }

  /// Whether another rule has said all that there is to say.
  private static func isOthers(_ spec: FlavorExtraSpec, _ it: FlavorCase) -> Bool {
    switch spec.key {
    case "hw:mem_encryption": if case .unreadable = it.plain { true } else { false }
    case "hw:mem_encryption_model": it.model != nil && it.kind.map { !$0.isUsable(in: it.release) } ?? true
    default: false
    }
  }

  private static func unknown(_ it: FlavorCase, _ spec: FlavorExtraSpec) -> FlavorFinding {
    if NovaExtraSpecs.unvalidated.contains(spec.key) {
      return it.finding(
        .warning, "key_unvalidated", line: spec.line,
        "\(it.nova) acts on \(spec.key), and refuses it from API microversion 2.86 on",
        fix: "set it below 2.86, as openstack-flavor-manager does")
    }
    let meant = Spelling.nearest(to: spec.key, in: NovaExtraSpecs.keys.map(\.key))
    return it.finding(
      .error, "key_unknown", line: spec.line, "no Nova has an extra spec \(spec.key): \(unread(it))",
      fix: meant.map { "write \($0), or take it away" } ?? "take it away")
  }

  private static func resource(_ it: FlavorCase, _ spec: FlavorExtraSpec) -> FlavorFinding? {
    let resource = spec.name.name
    guard spec.name.isCustom || NovaExtraSpecs.resourceClasses.contains(resource) else {
      let meant = Spelling.nearest(to: resource, in: NovaExtraSpecs.resourceClasses)
      return it.finding(
        .error, "resource_unknown", line: spec.line,
        "there is no resource class \(resource): no guest of this flavor starts",
        fix: meant.map { "write resources:\($0)" } ?? "write a class of CUSTOM_ and A-Z, 0-9 and _")
    }
    let kind = ExtraSpecKind.integer(from: 0)
    guard let text = spec.text, !kind.accepts(text, in: it.release) else { return nil }
    return it.finding(
      .error, "value_refused", line: spec.line, "\(spec.key) is not \(text): it is an amount",
      fix: "write \(kind.expectation(in: it.release))")
  }
}
