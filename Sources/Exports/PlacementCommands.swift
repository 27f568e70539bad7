// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Planning

/// What no file can say: traits to take back, and aggregates.
enum PlacementCommands {
  /// A trait that leaves the provider configuration stays on the provider, and flavors go on finding the host by it.
  /// The client can only set all traits of a provider, so that the others are read first.
  static func cleanup(_ plan: Plan, version: String) -> String {
    var text = Shell.script(
      "Takes back hostcap's traits that are not true, or no longer. Run it after nova-compute has restarted.",
      version)
    text += """

      # withdraw PROVIDER TRAIT...
      withdraw() {
        name=$1
        shift
        uuid=$(openstack resource provider list --name "$name" -f value -c uuid)
        [ -n "$uuid" ] || return 0
        have=$(openstack --os-placement-api-version 1.6 resource provider trait list "$uuid" -f value)
        drop=$(printf '%s\\n' "$@")
        keep=$(printf '%s\\n' "$have" | grep -vxF "$drop" || true)
        [ "$keep" != "$have" ] || return 0
        # shellcheck disable=SC2046
        openstack --os-placement-api-version 1.6 resource provider trait set \\
          $(printf '%s\\n' "$keep" | sed -n 's/^..*$/--trait &/p') "$uuid"
      }


      """
    for host in plan.hosts {
      text += withdraw(host.withdrawnTraits, from: host.hypervisorHostname)
      for (name, traits) in ProviderConfig.devices(host, of: plan) {
        text += withdraw(HostTraits.ofDevices.filter { !traits.contains($0) }, from: name)
      }
    }
    return text
  }

  private static func withdraw(_ traits: [String], from provider: String) -> String {
    if traits.isEmpty { return "" }
    return "withdraw \(Shell.word(provider))" + traits.map { " \\\n  \(Shell.word($0))" }.joined() + "\n"
  }

  /// Creating one that is there is no error here: it gets the hosts that it lacks.
  static func aggregates(_ plan: Plan, version: String) -> String {
    var text = Shell.script(
      "Host aggregates: who offers what. Flavors find hosts by traits and aliases; aggregates are for people.",
      version)
    for (name, hosts) in plan.aggregates {
      text +=
        "\nopenstack aggregate show \(Shell.word(name)) >/dev/null 2>&1 || openstack aggregate create \(Shell.word(name))\n"
      for host in hosts {
        text += "openstack aggregate add host \(Shell.word(name)) \(Shell.word(host)) || true\n"
      }
    }
    return text
  }
}
