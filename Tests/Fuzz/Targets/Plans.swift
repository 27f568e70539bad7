// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import CanonicalJSON
import Documents
import Exports
import Planning
import Tape

/// Plans and needs, which configuration files and spreadsheets are made from.
enum Plans {
  /// Every file of a plan is one of its kind: what a report or a site says breaks out of no line.
  static func check(_ hosts: [HostRecord], on site: Site) throws(Broken) {
    for file in PlanFile.files(of: Planner.plan(hosts, for: site), version: "0") {
      if file.path.hasSuffix(".yaml") || file.path.hasSuffix(".yml") {
        do { _ = try Document(parsing: Array(file.text.utf8), path: file.path) } catch {
          throw Broken("our own YAML: \(error)")
        }
      } else if file.path.hasSuffix(".conf") {
        for line in file.text.split(separator: "\n") {
          let isLine =
            line.hasPrefix("#") || line.hasPrefix("[") || line.contains(" = ") || line.hasPrefix(" ")
          try hold(isLine, "\(file.path) has the line \(line.debugDescription)")
        }
      }
      let isText = file.text.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7f || $0 == 0x0a || $0 == 0x09 }
      try hold(isText, "\(file.path) holds a control character")
    }
  }

  static func check(_ demands: DemandList, on hosts: [HostRecord]) throws(Broken) {
    let needs = NeedsAssessment(demands, on: hosts)
    for line in needs.lines {
      // Counts of guests may be beyond what is wanted, never below nothing.
      try hold(
        line.usableCount >= 0 && line.missing >= 0 && line.missing <= line.demand.wanted,
        "\(line.demand.name): counts")
    }
    let page = NeedsPage(needs)
    var json: [UInt8] = []
    page.json.write(into: &json)
    try hold(!page.markdown.isEmpty && !page.csv.isEmpty && !json.isEmpty, "nothing to show")
  }

  /// Of the field's usual forms, and of devices that `hosts` have.
  static let site: Site = must {
    try Site(
      Document(
        parsing: Array(
          """
          release: {openstack: "2026.2"}
          deployment: kolla
          name_pieces: [hypervisor, generation]
          hosts: {host-0: {hypervisor_hostname: host-0.example}}
          devices:
            - {alias: gpu, match: {kind: gpu}, flavors: [{cpus: 8, ram_gib: 32, disk_gb: 20, disk_type: s}]}
            - {alias: nic, match: {id: "15b3:101e"}, physical_network: physnet, trusted: true}
          confidential:
            - {capability: amd.sev-snp, flavors: [{cpus: 2, cpu_type: V, ram_gib: 4}]}
            - {capability: intel.tdx, flavors: [{cpus: 2, ram_gib: 4}]}
          flavors: [{cpus: 1, ram_gib: 2}]
          """.utf8), path: "site"))
  }

  static let demands: DemandList = must {
    try DemandList(
      Document(
        parsing: Array(
          """
          release: {openstack: "2026.2"}
          demands:
            - {name: hosts, capability: amd.sev-snp, hosts: 3}
            - {name: slots, capability: amd.sev, slots: 100, provider: acme}
            - {name: cards, match: {kind: gpu}, devices: 4, memory_gib: 80}
          """.utf8), path: "demands"))
  }

  /// A ready host, one that a setting blocks, and one that nobody could look into.
  static let hosts: [HostRecord] = zip(["host-0", "host-1", "host-2"], [.ready, .blocked, .unknown]).map(host)

  private static func host(_ name: String, _ state: RecordedState) -> HostRecord {
    let cause = CauseRecord(
      because: "iommu=pt", reason: "x", fix: "remove it", fixKind: "reboot", layer: "kernel")
    let record = CapabilityRecord(state: state, title: "x", cause: state == .ready ? nil : cause)
    let ids = ["amd.sev", "amd.sev-es", "amd.sev-snp", "intel.tdx", "iommu"]
    var gpu = DeviceRecord(address: "0000:3b:00.0", kind: "gpu", state: state)
    (gpu.vendor, gpu.device, gpu.classCode, gpu.numaNode) = ("10de", "2335", "030200", 1)
    (gpu.type, gpu.model, gpu.scsNamePiece) = (.physical, "NVIDIA H200", "GNg-132-141h")
    var vf = DeviceRecord(address: "0000:c1:00.1", kind: "vf", state: state)
    (vf.vendor, vf.device, vf.classCode, vf.type) = ("15b3", "101e", "020000", .virtual)
    vf.physicalFunction = "0000:c1:00.0"
    return HostRecord(
      name: name, observedAt: "2026-11-26T10:00:00Z", environment: "bareMetal",
      capabilities: Dictionary(uniqueKeysWithValues: ids.map { ($0, record) }),
      facts: [
        "cpu.vendor": .text("AuthenticAMD"), "cpu.codename": .text("Genoa"),
        "memory-bytes": .count(503 << 30),
        "cpu.count": .count(256), "memory.ecc": .flag(true), "cpu.vulnerable": .list([]),
      ], devices: [gpu, vf])
  }

  /// The texts above are ours; one that is refused is a mistake in them.
  private static func must<Value>(_ body: () throws -> Value) -> Value {
    do { return try body() } catch { fatalError("the fuzzer's own text: \(error)") }
  }
}
