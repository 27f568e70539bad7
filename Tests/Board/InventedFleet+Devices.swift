// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Tables

// Cards and their virtual functions.
extension InventedFleet {
  var deviceTables: [ResultTable] {
    let cards = [
      ("Example SR665, EPYC 9554, 8 x NVIDIA H100 PCIe", "gpu", "10de:2331", "NVIDIA H100 PCIe", 80, 8),
      ("Example D50, Xeon Platinum 8480+, 4 x NVIDIA L40S", "gpu", "10de:26b9", "NVIDIA L40S", 48, 4),
      ("Example Q80, Ampere Altra, ConnectX-5", "network", "15b3:1017", "ConnectX-5", 0, 2),
    ]
    func rows(_ hosts: [Host], _ key: [String]) -> [[Cell]] {
      cards.compactMap { card in
        let on = hosts.filter { $0.hardwareClass == card.0 }
        if on.isEmpty { return nil }
        let fresh = on.count { $0.freshness == "fresh" }
        return (key + [card.1, card.2, card.3]).map { .text($0) }
          + [
            card.4, on.count, on.count * card.5, fresh * card.5 / 2, fresh * card.5 - fresh * card.5 / 2,
            (on.count - fresh) * card.5,
          ]
          .map(Self.count)
      }
    }
    func functions(_ hosts: [Host], _ key: [String]) -> [[Cell]] {
      let on = hosts.filter { $0.hardwareClass.contains("ConnectX-6") }
      if on.isEmpty { return [] }
      return [
        (key + ["15b3:101d"]).map { .text($0) }
          + [on.count, on.count * 2, on.count * 16, on.count * 8, on.count * 5, on.count * 11].map(Self.count)
      ]
    }
    let counts = ["hosts", "total", "ready", "blocked", "unknown"]
    let virtual = ["hosts", "physical", "total", "active", "assigned", "free"]
    let byProvider = groups(hosts) { [$0.provider] }
    return [
      Self.table("devices", ["kind", "id", "model", "memory_gib"], counts: counts, rows(hosts, [])),
      Self.table(
        "provider_devices", ["provider", "kind", "id", "model", "memory_gib"], counts: counts,
        byProvider.flatMap { rows($0.1, $0.0) }),
      Self.table("virtual_functions", ["id"], counts: virtual, functions(hosts, [])),
      Self.table(
        "provider_virtual_functions", ["provider", "id"], counts: virtual,
        byProvider.flatMap { functions($0.1, $0.0) }),
    ]
  }
}
