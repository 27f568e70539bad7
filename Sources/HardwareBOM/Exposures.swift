// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Advisories
internal import CanonicalJSON

/// What published advisories say of the components, as CycloneDX has vulnerabilities: one for each CVE and state.
final class Exposures {
  private final class Exposure {
    let standing: AdvisoryStanding
    var hosts = 0
    var affects: Set<Component> = []
    init(_ standing: AdvisoryStanding) { self.standing = standing }
  }

  /// By CVE and state.
  private var all: [String: Exposure] = [:]

  /// What an advisory does not concern is left out, and so is a host whose processor nobody knows.
  func add(_ host: HardwareHost, _ parts: HostParts) {
    for standing in AdvisoryTable.embedded.standings(of: host.advised) where standing.state != .notAffected {
      let components = parts.concerned(by: standing)
      guard !components.isEmpty else { continue }
      for cve in standing.advisory.cves {
        let key = "\(cve):\(standing.state.rawValue)"
        let exposure = all[key] ?? Exposure(standing)
        exposure.hosts += 1
        exposure.affects.formUnion(components)
        all[key] = exposure
      }
    }
  }

  func json(isFleet: Bool) -> [JSONValue] {
    all.keys.sorted().compactMap { key in all[key].map { json(key, $0, isFleet: isFleet) } }
  }

  private func json(_ key: String, _ exposure: Exposure, isFleet: Bool) -> JSONValue {
    let standing = exposure.standing
    let cve = String(key.prefix { $0 != ":" })
    let sources = AdvisoryTable.embedded.sources(of: standing.advisory)
    // Of many hosts one's words would be said of all.
    let detail = isFleet ? "\(standing.state.rawValue) on \(exposure.hosts) hosts" : standing.because
    var members: [String: JSONValue] = [
      "bom-ref": .string(key), "id": .string(cve),
      "source": ["name": "CVE", "url": .string("https://www.cve.org/CVERecord?id=\(cve)")],
      "description": .string(standing.advisory.title),
      "analysis": ["state": .string(Self.word(standing.state)), "detail": .string(detail)],
      "affects": .array(affects(exposure)),
      "advisories": .array(sources.map { ["title": .string($0.title), "url": .string($0.url)] }),
    ]
    if let maker = sources.first {
      let source: JSONValue = ["name": .string(maker.title), "url": .string(maker.url)]
      members["references"] = [["id": .string(standing.advisory.id), "source": source]]
    }
    if let next = standing.next { members["recommendation"] = .string(next) }
    return .object(members)
  }

  private func affects(_ exposure: Exposure) -> [JSONValue] {
    var all: [String: JSONValue] = [:]
    let state = exposure.standing.state
    let word = state == .affected ? "affected" : state == .fixed ? "unaffected" : "unknown"
    for component in exposure.affects {
      let reference = component.reference
      var members: [String: JSONValue] = ["ref": .string(reference)]
      if let version = component.version {
        members["versions"] = [["version": .string(version), "status": .string(word)]]
      }
      all[reference] = .object(members)
    }
    return all.keys.sorted().compactMap { all[$0] }
  }

  /// Source: CycloneDX 1.6, impactAnalysisState.
  private static func word(_ state: AdvisoryState) -> String {
    switch state {
    case .affected: "exploitable"
    case .fixed: "resolved"
    case .unknown: "in_triage"
    case .notAffected: "not_affected"
    }
  }
}
