// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Planning

/// What a NovaDeployment of Yaook's takes of a plan: a template for every host, chosen by its node's name.
/// Not tried on a running Yaook; provider configurations lie beside it and have to be brought to the hosts.
enum YaookFragment {
  static func text(_ plan: Plan, version: String) -> String {
    let templates = plan.hosts.filter { !$0.isEmpty }.map { template($0, plan) }
    let pci = shared(plan)
    var region: [(String, YAMLText.Value)] = []
    if !pci.isEmpty { region.append(("pci", .object(pci))) }
    if NovaConf.reportsInPlacement(plan.site) {
      region.append(("filter_scheduler", .object([("pci_in_placement", .flag(true))])))
    }
    var spec: [(String, YAMLText.Value)] = []
    if !region.isEmpty { spec.append(("novaConfig", .object(region))) }
    spec.append(("compute", .object([("configTemplates", .list(templates))])))
    return PlanFile.heading("For the spec of Yaook's NovaDeployment", version) + "---\n"
      + YAMLText.write(.object([("spec", .object(spec))]))
  }

  private static func template(_ host: HostPlan, _ plan: Plan) -> YAMLText.Value {
    var config: [(String, YAMLText.Value)] = [("DEFAULT", .object(defaults(plan.site)))]
    let libvirt = NovaConf.libvirt(host.encryption)
    if !libvirt.isEmpty { config.append(("libvirt", .object(libvirt.map { ($0, .text($1)) }))) }
    let specs = host.offers.map { YAMLText.Value.text(NovaConf.line(NovaConf.spec($0, plan.site))) }
    let pci = (specs.isEmpty ? [] : [("device_spec", YAMLText.Value.list(specs))]) + shared(plan)
    if !pci.isEmpty { config.append(("pci", .object(pci))) }
    if NovaConf.reportsInPlacement(plan.site) {
      config.append(("filter_scheduler", .object([("pci_in_placement", .flag(true))])))
    }
    return .object([
      (
        "nodeSelectors",
        .list([.object([("matchLabels", .object([("kubernetes.io/hostname", .text(host.name))]))])])
      ), ("novaComputeConfig", .object(config)),
    ])
  }

  /// What nova-api and nova-compute have to agree on.
  private static func shared(_ plan: Plan) -> [(String, YAMLText.Value)] {
    let aliases = plan.aliases.flatMap { NovaConf.alias($0, plan.site) }.map {
      YAMLText.Value.text(NovaConf.line($0))
    }
    return (NovaConf.reportsInPlacement(plan.site) ? [("report_in_placement", .flag(true))] : [])
      + (aliases.isEmpty ? [] : [("alias", .list(aliases))])
  }

  private static func defaults(_ site: Site) -> [(String, YAMLText.Value)] {
    let reserved = site.reservedHostMemoryMiB.map { [("reserved_host_memory_mb", YAMLText.Value.number($0))] }
    return [("ram_allocation_ratio", .text("1.0"))] + (reserved ?? [])
  }
}
