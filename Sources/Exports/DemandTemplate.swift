// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Planning

/// The file of demands that `fleet needs --init` writes.
public enum DemandTemplate {
  public static let text = """
    # What is wanted of the fleet, the most important first: where a host or a device could serve two demands, the earlier
    # one has it. Read by: hostcap fleet needs demand.yaml REPORT...

    # The release that the hosts run, in quotes. OpenStack: \(OpenStackRelease.all.map(\.id).joined(separator: ", ")). OSISM: \
    \(OSISMRelease.all.filter { OpenStackRelease.named($0.openStack) != nil }.map(\.id).joined(separator: ", ")).
    release:
      osism: "11"

    # Each demand: name, and one of
    #   hosts: N with capability      hosts of their own, such as test machines
    #   slots: N with capability      confidential guests at a time, on whatever hosts
    #   devices: N with match         devices: id "vendor:device", model, kind, device_type; memory_gib: at least so much
    # provider, region: only there. host_prefix: only hosts whose names begin so.
    # layer: host (on the machine itself), iaas (in a guest that OpenStack starts; so it is without it), or kaas (in a \
    Kubernetes
    #   node, which is such a guest).
    # release: another OpenStack release for this demand.
    # Capabilities: \(HostTraits.capabilities.joined(separator: ", ")).
    demands:
      - {name: SEV-SNP interop tests, capability: amd.sev-snp, hosts: 3}
      - {name: SNP on bare metal, capability: amd.sev-snp, hosts: 1, layer: host}
      - {name: confidential tenants, capability: amd.sev, slots: 200}
      - {name: large models, devices: 8, match: {kind: gpu}, memory_gib: 80}
      - {name: fast networks, devices: 64, match: {id: "15b3:101e"}}

    """
}
