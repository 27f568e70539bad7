// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

/// The matrix for a textfile collector. Source: Prometheus exposition formats, text format 0.0.4.
struct MetricsFeed {
  let site: Site

  var bytes: [UInt8] {
    var bytes: [UInt8] = []
    func metric(_ name: String, _ help: String) {
      bytes += "# HELP \(name) \(help)\n# TYPE \(name) gauge\n".utf8
    }
    func sample(_ name: String, _ labels: [(String, String)], _ value: Int64) {
      let text = labels.map { "\($0.0)=\"\(Self.escaped($0.1))\"" }.joined(separator: ",")
      bytes += "\(name){\(text)} \(value)\n".utf8
    }
    metric(
      "hostcap_board_state",
      "Where a capability stands: 0 unknown, 1 absent, 2 blocked, 3 ready, 4 usable, 5 proven.")
    for provider in site.providers {
      for capability in site.capabilities {
        let state = site.standing(provider.name, capability.id).state
        sample(
          "hostcap_board_state", [("provider", provider.name), ("capability", capability.id)],
          Int64(CellState.allCases.firstIndex(of: state) ?? 0))
      }
    }
    metric("hostcap_board_providers", "Providers by the state of a capability.")
    for capability in site.capabilities {
      for state in CellState.allCases {
        let count = site.providers.count { site.standing($0.name, capability.id).state == state }
        sample(
          "hostcap_board_providers", [("capability", capability.id), ("state", state.rawValue)], Int64(count))
      }
    }
    metric("hostcap_board_stale", "Whether a provider has sent no report for two days.")
    for provider in site.providers {
      sample("hostcap_board_stale", [("provider", provider.name)], site.isStale(provider.name) ? 1 : 0)
    }
    return bytes
  }

  private static func escaped(_ text: String) -> String {
    var bytes: [UInt8] = []
    for byte in text.utf8 {
      switch byte {
      case 0x22, 0x5c: bytes += [0x5c, byte]
      case 0x0a: bytes += [0x5c, 0x6e]
      case 0..<0x20, 0x7f: bytes.append(0x20)
      default: bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
