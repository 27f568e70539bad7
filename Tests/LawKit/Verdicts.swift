// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

public import Evidence
public import HostModel

/// Every verdict of a report by a stable name: `amd.sev-snp`, `amd.sev-snp/rmp`, `unit 0000:3b:00.0`.
public struct Verdicts: Hashable, Sendable {
  public private(set) var byName: [String: String] = [:]

  public init(_ report: HostReport) {
    for climb in report.climbs {
      byName[climb.ladder.id] = climb.state.rawValue
      for step in climb.steps {
        byName["\(climb.ladder.id)/\(step.rung.id)"] = step.judgement.verdict.rawValue
      }
    }
    for unit in report.units {
      byName["unit \(unit.members.first.map(\.description) ?? "")"] = unit.state.rawValue
    }
    for function in report.physicalFunctions {
      byName["vfs of \(function.address)"] = function.standing.state.rawValue
    }
    add(report.accelerators, report.functions)
  }

  private mutating func add(_ accelerators: [Accelerator], _ functions: [PCIFunction]) {
    for accelerator in accelerators {
      let address = accelerator.address
      byName["confidential \(address)"] = accelerator.confidential?.state.rawValue
      byName["Nova's \(address)"] = accelerator.novaDeviceType ?? "unknown"
      byName["QAT \(address)"] = accelerator.qatState ?? "unknown"
      // A virtual function that is not known to be one stands for itself.
      let virtual = functions.filter { $0.physicalFunction == address }.map(\.address)
      for one in [address] + virtual {
        byName["sharing \(one)"] = accelerator.sharing?.rawValue ?? "unknown"
      }
    }
  }

  public init(_ host: any HostSource, probes: [any Probe.Type]) {
    self.init(HostReport(host, probes: probes))
  }

  /// Where `less`, judged on less evidence, says something else than unknown. A device that only turns up because its
  /// class was lost may be not applicable, which claims nothing.
  public func violations(in less: Verdicts) -> [String] {
    var found: [String] = []
    for (name, verdict) in less.byName where verdict != byName[name] && verdict != "unknown" {
      if byName[name] == nil, verdict == "notApplicable" { continue }
      found.append("\(name): \(byName[name] ?? "nothing") became \(verdict)")
    }
    return found.sorted()
  }

  /// What differs, by name; `nil`: it is not there any more.
  public func changes(to other: Verdicts) -> [String: String?] {
    var found: [String: String?] = [:]
    for name in Set(byName.keys).union(other.byName.keys) where byName[name] != other.byName[name] {
      found[name] = .some(other.byName[name])
    }
    return found
  }

  /// Where `other` claims more that one could build on: ready or pass where there was neither, a warning where there was
  /// no more than a fail.
  public func stronger(in other: Verdicts) -> [(name: String, before: String, after: String)] {
    other.byName.compactMap { name, after in
      let before = byName[name] ?? "nothing"
      return Self.strength(after) > Self.strength(before) ? (name, before, after) : nil
    }.sorted { $0.name < $1.name }
  }

  private static func strength(_ verdict: String) -> Int {
    switch verdict {
    case "ready", "pass": 2
    case "warn": 1
    default: 0
    }
  }
}
