// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import HostModel
internal import Planning

/// What one testcase asks of a provider's hosts.
enum ComplianceTest: Hashable {
  /// No report is too old to count.
  case freshReports
  /// A host where the capability is ready, whatever OpenStack makes of it.
  case host(String)
  /// A host where the release that runs here uses it as it is.
  case cloud(String)
  /// A device of a kind that can be handed out: `gpu`, `vf`.
  case device(String)
  /// A guest has seen it on hardware of a host where it is ready now.
  case guest(String)

  /// By the scope's ids.
  static let all: [String: ComplianceTest] = [
    "hostcap-reports-fresh": .freshReports,
    "hostcap-sev-host": .host("amd.sev"), "hostcap-sev-es-host": .host("amd.sev-es"),
    "hostcap-sev-snp-host": .host("amd.sev-snp"), "hostcap-tdx-host": .host("intel.tdx"),
    "hostcap-sgx-host": .host("intel.sgx"), "hostcap-secure-execution-host": .host("ibm.secure-execution"),
    "hostcap-sev-cloud": .cloud("amd.sev"), "hostcap-sev-es-cloud": .cloud("amd.sev-es"),
    "hostcap-sev-snp-cloud": .cloud("amd.sev-snp"), "hostcap-tdx-cloud": .cloud("intel.tdx"),
    "hostcap-sriov-vf": .device("vf"), "hostcap-gpu-passthrough": .device("gpu"),
    "hostcap-sev-snp-guest": .guest("amd.sev-snp"), "hostcap-tdx-guest": .guest("intel.tdx"),
  ]

  func answer(_ evidence: ComplianceEvidence) -> ComplianceAnswer {
    guard !evidence.hosts.isEmpty else { return ComplianceAnswer(.abort, ["report.missing": 1]) }
    switch self {
    case .freshReports:
      let old = evidence.hosts.count { $0.isExpired }
      if old > 0 { return ComplianceAnswer(.fail, ["report.expired": old]) }
      let open = evidence.hosts.count { $0.environment != "bareMetal" }
      return ComplianceAnswer(open == 0 ? .pass : .abort, open == 0 ? [:] : ["environment.unknown": open])
    case .host(let capability):
      return Self.answer(evidence.hosts.map { Supply($0, capability, in: nil) })
    case .cloud(let capability):
      guard let release = evidence.release else { return ComplianceAnswer(.abort, ["release.unnamed": 1]) }
      // Whatever the hosts are: it starts no such guests.
      if let encryption = MemoryEncryption(rawValue: capability), !encryption.isUsable(in: release) {
        return ComplianceAnswer(.fail, ["release": 1])
      }
      return Self.answer(evidence.hosts.map { Supply($0, capability, in: release) })
    case .device(let kind):
      return Self.answer(evidence.hosts.flatMap { Self.supplies($0, kind, evidence.release) })
    case .guest(let capability):
      // Of hosts that are there, and can do it still.
      let isShown = evidence.hosts.contains { host in
        host.isReady(capability)
          && evidence.proofs.contains(
            Proof(provider: host.provider, hardwareClass: host.className, capability: capability))
      }
      return ComplianceAnswer(isShown ? .pass : .abort, isShown ? [:] : ["guest.not_shown": 1])
    }
  }

  /// A machine without any PCI device is one whose devices nobody saw.
  private static func supplies(_ host: HostRecord, _ kind: String, _ release: OpenStackRelease?) -> [Supply] {
    guard !host.devices.isEmpty, !host.isExpired else {
      let reason = host.isExpired ? "report.expired" : "report.silent"
      return [.unknown(Supply.Remedy(reason: reason, fix: "collect a report", kind: "none"))]
    }
    return host.devices.filter { $0.kind == kind }.map { Supply($0, of: host, in: release) }
  }

  /// One that can is enough; one that could not be seen leaves it open; only where all were seen, none can.
  private static func answer(_ supplies: [Supply]) -> ComplianceAnswer {
    if supplies.contains(.usable) { return ComplianceAnswer(.pass, [:]) }
    var (open, closed): ([String: Int], [String: Int]) = ([:], [:])
    for supply in supplies {
      switch supply {
      case .usable: break
      case .unknown(let remedy): open[remedy.reason, default: 0] += 1
      case .fixable(let remedy): closed[remedy.reason, default: 0] += 1
      case .never: closed["hardware.absent", default: 0] += 1
      }
    }
    return open.isEmpty ? ComplianceAnswer(.fail, closed) : ComplianceAnswer(.abort, open)
  }
}
