// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Board
import Catalog
import Fleet
import HostModel
import Planning
import Tables

/// What the board says about capabilities beside the numbers: from the same tables as everything else.
enum BoardProfiles {
  /// What to do, by the reason's id.
  static let remedies: [String: String] = {
    var remedies = Dictionary(Reason.all.map { ($0.id, $0.fix) }) { first, _ in first }
    remedies["report.expired"] = "collect a report"
    return remedies
  }()

  /// What others see is of hostcap's own lists: a report can call a capability or a reason anything.
  static func catalogued(_ table: ResultTable) -> ResultTable {
    var table = table
    if let column = table.index(of: "capability") {
      let known = Set(Catalog.probes.flatMap { $0.ladders }.map(\.id))
      table.rows.removeAll { !known.contains($0[column].text) }
    }
    let kinds = ["accelerator", "gpu", "network", "other", "storage", "vf"]
    if let column = table.index(of: "kind") { table.rows.removeAll { !kinds.contains($0[column].text) } }
    if let column = table.index(of: "subject") {
      let known = Set(Catalog.probes.flatMap { $0.ladders }.map(\.id) + kinds)
      table.rows.removeAll { row in
        !known.contains(row[column].text.split(separator: " ").first.map(String.init) ?? "")
      }
    }
    if let column = table.index(of: "reason"), table.name != "rejections" {
      for row in table.rows.indices where remedies[table.rows[row][column].text] == nil {
        table.rows[row][column] = .text("")
      }
    }
    return table
  }

  static let capabilities: [CapabilityProfile] = ladders + devices

  private static let ladders: [CapabilityProfile] = Catalog.probes.flatMap { $0.ladders }.compactMap {
    ladder in
    // Ladders of single devices are counted as devices, and guests are on no board.
    guard !ladder.id.hasPrefix("pci."), ladder.subject == .host else { return nil }
    let (title, group) = names[ladder.id] ?? (ladder.title, "Other")
    var profile = CapabilityProfile(id: ladder.id, title: title, group: group)
    guard let encryption = MemoryEncryption(rawValue: ladder.id) else { return profile }
    profile.traits = [HostTraits.trait(ladder.id), encryption.novaTrait]
    profile.extraSpecs = [
      NamedValue("hw:mem_encryption", "true"), NamedValue("hw:mem_encryption_model", encryption.model),
    ]
    profile.imageProperties = [NamedValue("hw_firmware_type", "uefi")]
    if let release = encryption.firstRelease {
      profile.notes = ["Nova starts such guests from OpenStack \(release.id) on."]
    }
    return profile
  }

  /// As people say it, for heads of columns, and what belongs together.
  private static let names: [String: (title: String, group: String)] = [
    "amd.sev": ("AMD SEV", "CPU TEE"), "amd.sev-es": ("AMD SEV-ES", "CPU TEE"),
    "amd.sev-snp": ("AMD SEV-SNP", "CPU TEE"), "intel.tdx": ("Intel TDX", "CPU TEE"),
    "intel.sgx": ("Intel SGX", "CPU TEE"), "ibm.secure-execution": ("IBM Secure Execution", "CPU TEE"),
    "arm.cca": ("Arm CCA", "CPU TEE"), "amd.sme": ("AMD SME", "Host memory"),
    "amd.tsme": ("AMD TSME", "Host memory"), "intel.tme": ("Intel TME", "Host memory"),
    "iommu": ("IOMMU", "I/O"),
  ]

  private static let devices: [CapabilityProfile] = {
    var networks = CapabilityProfile(id: "sriov", title: "SR-IOV virtual functions", group: "I/O")
    networks.source = .virtualFunctions
    var cards = CapabilityProfile(id: "gpu.passthrough", title: "GPU passthrough", group: "GPU")
    cards.source = .devices(kind: "gpu")
    cards.notes = ["A flavor asks for a card by pci_passthrough:alias: hostcap plan writes it."]
    return [networks, cards]
  }()
}
