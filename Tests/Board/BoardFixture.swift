// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Board
import Disclosure
import Tables

/// A board of the invented fleet, as files in memory.
struct BoardFixture {
  let fleet: InventedFleet
  let files: [String: [UInt8]]

  init(
    _ audience: Audience, counts: CountPrecision = .bucket, hostsPerProvider: Int = 40, more: Int = 0,
    hostile: Bool = false,
    hostPages: Bool = true
  ) throws {
    let fleet = InventedFleet(hostsPerProvider: hostsPerProvider, more: more, hostile: hostile)
    self.fleet = fleet
    var files: [String: [UInt8]] = [:]
    var twice: [String] = []
    var facts = try Self.facts(audience, fleet, counts)
    facts.hasHostPages = hostPages
    try Board(facts).files(hosts: { draw, each in
      for page in Self.hostPages(fleet) { try each(draw(page)) }
    }) { path, bytes in
      if files.updateValue(bytes, forKey: path) != nil { twice.append(path) }
    }
    if !twice.isEmpty { throw Twice(paths: twice) }
    self.files = files
  }

  struct Twice: Error { let paths: [String] }

  var pages: [(path: String, text: String)] {
    files.filter { $0.key.hasSuffix(".html") }.sorted { $0.key < $1.key }.map {
      ($0.key, String(decoding: $0.value, as: UTF8.self))
    }
  }

  func text(_ path: String) -> String { String(decoding: files[path] ?? [], as: UTF8.self) }

  static func facts(_ audience: Audience, _ fleet: InventedFleet, _ counts: CountPrecision) throws
    -> BoardFacts
  {
    let key = try PseudonymKey(file: Array(repeating: 7, count: 32))
    let discloser = Discloser(audience == .internal ? .internal : .public(key: key, counts: counts))
    var facts = BoardFacts(
      for: audience,
      stamp: .init(at: InventedFleet.at, since: InventedFleet.since, release: "OpenStack 2026.2"),
      tables: fleet.tables.map(discloser.disclose))
    facts.providers = profiles
    facts.capabilities = capabilities
    facts.remedies = [
      "bios.snp_disabled": "switch SEV-SNP on in the BIOS",
      "kernel.iommu_passthrough": "remove iommu=pt, then reboot",
      "qemu.too_old": "update QEMU",
    ]
    facts.purchasing = purchasing
    facts.hasHostPages = true
    // The funnel of now, and one of a week before in which half of everything was there.
    for table in fleet.tables where table.name == "funnel" {
      var before = table
      before.rows = before.rows.map { row in
        row.map { cell in cell.integer.map { Cell.integer($0 / 2) } ?? cell }
      }
      facts.add(discloser.disclose(table), at: InventedFleet.at)
      facts.add(discloser.disclose(before), at: InventedFleet.since)
    }
    return facts
  }

  private static var profiles: [ProviderProfile] {
    InventedFleet.providers.enumerated().map { index, name in
      var profile = ProviderProfile(name)
      profile.section = index < 5 ? .certified : index < 13 ? .listed : .experimental
      profile.contact = index % 3 == 0 ? "mailto:tests@\(name).example" : ""
      return profile
    }
  }

  private static var capabilities: [CapabilityProfile] {
    let titles = [
      "amd.sev": "AMD SEV", "amd.sev-es": "AMD SEV-ES", "amd.sev-snp": "AMD SEV-SNP", "arm.cca": "Arm CCA",
      "ibm.secure-execution": "IBM Secure Execution", "intel.sgx": "Intel SGX", "intel.tdx": "Intel TDX",
      "iommu": "IOMMU", "amd.tsme": "AMD TSME",
    ]
    var all = InventedFleet.ladders.map { id in
      CapabilityProfile(id: id, title: titles[id] ?? id, group: id == "iommu" ? "I/O" : "CPU TEE")
    }
    for index in all.indices where all[index].id == "amd.sev-snp" {
      all[index].traits = ["HW_CPU_X86_AMD_SEV_SNP", "CUSTOM_HOSTCAP_AMD_SEV_SNP_READY"]
      all[index].extraSpecs = [NamedValue("hw:mem_encryption", "true")]
      all[index].imageProperties = [NamedValue("hw_firmware_type", "uefi")]
      all[index].notes = ["Ask the provider for a flavor with the trait."]
    }
    var gpu = CapabilityProfile(id: "gpu.passthrough", title: "GPU pass-through", group: "GPU")
    gpu.source = .devices(kind: "gpu")
    var network = CapabilityProfile(id: "network.passthrough", title: "Network pass-through", group: "I/O")
    network.source = .devices(kind: "network")
    var functions = CapabilityProfile(id: "sriov", title: "SR-IOV", group: "I/O")
    functions.source = .virtualFunctions
    return all + [gpu, network, functions]
  }

