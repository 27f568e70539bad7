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
    # host_prefix: only hosts whose names begin so, such as a region's.
    # Capabilities: \(HostTraits.capabilities.joined(separator: ", ")).
    demands:
      - {name: SEV-SNP interop tests, capability: amd.sev-snp, hosts: 3}
      - {name: confidential tenants, capability: amd.sev, slots: 200}
      - {name: large models, devices: 8, match: {kind: gpu}, memory_gib: 80}
      - {name: fast networks, devices: 64, match: {id: "15b3:101e"}}

    """
}
