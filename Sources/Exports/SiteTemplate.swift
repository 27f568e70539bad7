// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

public import Planning

/// The site's file that `plan --init` writes: every key with what it means, and what the reports show to choose from.
public enum SiteTemplate {
  public static func text(_ hosts: [HostRecord]) -> String {
    """
    # What this region runs, and what of its hosts is offered under which name.
    # Nothing is offered that this file does not name. Read by: hostcap plan REPORT... --site site.yaml --out DIR

    # One of the two, in quotes. OpenStack: \(OpenStackRelease.all.map(\.id).joined(separator: ", ")). OSISM: \
    \(OSISMRelease.all.filter { OpenStackRelease.named($0.openStack) != nil }.map(\.id).joined(separator: ", ")).
    release:
      osism: "11"

    # Whose files are written: \(Site.Deployment.allCases.map(\.rawValue).joined(separator: ", ")).
    deployment: osism

    # PCI devices as inventory of Placement. A host that has reported them there once cannot go back.
    pci_in_placement: true

    # MiB that a host with devices or confidential guests keeps for itself. Left out: as the deployment has it.
    reserved_host_memory_mb: 8192

    # Optional pieces of SCS names, written where they are true of every host that can get the flavor:
    # \(Site.NamePiece.allCases.map(\.rawValue).joined(separator: ", ")).
    name_pieces: []

    # Hosts by the name of their report. hypervisor_hostname: what `openstack hypervisor list` calls it, and service_host:
    # what `openstack compute service list` does, if those are other names. offer: false keeps a host out.
    hosts:
    #  compute-1: {hypervisor_hostname: compute-1.example.org}

    # Devices. Each entry: alias (what flavors ask for), match (id "vendor:device", model, kind, device_type), and where
    # wanted resource_class (CUSTOM_...), numa_policy (required, preferred, legacy, socket), physical_network and trusted
    # for VFs of Neutron's, take_from_host: true where a host's driver may lose the device, flavors (as below, and count).
    devices:
    \(proposals(hosts))
    # Confidential guests by capability: \(MemoryEncryption.allCases.map(\.rawValue).joined(separator: ", ")).
    # A flavor is written only if a host is ready and the release makes no less of it.
    confidential:
      - capability: amd.sev-snp
        flavors:
          - {cpus: 4, cpu_type: V, ram_gib: 16}
          - {cpus: 8, cpu_type: V, ram_gib: 32}

    # Plain flavors. cpu_type: L, V, T, C as in SCS names. disk_gb: 0 or none, the guest starts from a volume. disk_type:
    # n, h, s, p, only if it is promised. public: false hides it. name: another name than the one hostcap makes.
    flavors:
      - {cpus: 2, cpu_type: V, ram_gib: 8}
      - {cpus: 4, cpu_type: V, ram_gib: 16, disk_gb: 100}

    """
  }

  /// What the reports have of devices that people hand to guests, as comments: choosing is the operator's.
  private static func proposals(_ hosts: [HostRecord]) -> String {
    let kinds: Set<String> = ["gpu", "accelerator", "vf"]
    let devices = hosts.flatMap { $0.devices }.filter { kinds.contains($0.kind) && $0.id != nil }
    let classes = Dictionary(grouping: devices) { "\($0.id ?? "") \($0.type.rawValue)" }
    var text = ""
    for key in classes.keys.sorted() {
      guard let all = classes[key], let first = all.first, let id = first.id else { continue }
      let ready = all.count { $0.state == .ready }
      let name = first.model.map { name in
        String(name.filter { $0.isLetter || $0.isNumber || " .-()".contains($0) })
      }
      text +=
        "#  # \(name ?? "\(first.kind) \(id)"), \(first.type.rawValue): \(ready) of \(all.count) ready\n"
      text +=
        "#  - alias: \(alias(first, name))\n#    match: {id: \"\(id)\", device_type: \(first.type.rawValue)}\n"
      text +=
        first.kind == "vf" && first.classCode?.hasPrefix("02") == true
        ? "#    physical_network: physnet1\n"
        : "#    flavors:\n#      - {cpus: 8, ram_gib: 64}\n"
    }
    return text
  }

  private static func alias(_ device: DeviceRecord, _ name: String?) -> String {
    let kind = device.type == .virtual ? "vf" : device.kind
    let base = name ?? (device.id ?? "").split(separator: ":").joined(separator: "-")
    let word = base.lowercased().map { $0.isLetter || $0.isNumber ? $0 : "-" }
    return "\(kind)-\(String(word))"
  }
}
