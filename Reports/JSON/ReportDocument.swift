// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import CanonicalJSON
internal import Evidence
internal import HostModel

/// A report on its way to JSON.
struct ReportDocument {
  let report: HostReport

  var json: JSONValue {
    [
      "schemaVersion": .string(HostReport.schemaVersion),
      "generator": ["name": "hostcap", "version": .string(HostReport.productVersion)],
      "source": source,
      "environment": environment,
      "capabilities": .array(report.climbs.map(capability)),
      "contradictions": .array(report.contradictions.map(contradiction)),
      "findings": .array(report.findings.map(finding)),
      "facts": facts,
      "pci": [
        "functions": functions,
        "physicalFunctions": .array(report.physicalFunctions.map(physicalFunction)),
        "units": units,
        "accelerators": .array(report.accelerators.map(accelerator)),
      ],
    ]
  }

  private var source: JSONValue {
    let privilege: JSONValue? = report.privilege.map {
      [
        "effectiveUserID": .count($0.effectiveUserID),
        "effectiveCapabilities": .hexadecimal($0.effectiveCapabilities, width: 16),
        "sandbox": $0.sandbox.map { .array($0.map(JSONValue.string)) } ?? .null,
      ]
    }
    let observedAt = report.observedAt.flatMap { UTCTime(secondsSince1970: $0) }
    return [
      "origin": .text(report.origin?.rawValue),
      "observedAt": .text(observedAt?.description),
      "privilege": privilege ?? .null,
    ]
  }

  private var environment: JSONValue {
    let words: (kind: String, hypervisor: String?, because: String?) =
      switch report.environment.kind {
      case .bareMetal: ("bareMetal", nil, nil)
      case .guest(let hypervisor): ("guest", hypervisor, nil)
      case .unknown(let because): ("unknown", nil, because)
      }
    return [
      "kind": .string(words.kind),
      "assumed": .bool(report.environment.isAssumed),
      "hypervisor": .text(words.hypervisor),
      "because": .text(words.because),
      "evidence": evidence(report.environment.citing),
    ]
  }

  private var facts: JSONValue {
    let members = report.facts.map { fact -> (String, JSONValue) in
      let value: JSONValue =
        switch fact.value {
        case .flag(let flag): .bool(flag)
        case .count(let count): .count(count)
        case .text(let text): .string(text)
        case .list(let list): .strings(list)
        }
      return (fact.id, ["value": value, "evidence": evidence(fact.citing)])
    }
    return .object(Dictionary(members) { first, _ in first })
  }

  private func contradiction(_ contradiction: Contradiction) -> JSONValue {
    [
      "id": .string(contradiction.id),
      "meaning": .string(contradiction.meaning),
      "evidence": evidence(contradiction.citing),
    ]
  }

  private func finding(_ finding: Finding) -> JSONValue {
    let advice = self.advice(finding.reason, at: PCIAddress(finding.subject), citing: finding.citing)
    return .object(
      advice.merging([
        "subject": .string(finding.subject),
        "because": .string(finding.because),
        "evidence": evidence(finding.citing),
      ]) { _, new in new })
  }

  /// What was asked, most telling first, and what came back.
  func evidence(_ citing: [Question]) -> JSONValue {
    .array(citing.map { ["ask": .string($0.description), "raw": .text(report.evidence[$0])] })
  }

  /// The keys that tell why and what to do; all null where there is nothing to clear.
  func advice(_ reason: Reason?, at address: PCIAddress?, citing: [Question]) -> [String: JSONValue] {
    let remedy = reason.map { report.advisor.remedy(for: $0, at: address, citing: citing) }
    return [
      "reason": .text(reason?.id),
      "fix": .text(remedy?.fix),
      "fixKind": .text(remedy?.fixKind.rawValue),
      "check": .text(remedy?.check),
      "commandLine": .text(remedy?.commandLine),
    ]
  }
}
