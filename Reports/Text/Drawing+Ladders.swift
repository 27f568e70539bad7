// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Evidence
internal import HostModel

extension Drawing {
  /// Rungs listed above the one that decides, before the rest is only counted.
  private static let rungsAbove = 5

  /// The ladders that are not ready: what holds in one line, then the rungs around the stop.
  mutating func ladders() {
    for (index, climb) in climbs.enumerated() where !climb.isForeign {
      let remarks = climb.steps.filter { ![.pass, .notApplicable].contains($0.judgement.verdict) }
      guard !remarks.isEmpty, sameCause(as: climb, before: index) == nil else { continue }
      title(climb)
      around(climb, remarks)
    }
  }

  private mutating func title(_ climb: Climb) {
    page.blank()
    page.line(
      Span(climb.ladder.id, .strong), Span("  \(climb.ladder.title): "), climb.state.word, hang: 2)
    page.line(["  "] + Self.trail(climb), hang: 2)
  }

  /// Every rung as its sign, by layer: `cpu ✔✔  kernel ✔✘`.
  static func trail(_ climb: Climb) -> [Span] {
    var spans: [Span] = []
    var layer: Layer?
    for step in climb.steps {
      if step.rung.layer != layer {
        spans.append(Span((layer == nil ? "" : "  ") + step.rung.layer.rawValue + " ", .faint))
        layer = step.rung.layer
      }
      spans.append(step.judgement.verdict.mark)
    }
    return spans
  }

  private func remedy(for step: Climb.Step) -> Remedy? {
    step.judgement.reason.map { report.advisor.remedy(for: $0, citing: step.judgement.citing) }
  }

  private mutating func around(_ climb: Climb, _ remarks: [Climb.Step]) {
    let stop = climb.headline?.rung.id
    if let stop, let position = climb.steps.firstIndex(where: { $0.rung.id == stop }), position > 0,
      climb.steps[position - 1].judgement.verdict == .pass
    {
      page.rung(climb.steps[position - 1])
    }
    var above = 0
    for step in remarks {
      if step.rung.id == stop {
        page.rung(step, isStop: step.judgement.verdict == .fail)
        page.details(
          of: step.judgement, remedy(for: step), clearing: "\(climb.ladder.id)/\(step.rung.id)",
          raw: { report.evidence[$0] })
      } else if above < Self.rungsAbove {
        page.rung(step)
        page.because(step.judgement)
        above += 1
      } else {
        above += 1
      }
    }
    if above > Self.rungsAbove {
      page.line(
        Span("    … and \(above - Self.rungsAbove) more: hostcap explain \(climb.ladder.id)", .faint), hang: 4
      )
    }
  }
}
