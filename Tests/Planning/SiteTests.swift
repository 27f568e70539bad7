// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Documents
import Exports
import Planning
import Tape
import Testing

@Suite struct SiteTests {
  private func refusal(_ text: String) -> String? {
    do throws(InputError) { _ = try Fixture.site(text) } catch { return "\(error)" }
    return nil
  }

  @Test func theTemplateIsASite() throws {
    let hosts = [Fixture.host(devices: [Fixture.gpu(), Fixture.vf("0000:c1:00.2")])]
    let site = try Fixture.site(SiteTemplate.text(hosts))
    #expect(site.osism?.id == "11")
    #expect(site.release.id == "2026.1")
    #expect(site.devices.isEmpty)
  }

  /// Taking the comment marks away is all that an operator has to do.
  @Test func whatTheTemplateProposesIsAnEntry() throws {
    let hosts = [Fixture.host(devices: [Fixture.gpu(), Fixture.vf("0000:c1:00.2")])]
    let text = SiteTemplate.text(hosts).split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.hasPrefix("#  ") ? " " + $0.dropFirst() : String($0) }.joined(separator: "\n")
    let site = try Fixture.site(text)
    #expect(site.devices.map(\.alias) == ["gpu-nvidia-h200", "vf-15b3-101e"])
    #expect(site.devices.map(\.physicalNetwork) == [nil, "physnet1"])
    #expect(site.hosts["compute-1"]?.hypervisorHostname == "compute-1.example.org")
    #expect(Planner.plan(hosts, for: site).hosts.first?.offers.count == 2)
  }

  private static let start = "release: {openstack: \"2026.2\"}\n"

  @Test(arguments: [
    ("devices: []\n", "line 1: the site needs the key release"),
    (
      "release: {openstack: 2026.2}\n",
      "line 1: openstack has to be text, in quotes if it looks like a number"
    ),
    (
      "release: {openstack: \"2027.1\"}\n",
      "line 1: OpenStack 2027.1 is not known to this hostcap; known are 2025.1, 2025.2, 2026.1, 2026.2"
    ),
    (
      "release: {osism: \"12\"}\n",
      "line 1: OpenStack 2027.1 is not known to this hostcap; known are 2025.1, 2025.2, 2026.1, 2026.2"
    ),
    ("release: {osism: \"9\"}\n", "line 1: no OSISM 9; known are 10, 11, 12"),
    (
      "release: {osism: \"11\", openstack: \"2026.1\"}\n",
      "line 1: release needs one of the keys openstack and osism"
    ),
    (start + "device: []\n", "line 2: the site has no key device; it has release, deployment, "),
    (
      start + "deployment: ansible\n",
      "line 2: deployment has to be one of osism, kolla, kayobe, yaook, nova, not ansible"
    ),
    (
      start + "devices:\n  - alias: a\n    match: {addres: x}\n",
      "line 4: match has no key addres; it has kind, id, model, device_type"
    ),
    (
      start + "devices:\n  - alias: a\n    match: {}\n",
      "line 4: match needs one of the keys kind, id, model and device_type"
    ),
    (
      start + "devices:\n  - alias: a\n    match: {kind: network}\n",
      "line 4: match needs an id or a model: by kind alone it could be the host's own disk or network"
    ),
    (
      start + "devices:\n  - alias: a\n    match: {id: 10de}\n",
      "line 4: id has to be vendor:device, four hexadecimal digits each, in quotes"
    ),
    (
      start + "devices:\n  - alias: a:1\n    match: {kind: gpu}\n",
      "line 3: alias must hold no colon: flavors ask for ALIAS:COUNT"
    ),
    (
      start + "devices:\n  - alias: a\n    match: {kind: gpu}\n    resource_class: CUSTOM_gpu\n",
      "line 5: resource_class has to be CUSTOM_ and then A to Z, 0 to 9 and _"
    ),
    (
      start + "devices:\n  - {alias: a, match: {kind: gpu}}\n  - {alias: a, match: {kind: gpu}}\n",
      "line 4: the alias a is there twice"
    ),
    (
      start + "devices:\n  - {alias: a-b, match: {kind: gpu}}\n  - {alias: a_b, match: {kind: gpu}}\n",
      "line 4: a_b and a-b share the resource_class CUSTOM_A_B"
    ),
    (
      start + "confidential:\n  - {capability: amd.snp, flavors: []}\n",
      "line 3: capability has to be one of amd.sev, amd.sev-es, amd.sev-snp, intel.tdx, not amd.snp"
    ),
    (start + "flavors: [{cpus: 0, ram_gib: 4}]\n", "line 2: cpus has to be a whole number from 1 to 4096"),
    (start + "flavors: [{cpus: 1}]\n", "line 2: a flavor needs the key ram_gib"),
    (
      start + "flavors: [{cpus: 1, ram_gib: 4, disk_type: s}]\n",
      "line 2: disk_type is of a disk, and disk_gb is 0 or not given"
    ),
    (
      start + "hosts: {a: {hypervisor_hostname: \"$(reboot)\"}}\n",
      "line 2: hypervisor_hostname has to be 1 to 200 letters, digits and marks such as . _ - : /"
    ),
    (
      start + "flavors: [{cpus: 1, ram_gib: 4, name: --public}]\n",
      "line 2: name has to be 1 to 200 letters, digits and marks such as . _ - : /"
    ),
  ])
  func whatIsWrongIsRefusedWithItsLine(_ text: String, _ message: String) {
    let said = refusal(text)
    #expect(said?.hasPrefix("site.yaml: \(message)") == true, "\(said ?? "accepted")")
  }

  @Test func classesAreMadeOfAliasesAsNovaDoes() {
    #expect(PlacementName.custom("gpu-h200") == "CUSTOM_GPU_H200")
    #expect(PlacementName.custom("NVIDIA H100 PCIe (80GB)") == "CUSTOM_NVIDIA_H100_PCIE_80GB")
    #expect(PlacementName.isCustom("CUSTOM_A_1"))
    for name in ["CUSTOM_", "CUSTOM_a", "HW_X", "CUSTOM_A-B", "CUSTOM_" + String(repeating: "A", count: 249)]
    {
      #expect(!PlacementName.isCustom(name))
    }
  }
}