  static var purchasing: Purchasing {
    var purchasing = Purchasing(release: "OpenStack 2026.2", hosts: 900)
    var guests = Purchasing.Demand(
      name: "snp-campaign", subject: "hosts with amd.sev-snp", scope: "r1", wanted: 400)
    (guests.proven, guests.usable, guests.missing, guests.unknown) = (40, 120, 90, 12)
    guests.fixes = [
      .init(kind: "reboot", reason: "kernel.iommu_passthrough", text: "remove iommu=pt", count: 54),
      .init(kind: "bios", reason: "bios.snp_disabled", text: "switch SEV-SNP on", count: 96),
    ]
    guests.evidence = ["node-1-1.example", "node-1-2.example"]
    var cards = Purchasing.Demand(name: "h100", subject: "devices: NVIDIA H100", wanted: 16)
    cards.usable = 16
    purchasing.demands = [guests, cards]
    purchasing.purchases = [.init(hardware: InventedFleet.classes[1], example: "node-1-1.example", count: 90)]
    return purchasing
  }

  /// Three ladders and a history each.
  static func hostPages(_ fleet: InventedFleet) -> [HostPage] {
    fleet.hosts.map { host in
      var page = HostPage(
        provider: host.provider, region: host.region, host: host.name, hardwareClass: host.hardwareClass,
        observedAt: host.observedAt)
      page.details = [NamedValue("Kernel", host.kernel), NamedValue("Signed by", "SHA256:N8QYinvented")]
      page.ladders = ["amd.sev-snp", "intel.tdx", "iommu"].compactMap { id in
        host.states[id].map { ladder(id, $0) }
      }
      page.history = [
        .init(
          capability: "amd.sev-snp", from: "2026-11-01T04:00:00Z", to: "2026-11-18T04:00:00Z",
          state: "blocked",
          layer: "firmware", reason: "bios.snp_disabled", because: "SYSCFG[24] = 0"),
        .init(
          capability: "amd.sev-snp", from: "2026-11-18T04:00:00Z", to: "", state: "ready", layer: "",
          reason: "",
          because: "every rung holds"),
        .init(
          capability: "iommu", from: "2026-11-01T04:00:00Z", to: "2026-11-10T04:00:00Z", state: "unknown",
          layer: "kernel", reason: "access.denied", because: "EACCES"),
        .init(
          capability: "iommu", from: "2026-11-10T04:00:00Z", to: "", state: "absent", layer: "cpu",
          reason: "",
          because: "no IOMMU"),
      ]
      return page
    }
  }

  private static func ladder(_ id: String, _ state: InventedFleet.HostState) -> HostPage.Ladder {
    let layers = ["cpu", "firmware", "kernel", "kvm", "qemu", "libvirt"]
    let stop = layers.firstIndex(of: state.layer) ?? (state.state == "unknown" ? 0 : layers.count)
    let rungs = layers.enumerated().map { index, layer -> HostPage.Rung in
      let verdict =
        index < stop ? "pass" : index > stop ? "unknown" : state.state == "unknown" ? "unknown" : "fail"
      return HostPage.Rung(
        layer: layer, title: "\(layer) lets \(id) through", verdict: verdict,
        because: index == stop ? InventedFleet.secretBecause : "\(layer) says so",
        evidence: "file:/sys/module/kvm_amd/parameters/sev_snp = Y", fix: index == stop ? state.fix : "")
    }
    return HostPage.Ladder(
      capability: id, state: state.state, isUsable: state.isUsable, isProven: !state.provenAt.isEmpty,
      rungs: rungs)
  }
}
