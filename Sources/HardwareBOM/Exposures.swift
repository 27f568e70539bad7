// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Advisories
internal import CanonicalJSON

/// What published advisories say of the components, as CycloneDX has vulnerabilities: one for each CVE and state.
struct Exposures: Sendable {
  private struct Key: Hashable {
    let advisory, cve: String
    let state: AdvisoryState
  }

  private struct Exposure {
    let standing: AdvisoryStanding
    var hosts = 0
    /// By component reference: the versions seen.
    var affects: [String: Set<String>] = [:]
  }

  private var all: [Key: Exposure] = [:]

  /// What an advisory does not concern is left out.
  mutating func add(_ host: HardwareHost, _ parts: HostParts) {
    for standing in AdvisoryTable.embedded.standings(of: host.advised) where standing.state != .notAffected {
      let components = parts.concerned(by: standing)
      guard !components.isEmpty else { continue }
      for cve in standing.advisory.cves {
        let key = Key(advisory: standing.advisory.id, cve: cve, state: standing.state)
        var exposure = all[key] ?? Exposure(standing: standing)
        exposure.hosts += 1
        for component in components {
          exposure.affects[component.reference, default: []].formUnion(component.version.map { [$0] } ?? [])
        }
        all[key] = exposure
      }
    }
  }

  func json(hosts: Bool) -> [JSONValue] {
    all.sorted { ($0.key.cve, $0.key.state.rawValue) < ($1.key.cve, $1.key.state.rawValue) }.map {
      key, exposure in
      let sources = AdvisoryTable.embedded.sources(of: exposure.standing.advisory)
      var members: [String: JSONValue] = [
        "bom-ref": .string("\(key.cve):\(key.state.rawValue)"), "id": .string(key.cve),
        "source": ["name": "CVE", "url": .string("https://www.cve.org/CVERecord?id=\(key.cve)")],
        "description": .string(exposure.standing.advisory.title),
        "analysis": analysis(key.state, exposure, hosts: hosts),
        "affects": .array(
          exposure.affects.sorted { $0.key < $1.key }.map { affect($0.key, $0.value.sorted(), key.state) }),
        "advisories": .array(sources.map { ["title": .string($0.title), "url": .string($0.url)] }),
      ]
      if let maker = sources.first {
        members["references"] = [
          ["id": .string(key.advisory), "source": ["name": .string(maker.title), "url": .string(maker.url)]]
        ]
      }
      if let next = exposure.standing.next, key.state != .fixed { members["recommendation"] = .string(next) }
      return .object(members)
    }
  }

  /// Source: CycloneDX 1.6, impactAnalysisState: exploitable, resolved, in_triage.
  private func analysis(_ state: AdvisoryState, _ exposure: Exposure, hosts: Bool) -> JSONValue {
    let word =
      switch state {
      case .affected: "exploitable"
      case .fixed: "resolved"
      case .unknown: "in_triage"
      case .notAffected: "not_affected"
      }
    // Of many hosts one's words would be said of all.
    let detail = hosts ? "\(state.rawValue) on \(exposure.hosts) hosts" : exposure.standing.because
    return ["state": .string(word), "detail": .string(detail)]
  }

  private func affect(_ reference: String, _ versions: [String], _ state: AdvisoryState) -> JSONValue {
    let word = state == .affected ? "affected" : state == .fixed ? "unaffected" : "unknown"
    guard !versions.isEmpty else { return ["ref": .string(reference)] }
    return [
      "ref": .string(reference),
      "versions": .array(versions.map { ["version": .string($0), "status": .string(word)] }),
    ]
  }
}

extension HostParts {
  /// The firmware whose version told the state; the processor where nothing was compared.
  func concerned(by standing: AdvisoryStanding) -> [Component] {
    var found: [Component] = []
    for kind in standing.firmware {
      switch kind {
      case .microcode: found += [microcode].compactMap { $0 }
      case .secureProcessor: found += [secureProcessor].compactMap { $0 }
      case .tdxModule: found += [tdxModule].compactMap { $0 }
      }
    }
    return found.isEmpty ? [processor].compactMap { $0 } : found
  }
}
