// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import HostModel

extension Drawing {
  /// One line a capability: its state, where it stops, and what to do; and one for all that other makers' processors have.
  mutating func overview() {
    guard !climbs.isEmpty else { return }
    section(guestOf == nil ? "Capabilities" : "What this guest sees of itself, which is no attestation")
    let own = climbs.filter { !$0.isForeign }
    let width = (own.map(\.ladder.id.unicodeScalars.count).max() ?? 0) + 2
    let column = min(width, 24) + 4
    for (index, climb) in climbs.enumerated() where !climb.isForeign && !isCoveredByFirst(climb, index) {
      let head = [
        "  ", climb.state.mark, " ", Span(climb.ladder.id).padded(to: column - 4),
        climb.state.word.padded(to: 9),
      ]
      let hang = column + 9
      guard let stop = climb.headline else {
        page.line(head + holding(climb), hang: hang)
        continue
      }
      page.line(
        head + [Span("\(stop.rung.layer.rawValue): ", .faint), Span(stop.judgement.because)], hang: hang)
      advice(of: climb, before: index, indent: hang)
    }
    foreign()
  }

  private mutating func foreign() {
    let names = climbs.filter(\.isForeign).map(\.ladder.id)
    guard !names.isEmpty else { return }
    page.line(
      "  ", CapabilityState.notApplicable.mark, " ", Span("not for this processor: ", .faint),
      Span(names.joined(separator: ", ")), hang: 4)
  }

  /// The fix below a capability, once: the others with the same cause name the first.
  private mutating func advice(of climb: Climb, before index: Int, indent: Int) {
    guard let judgement = climb.headline?.judgement, let reason = judgement.reason else { return }
    let indentation = Span(String(repeating: " ", count: min(indent, page.style.columns / 2)))
    if let first = sameCause(as: climb, before: index) {
      page.line(indentation, Span("for the same reason as \(first.ladder.id)", .faint), hang: indent)
    } else {
      let remedy = report.advisor.remedy(for: reason, citing: judgement.citing)
      page.line(
        indentation, Span("→ ", .faint), Span(remedy.fixKind.introducing(remedy.fix)), hang: indent + 2)
      covered(by: index, indentation, indent)
    }
  }

  /// What is not known of the machine as a whole is said once; the capabilities it leaves open follow by name.
  private mutating func covered(by first: Int, _ indentation: Span, _ indent: Int) {
    let name = climbs[first].ladder.id
    let others = climbs.enumerated().filter { index, climb in
      isCoveredByFirst(climb, index) && sameCause(as: climb, before: index)?.ladder.id == name
    }
    guard !others.isEmpty else { return }
    page.line(
      indentation, Span("the same goes for ", .faint),
      Span(others.map(\.element.ladder.id).joined(separator: ", ")),
      hang: indent)
  }

  private func isCoveredByFirst(_ climb: Climb, _ index: Int) -> Bool {
    climb.state == .unknown && climb.headline?.rung.layer == .environment
      && sameCause(as: climb, before: index) != nil
  }

  /// An earlier capability that one and the same cause keeps from being ready.
  func sameCause(as climb: Climb, before index: Int) -> Climb? {
    guard let own = climb.headline?.judgement else { return nil }
    return climbs[..<index].first { earlier in
      guard let other = earlier.headline?.judgement else { return false }
      return (other.verdict, other.reason, other.because) == (own.verdict, own.reason, own.because)
    }
  }

  /// What a ready capability offers: its counts, else its rungs.
  private func holding(_ climb: Climb) -> [Span] {
    let counts = report.facts.compactMap { fact -> String? in
      guard fact.id.hasPrefix(climb.ladder.id + "."), case .count(let count) = fact.value else { return nil }
      return "\(fact.id.dropFirst(climb.ladder.id.count + 1)) \(count)"
    }
    return counts.isEmpty ? Self.trail(climb) : [Span(counts.joined(separator: ", "))]
  }
}

extension Climb {
  /// Absent because the processor is another maker's.
  var isForeign: Bool { state == .absent && stopsAt?.judgement.reason == .otherVendor }

  /// The rung that decided the state: where it stops, or what is not known. `nil`: ready, or a guest.
  var headline: Step? {
    switch state {
    case .blocked, .absent: stopsAt
    case .unknown: stopsAt ?? firstUnknown ?? disputed.first
    case .ready, .notApplicable: nil
    }
  }
}
