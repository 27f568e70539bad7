// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import HostModel

/// A capability as a suite: one case for what it comes to, and one for each rung of its ladder, asked or not, so that
/// every host has the same cases.
///
/// A case fails only where the capability is `blocked`: this hardware can, and something is missing. On hardware that never
/// can, or of which that is not known, nothing fails.
struct CapabilityCases {
  private let climb: Climb
  private let advice: CaseAdvice
  private let id: String

  init(_ climb: Climb, of report: HostReport) {
    (self.climb, advice) = (climb, CaseAdvice(report: report))
    id = "hostcap.\(climb.ladder.id)"
  }

  var suite: TestSuite { TestSuite(climb.ladder.id, [verdict] + climb.ladder.rungs.map(rung)) }

  private var verdict: TestCase {
    let step: Climb.Step?
    let outcome: TestCase.Outcome
    switch climb.state {
    case .ready: (step, outcome) = (nil, .passed)
    case .blocked where climb.ladder.subject == .guest:
      // Nobody said that this guest should be.
      step = climb.stopsAt
      outcome = .skipped("not so: \(words(step))")
    case .blocked:
      step = climb.stopsAt
      outcome = .failed("stops at \(words(step))")
    case .absent:
      step = climb.stopsAt
      outcome = .skipped("this hardware never can: \(step?.judgement.because ?? "")")
    case .unknown:
      step = climb.firstUnknown ?? climb.disputed.first
      outcome = .skipped("unknown: \(words(step))")
    case .notApplicable: (step, outcome) = (nil, .skipped(Self.guest(climb.environment)))
    }
    return TestCase(
      id, climb.ladder.title, outcome, reason: step?.judgement.reason?.id,
      details: ["state: \(climb.state.rawValue)"] + (step.map { advice.lines(for: $0.judgement) } ?? []))
  }

  /// The rung with its layer and what was seen: `smee (firmware): SYSCFG[23] = 0`.
  private func words(_ step: Climb.Step?) -> String {
    guard let step else { return "" }
    return "\(step.rung.id) (\(step.rung.layer.rawValue)): \(step.judgement.because)"
  }

  private static func guest(_ environment: Environment) -> String {
    if case .guest(let hypervisor) = environment.kind {
      return "not applicable: a guest under \(hypervisor)"
    }
    return "not applicable"
  }

  private func rung(_ rung: Rung) -> TestCase {
    let id = "\(id).\(rung.id)"
    guard let step = climb.steps.first(where: { $0.rung.id == rung.id }) else {
      let gate = climb.steps.last.map { $0.rung.title } ?? ""
      return TestCase(
        id, rung.title, .skipped("not asked, for this does not hold: \(gate)"),
        details: ["specification: \(rung.specification)"])
    }
    let advisory = rung.isAdvisory ? ["advice only: the capability does not need it"] : []
    return TestCase(
      id, rung.title, outcome(of: step), reason: step.judgement.reason?.id,
      details: advisory + advice.lines(for: step.judgement) + ["specification: \(rung.specification)"])
  }

  private func outcome(of step: Climb.Step) -> TestCase.Outcome {
    let because = step.judgement.because
    switch step.judgement.verdict {
    case .pass, .warn: return .passed
    case .unknown: return .skipped("unknown: \(because)")
    case .notApplicable: return .skipped("not applicable: \(because)")
    case .fail:
      if climb.ladder.subject == .guest { return .skipped("not so: \(because)") }
      if step.rung.isAdvisory { return .skipped("advice only: \(because)") }
      if let upper = step.impliedBy.first {
        return .skipped("unknown: \(because), but \(upper) holds, which cannot without it")
      }
      switch climb.state {
      case .blocked: return .failed(because)
      case .absent: return .skipped("this hardware never can, and so: \(because)")
      case .ready, .unknown, .notApplicable:
        return .skipped("not known whether this hardware can at all: \(because)")
      }
    }
  }
}
