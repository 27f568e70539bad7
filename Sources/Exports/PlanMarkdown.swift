// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Planning

/// PLAN.md: the plan for the human who reviews it. What each host offers, what is left out and why, and what to do next.
struct PlanMarkdown {
  let plan: Plan
  let version: String

  init(_ plan: Plan, version: String) { (self.plan, self.version) = (plan, version) }

  var text: String {
    let parts = [summary, releases, flavors, leftOutFlavors, warnings, images, apply] + plan.hosts.map(host)
    return parts.filter { !$0.isEmpty }.joined(separator: "\n")
  }

  private var summary: String {
    let offering = plan.hosts.count { !$0.isEmpty }
    var lines = [
      "# Plan for \(plan.site.releaseName)", "",
      "Written by hostcap \(version) from \(plan.hosts.count) reports. \(offering) of the hosts offer something beyond plain guests.",
      "Nova is \(plan.site.release.nova); files are laid out for \(plan.site.deployment.rawValue).", "",
    ]
    if !plan.aliases.isEmpty {
      lines += MarkdownTable.lines(
        ["alias", "Nova's type", "devices", "hosts", "vendor:device"],
        plan.aliases.map { alias in
          [
            alias.policy.alias, alias.type.rawValue, "\(alias.count)",
            "\(plan.hosts.count { $0.offers(alias.policy.alias) })", alias.ids.joined(separator: ", "),
          ]
        })
    }
    return Self.page(lines)
  }

  /// The host's answer and the cloud's are two.
  private var releases: String {
    guard !plan.site.confidential.isEmpty else { return "" }
    let rows = plan.site.confidential.map { policy -> [String] in
      let encryption = policy.encryption
      let ready = plan.hosts.count { $0.host.isReady(encryption.capability) }
      return [
        encryption.capability, "\(ready) of \(plan.hosts.count)",
        encryption.isUsable(in: plan.site.release) ? "yes" : "no",
        encryption.firstRelease?.id ?? "none known",
        encryption.firstRelease.flatMap(OSISMRelease.first).map { "\($0.id) (\($0.openStack))" }
          ?? "none known",
        "\(plan.hosts.count { $0.encryption.contains(encryption) })",
      ]
    }
    let heading = "## Ready on the host, and usable through this cloud"
    return Self.page(
      [heading, ""]
        + MarkdownTable.lines(
          [
            "capability", "hosts ready", "usable with \(plan.site.releaseName)", "from OpenStack",
            "from OSISM",
            "hosts offering",
          ], rows))
  }

  private var flavors: String {
    guard !plan.flavors.isEmpty else { return "" }
    let rows = plan.flavors.map { flavor in
      [
        flavor.name, "\(flavor.size.cpus)", "\(flavor.size.ramGiB)", "\(flavor.size.diskGB)",
        "\(flavor.hosts.count)", flavor.notes.joined(separator: "; "),
      ]
    }
    return Self.page(
      ["## Flavors", ""]
        + MarkdownTable.lines(
          ["flavor", "CPUs", "GiB", "disk GB", "hosts", "what the name owns up to"], rows))
  }

  private var leftOutFlavors: String { Self.list("## Flavors that are left out", plan.leftOut) }
  private var warnings: String { Self.list("## Warnings", plan.warnings) }

  /// Source: OpenStack Nova 34 nova/virt/hardware.py, MemEncryptionConfig; doc/source/admin/sev.rst.
  private var images: String {
    let offered = Set(plan.hosts.flatMap { $0.encryption })
    guard !offered.isEmpty else { return "" }
    var lines = [
      "## Images for confidential guests", "",
      "- Every image: `hw_firmware_type=uefi` and `hw_machine_type=q35`.",
    ]
    if offered.contains(.sevSNP) { lines.append("- SEV-SNP also: `hw_firmware_stateless=true`.") }
    if offered.contains(.tdx) {
      lines.append("- TDX also: `hw_firmware_stateless=true` and `hw_video_model=none`.")
    }
    lines.append("- Such guests have no PCI devices, and do not migrate live.")
    return Self.page(lines)
  }

