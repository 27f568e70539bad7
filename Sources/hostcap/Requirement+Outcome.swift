// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import HostModel

extension Requirement {
  /// What a requirement comes to on one host. Not knowing is not holding, and says so.
  enum Outcome: Equatable {
    case holds(String)
    case fails(String)
    case unknown(String)

    var line: String {
      switch self {
      case .holds(let because): "holds    \(because)"
      case .fails(let because): "fails    \(because)"
      case .unknown(let because): "unknown  \(because)"
      }
    }

    var isHolding: Bool { if case .holds = self { true } else { false } }
  }

  /// Throws, as wrong usage, for an id that neither the catalogue nor this report knows.
  func outcome(on report: HostReport) throws(ValidationError) -> Outcome {
    guard let minimum else { return capability(in: report) }
    if id == Self.freeVFs { return freeVFs(in: report, minimum) }
    if Self.counts.contains(id) { return units(in: report, minimum) }
    return try fact(in: report, minimum)
  }

  private func capability(in report: HostReport) -> Outcome {
    guard let climb = report.climb(id) else {
      if case .bareMetal = report.environment.kind, Self.guests.contains(id) {
        return .fails("\(text): not applicable on a machine")
      }
      return .unknown("\(text): its probe did not run")
    }
    switch climb.state {
    case .ready: return .holds("\(text): ready")
    case .unknown:
      let because = (climb.stopsAt ?? climb.firstUnknown)?.judgement.because
      return .unknown("\(text): \(because ?? "sources do not agree")")
    case .notApplicable: return .fails("\(text): not applicable in a guest")
    case .blocked, .absent:
      return .fails("\(text): \(climb.state.rawValue): \(climb.stopsAt?.judgement.because ?? "")")
    }
  }

  /// Why devices cannot be counted at all; `nil`: they can.
  private func uncountable(_ report: HostReport) -> Outcome? {
    if case .guest = report.environment.kind { return .fails("\(text): not applicable in a guest") }
    return report.functions.isEmpty ? .unknown("\(text): no PCI function was seen") : nil
  }

  private func units(in report: HostReport, _ minimum: UInt64) -> Outcome {
    if let uncountable = uncountable(report) { return uncountable }
    let kind = id.prefix { $0 != "." }
    let states = report.units.filter { $0.kind == kind }.map(\.state)
    let ready = UInt64(states.count { $0 == .ready })
    // A function that does not say what it is could be one.
    let nameless = report.functions.count { $0.classCode == nil }
    let open = UInt64(states.count { $0 == .unknown } + nameless)
    return compare(ready, open: open, minimum, "\(ready) of \(states.count) ready, \(open) not known")
  }

  /// Free VFs of functions that can have them; one that does not say how many could have any number.
  private func freeVFs(in report: HostReport, _ minimum: UInt64) -> Outcome {
    if let uncountable = uncountable(report) { return uncountable }
    var (free, isOpen): (UInt64, Bool) = (0, false)
    for function in report.physicalFunctions {
      switch (function.standing.state, function.freeVFs) {
      case (.ready, let count?): free += UInt64(max(0, count))
      case (.ready, nil), (.unknown, _): isOpen = true
      default: break
      }
    }
    return compare(
      free, open: isOpen ? minimum : 0, minimum, "\(free) free" + (isOpen ? ", more not known" : ""))
  }

  private func compare(_ sure: UInt64, open: UInt64, _ minimum: UInt64, _ words: String) -> Outcome {
    if sure >= minimum { return .holds("\(text): \(words)") }
    let (most, isMore) = sure.addingReportingOverflow(open)
    return most >= minimum || isMore ? .unknown("\(text): \(words)") : .fails("\(text): \(words)")
  }

  private func fact(in report: HostReport, _ minimum: UInt64) throws(ValidationError) -> Outcome {
    switch report.fact(id) {
    case .count(let count): return compare(count, open: 0, minimum, "\(count)")
    case .flag, .text, .list: throw ValidationError("\(id) is no count")
    case nil where id.hasPrefix(Self.model) && report.fact("gpu.count") != nil:
      // None of that name; a GPU that the device table does not hold could be one.
      if case .count(let nameless) = report.fact("gpu.unclassified") {
        return compare(0, open: nameless, minimum, "none, \(nameless) not classified")
      }
      return .unknown("\(text): this host does not say")
    case nil:
      let area = id.prefix { $0 != "." } + "."
      let areas = Self.capabilities + Self.counts + report.facts.map(\.id)
      guard areas.contains(where: { $0.hasPrefix(area) }) else {
        let numeric = report.facts.compactMap { fact in if case .count = fact.value { fact.id } else { nil } }
        throw ValidationError("no count \(id); there are \((Self.counts + numeric).joined(separator: ", "))")
      }
      return .unknown("\(text): this host does not say")
    }
  }
}
