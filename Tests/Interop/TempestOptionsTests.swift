// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import HostModel
import Planning
import Testing

@testable import Interop

struct TempestOptionsTests {
  private func host(
    _ name: String, nodes: [String]? = ["0: 0-1", "1: 2-3"], smt: Bool? = true, vf: String = "154c",
    node: Int = 0
  ) -> HostRecord {
    var device = DeviceRecord(address: "0000:01:10.0", kind: "vf", state: .ready)
    (device.vendor, device.device, device.classCode) = ("8086", vf, "020000")
    (device.type, device.physicalFunction, device.numaNode) = (.virtual, "0000:01:00.0", node)
    var facts: [String: FactRecord] = [:]
    facts["numa.cpus"] = nodes.map { .list($0) }
    facts["cpu.smt"] = smt.map { .flag($0) }
    facts["memory.huge-pages-kib"] = .list(name == "b" ? ["2048"] : ["2048", "1048576"])
    var host = HostRecord(
      name: name, observedAt: "2026-11-26T00:00:00Z", environment: "bareMetal", capabilities: [:],
      facts: facts,
      devices: [device])
    host.physicalFunctions = [
      PhysicalFunctionRecord(
        address: "0000:01:00.0", vendor: "8086", device: "1572", total: 8, active: 1, assigned: 0, free: 7,
        isReady: true)
    ]
    return host
  }

  private func options(_ hosts: [HostRecord]) -> [String: String] {
    var site = Site(release: .newest)
    var policy = DevicePolicy(alias: "net")
    policy.match.kind = "vf"
    policy.physicalNetwork = "physnet1"
    site.devices = [policy]
    let all = TempestOptions(Planner.plan(hosts, for: site)).sections.flatMap(\.options)
    return Dictionary(
      uniqueKeysWithValues: all.compactMap { option in option.value.map { (option.name, $0) } })
  }

  @Test func whatAllHostsSayIsTold() {
    let options = options([host("a"), host("b", smt: false)])
    #expect(
      options == [
        "max_compute_nodes": "2", "sriov_physnet": "physnet1", "sriov_vnic_type": "direct",
        "sriov_nic_vendor_id": "8086", "sriov_vf_product_id": "154c", "sriov_pf_product_id": "1572",
        "physnet_numa_affinity": "0", "cpu_topology": "0: [0,1], 1: [2,3]", "smt_hosts": "a",
        "configured_hugepage_sizes": "2048",
      ])
  }

  @Test func whatTheyDoNotAgreeOnOrDoNotSayIsLeftOut() {
    let differing = options([host("a"), host("b", nodes: ["0: 0-3"], vf: "10ed", node: 1)])
    for name in ["cpu_topology", "sriov_vf_product_id", "physnet_numa_affinity"] {
      #expect(differing[name] == nil)
    }
    let silent = options([host("a"), host("b", nodes: nil, smt: nil)])
    for name in ["cpu_topology", "smt_hosts"] { #expect(silent[name] == nil) }
    #expect(options([]).isEmpty)
  }

  @Test(arguments: [
    (["0: 0-1,4", "1: "], "0: [0,1,4], 1: []"), (["0: 7"], "0: [7]"), (["x: 1"], nil), (["0: 3-1"], nil),
    (["0: 1-999999"], nil), (["0: -5"], nil), (["0"], nil), ([], nil),
  ])
  func listsOfProcessorsAreSpelledOut(_ nodes: [String], _ text: String?) {
    #expect(TempestOptions.topology(nodes) == text)
  }
}
