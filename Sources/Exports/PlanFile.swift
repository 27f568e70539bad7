// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

public import Planning

/// One file of a plan, ready to be written.
public struct PlanFile: Sendable, Hashable {
  /// Below the plan's folder, with `/`.
  public let path: String
  public let text: String

  /// Every file of a plan, by path. A pure function: the same plan gives the same bytes.
  ///
  /// - Parameter version: hostcap's, for the first line of each.
  public static func files(of plan: Plan, version: String) -> [PlanFile] {
    let layout = Layout(plan.site.deployment)
    var files = [
      PlanFile(path: "PLAN.md", text: PlanMarkdown(plan, version: version).text),
      PlanFile(path: "flavors/flavors.yaml", text: FlavorFiles.managerFile(plan, version: version)),
      PlanFile(path: "flavors/create.sh", text: FlavorFiles.commands(plan, version: version)),
      PlanFile(path: "placement-cleanup.sh", text: PlacementCommands.cleanup(plan, version: version)),
      PlanFile(path: "aggregates.sh", text: PlacementCommands.aggregates(plan, version: version)),
    ]
    if plan.site.deployment == .yaook {
      files.append(PlanFile(path: "novadeployment.yaml", text: YaookFragment.text(plan, version: version)))
    } else {
      files.append(PlanFile(path: layout.region, text: NovaConf.region(plan, version: version)))
      // Alone with its files a host has to say all that is the region's.
      for host in plan.hosts where !host.isEmpty || plan.site.deployment == .nova {
        files.append(
          PlanFile(path: layout.host(host.name), text: NovaConf.host(host, of: plan, version: version)))
      }
    }
    for host in plan.hosts {
      files.append(
        PlanFile(
          path: layout.provider(host.name),
          text: ProviderConfig.text(host, of: plan, isHostVariable: layout.hasHostVariables, version: version)
        ))
    }
    return files.sorted { $0.path < $1.path }
  }

  static func heading(_ what: String, _ version: String) -> String {
    "# \(what)\n# Written by hostcap \(version) plan. Changes go into the site's file, not here.\n"
  }
}

/// Where a deployment keeps its files.
struct Layout {
  /// nova.conf of every service; of one host; that host's provider configuration.
  let region: String
  let host, provider: (String) -> String
  /// The provider configuration is a variable of Ansible's, and kolla-ansible writes the file.
  let hasHostVariables: Bool

  /// Source: OSISM docs, guides/configuration-guide; kolla-ansible doc/source/admin/advanced-configuration.rst; Kayobe
  /// doc/source/configuration/reference/kolla-ansible.rst; OpenStack Nova doc/source/admin/managing-resource-providers.rst.
  init(_ deployment: Site.Deployment) {
    switch deployment {
    case .osism:
      let overlays = "environments/kolla/files/overlays"
      region = "\(overlays)/nova.conf"
      host = { "\(overlays)/nova/\($0)/nova.conf" }
      provider = { "inventory/host_vars/\($0).yml" }
      hasHostVariables = true
    case .kolla:
      region = "config/nova.conf"
      host = { "config/nova/\($0)/nova.conf" }
      provider = { "inventory/host_vars/\($0).yml" }
      hasHostVariables = true
    case .kayobe:
      region = "kolla/config/nova.conf"
      host = { "kolla/config/nova/\($0)/nova.conf" }
      provider = { "kolla/inventory/host_vars/\($0).yml" }
      hasHostVariables = true
    case .nova, .yaook:
      region = "controllers/nova.conf.d/40-hostcap-region.conf"
      host = { "\($0)/nova.conf.d/50-hostcap.conf" }
      provider = { "\($0)/provider_config/hostcap.yaml" }
      hasHostVariables = false
    }
  }
}
