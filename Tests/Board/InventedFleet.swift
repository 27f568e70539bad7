// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Tables

/// A fleet that nobody has: sixteen providers, nine ladders, two kinds of devices and virtual functions. All names and
/// numbers are invented.
struct InventedFleet {
  struct Host {
    let provider, region, name, hardwareClass, kernel, observedAt: String
    let freshness: String
    var states: [String: HostState] = [:]
  }

  struct HostState {
    var state, layer, reason, fixKind, fix: String
    var isUsable = false
    var provenAt = ""

    var reached: Int {
      if !provenAt.isEmpty { return 6 }
      if isUsable { return 5 }
      if state == "ready" { return 4 }
      return state == "blocked" ? ["cpu": 0, "firmware": 1, "kernel": 2][layer] ?? 3 : 0
    }

    var stage: String {
      ["": "", "environment": "silicon", "cpu": "silicon", "firmware": "firmware", "kernel": "kernel"][layer]
        ?? "hypervisor"
    }
  }

  static let secretFix = "put mem_encrypt=on on the command line of rack 14"
  static let secretBecause = "cmdline had secretoption=1"
  static let ladders = [
    "amd.sev", "amd.sev-es", "amd.sev-snp", "arm.cca", "ibm.secure-execution", "intel.sgx", "intel.tdx",
    "iommu",
    "amd.tsme",
  ]
  static let classes = [
    "Example R7525, EPYC 7543, ConnectX-6 Dx", "Example R7625, EPYC 9354, ConnectX-6 Dx",
    "Example SR665, EPYC 9554, 8 x NVIDIA H100 PCIe", "Example R760, Xeon Gold 6430, E810-C",
    "Example D50, Xeon Platinum 8480+, 4 x NVIDIA L40S", "Example Q80, Ampere Altra, ConnectX-5",
  ]
  static let providers = [
    "alpha-cloud", "bergwerk", "cirrus-nord", "delta-it", "elbe-stack", "fjord", "gipfel-cloud", "hafen-it",
    "isar-cloud", "jade-net", "kiesel", "lindenhof", "moorland", "nordlicht", "oststrom", "polder",
  ]

  private(set) var hosts: [Host] = []
  private var random: UInt64 = 42

  /// - Parameter more: hosts of the fourth provider beside the others.
  init(hostsPerProvider: Int = 40, more: Int = 0, hostile: Bool = false) {
    let names =
      hostile ? Hostile.providers + Self.providers.dropFirst(Hostile.providers.count) : Self.providers
    for (index, provider) in names.enumerated() {
      let isExpired = index % 8 == 7
      let first = next(6)
      for number in 0..<(1 + hostsPerProvider * (1 + index % 4) / 2 + (index == 3 ? more : 0)) {
        let kind = (first + next(2) + (number % 9 == 0 ? 2 : 0)) % 6
        var host = Host(
          provider: provider, region: "r\(1 + number % 2)",
          name: hostile && number < Hostile.hosts.count
            ? Hostile.hosts[number] : "node-\(index)-\(number).example",
          hardwareClass: Self.classes[kind], kernel: "6.12.\(90 + next(9))-secretkernel",
          observedAt: isExpired ? "2026-10-06T04:10:00Z" : "2026-11-26T0\(next(9)):1\(next(9)):00Z",
          freshness: isExpired ? "expired" : "fresh")
        for ladder in Self.ladders {
          host.states[ladder] = isExpired ? Self.expired : state(ladder, kind, index)
        }
        hosts.append(host)
      }
    }
  }

  private mutating func next(_ bound: Int) -> Int {
    random = random &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int(random >> 33) % bound
  }

  private static let expired = HostState(
    state: "unknown", layer: "environment", reason: "report.expired", fixKind: "none", fix: "collect a report"
  )

  private mutating func state(_ ladder: String, _ kind: Int, _ provider: Int) -> HostState {
    let isAMD = kind < 3
    let fits =
      ladder.hasPrefix("amd") ? isAMD : ladder.hasPrefix("intel") ? kind == 3 || kind == 4 : ladder == "iommu"
    if !fits {
      return HostState(
        state: "absent", layer: "cpu", reason: "hardware.none", fixKind: "hardware", fix: Self.secretFix)
    }
    let draw = (next(100) + 13 * provider) % 100
    let blocks = [
      ("firmware", "bios.snp_disabled", "bios"), ("kernel", "kernel.iommu_passthrough", "reboot"),
      ("kernel", "kernel.module_parameter", "config"), ("qemu", "qemu.too_old", "config"),
    ]
    if draw < 30 || (ladder == "amd.sev-snp" && provider % 3 == 1) {
      let (layer, reason, kind) = blocks[(draw + provider) % 4]
      return HostState(state: "blocked", layer: layer, reason: reason, fixKind: kind, fix: Self.secretFix)
    }
    if draw < 36 {
      return HostState(
        state: "unknown", layer: "libvirt", reason: "access.denied", fixKind: "none", fix: Self.secretFix)
    }
    var ready = HostState(state: "ready", layer: "", reason: "", fixKind: "none", fix: "")
    ready.isUsable = ladder != "intel.sgx" && ladder != "amd.tsme"
    if ready.isUsable, provider % 4 == 2 { ready.provenAt = "2026-11-20T10:00:00Z" }
    return ready
  }
}

/// What somebody may call a host or a provider who means no good.
enum Hostile {
  static let script = "<script>alert('x')</script>"
  static let providers = [
    script, "\"quoted\" & 'quoted'", "\u{202e}drawkcab", "nul\u{0}nul",
    String(repeating: "långt", count: 800),
    "../../etc/passwd", "=HYPERLINK(\"x\")", "UPPER", "upper", "a b", "a-b",
  ]
  static let hosts = [
    script, "..", "\u{202e}tsoh", "zero\u{0}byte", String(repeating: "h", count: 4096), "+1+1",
  ]
}
