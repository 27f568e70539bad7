// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import HostModel
import Planning
import Testing

/// Hosts that are drawn, with names that nobody else may read.
struct DrawnFleet {
  static let ids = ["amd.sev", "amd.sev-snp", "intel.tdx"]
  static let titles = Dictionary(uniqueKeysWithValues: ids.map { ($0, "Title of \($0)") })
  static let causes = [
    CauseRecord(because: "secret-7", reason: "bios.smee_off", fix: "BIOS: SMEE: Enabled", fixKind: "bios"),
    CauseRecord(because: "secret-7", reason: nil, fix: nil, fixKind: nil),
  ]

  static func host(_ number: Int, _ random: inout some RandomNumberGenerator) -> HostRecord {
    let states: [RecordedState] = [.ready, .ready, .blocked, .absent, .unknown]
    var capabilities: [String: CapabilityRecord] = [:]
    for id in ids {
      let state = states.randomElement(using: &random) ?? .unknown
      capabilities[id] = CapabilityRecord(
        state: state, title: "Title of \(id)",
        cause: state == .ready ? nil : causes.randomElement(using: &random))
    }
    var host = HostRecord(
      name: "secret-\(number)", observedAt: "2026-11-26T00:00:0\(number % 10)Z", environment: "bareMetal",
      capabilities: capabilities,
      facts: [
        "machine.product": .text("Rack \(Int.random(in: 1...2, using: &random))"),
        "cpu.codename": .text("Genoa"),
        "memory-bytes": .count(256 << 30), "cpu.online": .count(64), "cpu.count": .count(64),
      ],
      devices: [])
    (host.provider, host.region) = ("acme", "north")
    return host
  }

  static func hosts(_ count: Int, _ random: inout some RandomNumberGenerator) -> [HostRecord] {
    (0..<count).map { host($0, &random) }
  }

  static func moment() throws -> UTCTime { try #require(UTCTime("2026-11-26T12:00:00Z")) }
}
