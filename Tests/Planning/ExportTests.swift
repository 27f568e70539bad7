// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Documents
import Exports
import Foundation
import Planning
import Tape
import Testing

/// The files themselves. The names are the traps; the real programs read them in Tests/Consumers.
@Suite struct ExportTests {
  private func files(_ site: Site, _ hosts: HostRecord...) -> [String: String] {
    let files = PlanFile.files(of: Planner.plan(hosts, for: site), version: "0")
    return Dictionary(uniqueKeysWithValues: files.map { ($0.path, $0.text) })
  }

  private func lines(_ text: String?, _ key: String) -> [String] {
    (text ?? "").split(separator: "\n").filter { $0.hasPrefix("\(key) = ") }.map {
      String($0.dropFirst(key.count + 3))
    }
  }

  private let overlay = "environments/kolla/files/overlays/nova"

  private func json(_ line: String) throws -> [String: String] {
    try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: String])
  }

  /// A key that Nova does not know would be a free tag, and the entry would match more.
  @Test func aDeviceSpecHasNovasKeysAndOneAddress() throws {
    let files = files(try Fixture.gpuSite(), Fixture.host())
    let specs = lines(files["\(overlay)/compute-1/nova.conf"], "device_spec")
    #expect(
      try specs.map(json) == [
        [
          "vendor_id": "10de", "product_id": "2335", "address": "0000:3b:00.0",
          "resource_class": "CUSTOM_H200",
        ]
      ])
    #expect(lines(files["\(overlay).conf"], "report_in_placement") == ["true"])
  }

  /// Without a type Nova leaves physical functions out, and an H200 is one.
  @Test func anAliasHasItsTypeAndStandsInTheRegionsFile() throws {
    let files = files(
      try Fixture.gpuSite(entry: "    numa_policy: preferred"), Fixture.host())
    let region = files["\(overlay).conf"]
    #expect(
      try lines(region, "alias").map(json) == [
        [
          "name": "h200", "resource_class": "CUSTOM_H200", "device_type": "type-PF",
          "numa_policy": "preferred",
        ]
      ])
    #expect(lines(region, "pci_in_placement") == ["true"])
    // An overlay's key would replace all lines of the region's.
    #expect(lines(files["\(overlay)/compute-1/nova.conf"], "alias").isEmpty)
  }

  @Test func withoutPlacementAnAliasNamesEveryVendorAndDevice() throws {
    let other = Fixture.gpu("0000:4c:00.0") { $0.device = "2336" }
    let site = try Fixture.site(
      """
      release: {openstack: "2026.1"}
      pci_in_placement: false
      devices: [{alias: h200, match: {kind: gpu}, numa_policy: legacy}]
      """)
    let files = files(site, Fixture.host(devices: [Fixture.gpu(), other]))
    let aliases = try lines(files["\(overlay).conf"], "alias").map(json)
    #expect(aliases.map { $0["product_id"] } == ["2335", "2336"])
    #expect(Set(aliases.map { $0["device_type"] }) == ["type-PF"])
    #expect(Set(aliases.map { $0["numa_policy"] }) == ["legacy"])
    #expect(aliases.allSatisfy { $0["resource_class"] == nil })
    #expect(lines(files["\(overlay).conf"], "pci_in_placement").isEmpty)
    #expect(lines(files["\(overlay).conf"], "report_in_placement").isEmpty)
    #expect(files["inventory/host_vars/compute-1.yml"]?.contains("0000:3B:00.0") == false)
  }

  @Test func networkDevicesAreNeutronsAndNotPlacements() throws {
    let site = try Fixture.site(
      """
      release: {openstack: "2026.1"}
      devices: [{alias: vf, match: {id: "15b3:101e"}, physical_network: physnet1, trusted: true}]
      """)
    let files = files(site, Fixture.host(devices: [Fixture.vf("0000:c1:00.2")]))
    let conf = files["\(overlay)/compute-1/nova.conf"]
    #expect(
      try lines(conf, "device_spec").map(json) == [
        [
          "vendor_id": "15b3", "product_id": "101e", "address": "0000:c1:00.2",
          "physical_network": "physnet1",
          "trusted": "true",
        ]
      ])
    #expect(lines(files["\(overlay).conf"], "report_in_placement").isEmpty)
    #expect(lines(files["\(overlay).conf"], "alias").isEmpty)
  }

  @Test func aVFOfNVIDIAsDriverIsUnmanaged() throws {
    let vf = Fixture.gpu { ($0.type, $0.remarks) = (.virtual, ["pci.managed_no"]) }
    let files = files(try Fixture.gpuSite(), Fixture.host(devices: [vf]))
    #expect(
      try lines(files["\(overlay)/compute-1/nova.conf"], "device_spec").map(json).first?["managed"] == "no")
  }

  /// Two files that name `$COMPUTE_NODE` keep nova-compute down, and `1.0` without quotes is no version.
  @Test func aHostHasOneProviderConfigurationInOneVariable() throws {
    let site = try Fixture.gpuSite("hosts: {compute-1: {hypervisor_hostname: compute-1.example}}")
    let all = files(site, Fixture.host())
    let text = try #require(all["inventory/host_vars/compute-1.yml"])
    #expect(all.values.count { $0.contains("$COMPUTE_NODE") } == 1)
    let root = try Document(parsing: Array(text.utf8), path: "x").root
    let config = try root.object("x", keys: ["nova_cell_compute_provider_config"])
    let inner = try config.required("nova_cell_compute_provider_config", "x")
      .object("x", keys: ["meta", "providers"])
    let meta = try inner.required("meta", "x").object("x", keys: ["schema_version"])
    #expect(try meta.required("schema_version", "x").text("x") == "1.0")
    let providers = try inner.required("providers", "x").list("x")
    #expect(providers.count == 2)
    // Nova writes addresses in capitals there.
    #expect(text.contains("name: compute-1.example_0000:3B:00.0"))
    #expect(!text.contains("inventories"))
  }

  @Test func traitsThatAreNotTrueAreTakenBack() throws {
    let files = files(try Fixture.gpuSite(), Fixture.host(ready: ["iommu"]))
    let script = try #require(files["placement-cleanup.sh"])
    #expect(script.contains("CUSTOM_HOSTCAP_AMD_SEV_SNP_READY"))
    #expect(!script.contains("CUSTOM_HOSTCAP_IOMMU_READY"))
  }

  /// Guests whose memory is pinned get none that is lent twice.
  @Test func hostsOfEncryptedGuestsLendNoMemoryTwice() throws {
    let site = try Fixture.site(
      """
      release: {openstack: "2026.2"}
      reserved_host_memory_mb: 8192
      confidential: [{capability: amd.sev-snp, flavors: [{cpus: 4, ram_gib: 16}]}]
      """)
    let conf = files(site, Fixture.host())["\(overlay)/compute-1/nova.conf"]
    #expect(lines(conf, "ram_allocation_ratio") == ["1.0"])
    #expect(lines(conf, "reserved_host_memory_mb") == ["8192"])
    #expect(lines(conf, "hw_machine_type") == ["x86_64=q35"])
    // Nova takes the number of guests from libvirt.
    #expect(lines(conf, "num_memory_encrypted_guests").isEmpty)
  }

  /// Booleans make a flavor without its extra specs, and of recommended flavors those above 32 GiB are left out.
  @Test func extraSpecsAreTextAndFlavorsMandatory() throws {
    let text = try #require(files(try Fixture.gpuSite(), Fixture.host())["flavors/flavors.yaml"])
    let root = try Document(parsing: Array(text.utf8), path: "x").root
    let top = try root.object("x", keys: ["reference", "mandatory"])
    let flavor = try #require(try top.required("mandatory", "x").list("x").first).object("x")
    for entry in flavor.entries where entry.key.contains(":") { _ = try entry.value.text(entry.key) }
    #expect(try flavor["ram"]?.integer("ram", in: 0...Int.max) == 65536)
  }

  @Test func whatAMachineCallsItselfStaysText() throws {
    let host = Fixture.host(facts: ["machine.product": .text("a | b\u{1b}[31m\n# c")])
    let page = try #require(files(try Fixture.gpuSite(), host)["PLAN.md"])
    #expect(!page.contains("\u{1b}") && !page.contains("\n# c"))
  }

  @Test func theSamePlanGivesTheSameBytes() throws {
    let site = try Fixture.gpuSite()
    #expect(files(site, Fixture.host()) == files(site, Fixture.host()))
  }

  /// Nova's schema refuses the whole file for one such name.
  @Test func aProviderNameThatNovaRefusesIsNotWritten() throws {
    let name = String(repeating: "a", count: 190)
    let site = try Fixture.gpuSite("hosts: {compute-1: {hypervisor_hostname: \(name)}}")
    let text = files(site, Fixture.host())["inventory/host_vars/compute-1.yml"]
    #expect(text?.contains("$COMPUTE_NODE") == true)
    #expect(text?.contains(name) == false)
  }

  @Test func yaooksFragmentHoldsTheSameDevices() throws {
    let site = try Fixture.site(
      """
      release: {openstack: "2026.1"}
      deployment: yaook
      devices: [{alias: h200, match: {kind: gpu}}]
      """)
    let text = try #require(files(site, Fixture.host())["novadeployment.yaml"])
    let root = try Document(parsing: Array(text.utf8), path: "x").root
    let spec = try root.object("x", keys: ["spec"]).required("spec", "x").object(
      "x", keys: ["novaConfig", "compute"])
    let templates = try spec.required("compute", "x").object("x").required("configTemplates", "x").list("x")
    #expect(templates.count == 1)
    #expect(text.contains("0000:3b:00.0") && text.contains("CUSTOM_H200"))
  }

  /// nova-compute does not start where it once reported devices to Placement and now does not.
  @Test func aHostThatLosesItsLastDeviceGoesOnReporting() throws {
    let files = files(try Fixture.gpuSite(), Fixture.host(devices: []))
    #expect(lines(files["\(overlay).conf"], "report_in_placement") == ["true"])
  }

  /// nova-compute reads aliases at start, and refuses one without a vendor unless PCI is in Placement.
  @Test func aHostsOwnFileSaysWhatIsTheRegions() throws {
    let site = try Fixture.site(
      """
      release: {openstack: "2026.2"}
      deployment: nova
      devices: [{alias: h200, match: {kind: gpu}}]
      """)
    let all = files(site, Fixture.host("with"), Fixture.host("without", devices: []))
    for host in ["with", "without"] {
      let conf = all["\(host)/nova.conf.d/50-hostcap.conf"]
      #expect(lines(conf, "report_in_placement") == ["true"])
      #expect(lines(conf, "pci_in_placement") == ["true"])
      #expect(lines(conf, "alias").count == 1)
    }
    // On a host that is both, neither takes the other's place.
    #expect(all["controllers/nova.conf.d/40-hostcap-region.conf"] != nil)
  }
}
