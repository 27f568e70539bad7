// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Documents
import Planning
import Tape

/// Hosts and sites in a few lines each.
enum Fixture {
  /// A Genoa that SEV-SNP guests can start on, with an H200 of type-PF in VFIO's hands.
  static func host(
    _ name: String = "compute-1", ready: [String] = ["amd.sev", "amd.sev-snp", "iommu"],
    environment: String = "bareMetal", observedAt: String? = "2026-11-26T10:00:00Z",
    stoppingAt layer: String = "kernel", facts: [String: FactRecord] = [:], devices: [DeviceRecord] = [gpu()]
  ) -> HostRecord {
    let all = ["amd.sev", "amd.sev-es", "amd.sev-snp", "intel.tdx", "iommu"]
    let capabilities = all.map { id -> (String, CapabilityRecord) in
      let isReady = ready.contains(id)
      let cause = CauseRecord(
        because: "iommu=pt", reason: "x", fix: "remove iommu=pt", fixKind: "reboot", layer: layer)
      return (
        id, CapabilityRecord(state: isReady ? .ready : .blocked, title: id, cause: isReady ? nil : cause)
      )
    }
    let usual: [String: FactRecord] = [
      "cpu.vulnerable": .list([]), "memory.ecc": .flag(true), "memory-bytes": .count(503 << 30),
      "cpu.count": .count(256), "cpu.vendor": .text("AuthenticAMD"), "cpu.codename": .text("Genoa"),
      "kvm.nested": .flag(true),
    ]
    return HostRecord(
      name: name, observedAt: observedAt, environment: environment,
      capabilities: Dictionary(uniqueKeysWithValues: capabilities),
      facts: usual.merging(facts) { $1 }, devices: devices)
  }

  static func gpu(
    _ address: String = "0000:3b:00.0", _ change: (inout DeviceRecord) -> Void = { _ in }
  ) -> DeviceRecord {
    var device = DeviceRecord(address: address, kind: "gpu", state: .ready)
    (device.vendor, device.device, device.classCode) = ("10de", "2335", "030200")
    (device.numaNode, device.type, device.model) = (1, .physical, "NVIDIA H200")
    (device.scsNamePiece, device.isCCCapable) = ("GNg-132-141h", true)
    change(&device)
    return device
  }

  static func vf(
    _ address: String, of parent: String = "0000:c1:00.0", _ change: (inout DeviceRecord) -> Void = { _ in }
  ) -> DeviceRecord {
    var device = DeviceRecord(address: address, kind: "vf", state: .ready)
    (device.vendor, device.device, device.classCode) = ("15b3", "101e", "020000")
    (device.numaNode, device.type, device.physicalFunction) = (0, .virtual, parent)
    change(&device)
    return device
  }

  static func site(_ text: String) throws(InputError) -> Site {
    try Site(Document(parsing: Array(text.utf8), path: "site.yaml"))
  }

  /// `release` and one entry for the H200.
  static func gpuSite(_ more: String = "", release: String = "2026.2", entry: String = "") throws(InputError)
    -> Site
  {
    try site(
      """
      release: {openstack: "\(release)"}
      devices:
        - alias: h200
          match: {id: "10de:2335"}
      \(entry)
          flavors: [{cpus: 16, cpu_type: T, ram_gib: 64, disk_gb: 200, disk_type: s}]
      \(more)
      """)
  }

  static func plan(_ site: Site, _ hosts: HostRecord...) -> Plan { Planner.plan(hosts, for: site) }
}