  private var apply: String {
    var lines = ["## Applying it", ""]
    switch plan.site.deployment {
    case .osism:
      lines += [
        "1. Copy `environments` and `inventory` into the configuration repository. Where",
        "   `inventory/host_vars/HOST.yml` is there already, put the variable into it: a folder",
        "   `host_vars/HOST/` beside the file would hide the file.",
        "2. `osism validate nova-config`, then `osism apply nova`.",
        "3. `osism manage flavors --name url --url …/flavors.yaml`.",
      ]
    case .kolla, .kayobe:
      lines += [
        "1. Copy the files into the configuration; merge `host_vars/HOST.yml` where one is there.",
        "2. `\(plan.site.deployment == .kolla ? "kolla-ansible" : "kayobe overcloud service") reconfigure` for Nova.",
        "3. `openstack-flavor-manager --name local --url file://…/flavors.yaml`.",
      ]
    case .yaook:
      lines += [
        "1. Merge `novadeployment.yaml` into the NovaDeployment. This was not tried on a running Yaook.",
        "2. Bring each host's `provider_config` to `/etc/nova/provider_config`.",
        "3. `openstack-flavor-manager --name local --url file://…/flavors.yaml`.",
      ]
    case .nova:
      lines += [
        "1. Copy `controllers/nova.conf.d` to the API and scheduler hosts, and each host's folders to",
        "   `/etc/nova`. No other file there may name the provider `$COMPUTE_NODE`.",
        "2. Restart Nova.", "3. `flavors/create.sh`.",
      ]
    }
    lines.append("4. After nova-compute has restarted: `placement-cleanup.sh`, and `aggregates.sh`.")
    if NovaConf.reportsInPlacement(plan.site) {
      lines += ["", "`report_in_placement` is on for every host: Nova lets none take it back."]
    }
    return Self.page(lines)
  }

  private func host(_ host: HostPlan) -> String {
    var lines = ["## \(host.name)", ""]
    let facts = [host.host.text("cpu.brand"), host.host.text("machine.product"), host.host.observedAt]
    lines += [facts.compactMap { $0.map(MarkdownTable.plain) }.joined(separator: " · "), ""]
    if host.hypervisorHostname != host.name { lines += ["Nova calls it `\(host.hypervisorHostname)`.", ""] }
    if !host.traits.isEmpty {
      lines += ["Traits: " + host.traits.map { "`\($0)`" }.joined(separator: ", "), ""]
    }
    if !host.encryption.isEmpty {
      lines += ["Confidential guests: " + host.encryption.map(\.capability).joined(separator: ", "), ""]
    }
    if !host.offers.isEmpty {
      lines += MarkdownTable.lines(
        ["address", "device", "alias", "Nova's type", "NUMA"],
        host.offers.map { offer in
          [
            offer.device.address, offer.device.model ?? offer.device.id ?? "", offer.policy.alias,
            offer.device.type.rawValue, offer.device.numaNode.map { "\($0)" } ?? "not known",
          ]
        })
      lines.append("")
    }
    if !host.leftOut.isEmpty { lines += ["Left out:", ""] + Self.items(host.leftOut) }
    if host.isEmpty, host.leftOut.isEmpty { lines.append("Nothing that the site asks for.") }
    return Self.page(lines)
  }
}

extension PlanMarkdown {
  private static func page(_ lines: [String]) -> String {
    var lines = lines
    while lines.last?.isEmpty == true { lines.removeLast() }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func list(_ heading: String, _ items: [LeftOut]) -> String {
    items.isEmpty ? "" : page([heading, ""] + Self.items(items))
  }

  /// Those with one cause and one next step share an entry.
  fileprivate static func items(_ items: [LeftOut]) -> [String] {
    var entries: [(key: LeftOut, subjects: [String])] = []
    for item in items {
      let key = LeftOut("", item.because, next: item.next)
      if let index = entries.firstIndex(where: { $0.key == key }) {
        entries[index].subjects.append(item.subject)
      } else {
        entries.append((key, [item.subject]))
      }
    }
    return entries.map { key, subjects in
      let next = key.next.map { "\n  → \(MarkdownTable.plain($0))" } ?? ""
      return
        "- \(subjects.map { "`\($0)`" }.joined(separator: ", ")): \(MarkdownTable.plain(key.because))\(next)"
    }
  }
}
