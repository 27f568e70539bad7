// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Planning

/// The one provider configuration of a host: its traits, and those of its devices by the names that Nova gives to their
/// providers. Two such files that both name `$COMPUTE_NODE` would keep nova-compute from starting.
/// Source: OpenStack Nova nova/compute/provider_config.py, schema 1.0.
enum ProviderConfig {
  /// Characters. Source: the same schema, `identification.name`.
  static let nameLimit = 200

  static func text(_ host: HostPlan, of plan: Plan, isHostVariable: Bool, version: String) -> String {
    let heading = PlanFile.heading(
      isHostVariable
        ? "\(host.name): kolla-ansible makes Nova's provider configuration of this variable"
        : "\(host.name): Nova's provider configuration", version)
    let value = value(host, of: plan)
    return heading + "---\n"
      + YAMLText.write(isHostVariable ? .object([("nova_cell_compute_provider_config", value)]) : value)
  }

  private static func value(_ host: HostPlan, of plan: Plan) -> YAMLText.Value {
    func provider(_ key: String, _ name: String, _ traits: [String]) -> YAMLText.Value {
      .object([
        ("identification", .object([(key, .text(name))])),
        ("traits", .object([("additional", .list(traits.map { .text($0) }))])),
      ])
    }
    var providers: [YAMLText.Value] = []
    if !host.traits.isEmpty { providers.append(provider("uuid", "$COMPUTE_NODE", host.traits)) }
    for (name, traits) in devices(host, of: plan) { providers.append(provider("name", name, traits)) }
    return .object([
      ("meta", .object([("schema_version", .text("1.0"))])), ("providers", .list(providers)),
    ])
  }

  /// Providers of devices, by name, and what is true of all their functions.
  static func devices(_ host: HostPlan, of plan: Plan) -> [(name: String, traits: [String])] {
    guard plan.site.isPCIInPlacement else { return [] }
    let offers = host.offers.filter(\.isInPlacement)
    let byFunction = Dictionary(grouping: offers, by: \.device.providerFunction)
    return byFunction.keys.sorted().compactMap { function in
      let name = "\(host.hypervisorHostname)_\(function.uppercased())"
      let traits = (byFunction[function] ?? []).map { Set($0.traits) }
      guard name.count <= nameLimit, let first = traits.first else { return nil }
      return (name, traits.reduce(first) { $0.intersection($1) }.sorted())
    }
  }
}
