// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Evidence
internal import HostModel

// How a rung and what decided it look, in a report and in an explanation.
extension Page {
  private static let layerWidth = 14
  /// Longest citation list below a rung.
  private static let citations = 6

  mutating func rung(_ step: Climb.Step, isStop: Bool = false) {
    let layer = Span(step.rung.layer.rawValue, .faint).padded(to: Self.layerWidth)
    let stop = isStop ? [Span("  ← stops here", .bad)] : []
    let advisory = step.rung.isAdvisory && step.judgement.verdict != .pass ? [Span(" (advice)", .faint)] : []
    line(["  ", step.judgement.verdict.mark, " ", layer, Span(step.rung.title)] + advisory + stop, hang: 18)
  }

  /// Why, on a line of its own.
  mutating func because(_ judgement: Judgement, indent: Int = 18) {
    line(
      Span(String(repeating: " ", count: min(indent, style.columns / 2))), Span(judgement.because),
      hang: indent)
  }

  /// Why, what was read, what to do, which rung that clears, and how to see it by hand.
  mutating func details(
    of judgement: Judgement, _ remedy: Remedy?, clearing rung: String, raw: (Question) -> String?
  ) {
    field("because", judgement.because)
    evidence(judgement.citing, raw: raw)
    guard let remedy else { return }
    field("fix", remedy.fixKind.introducing(remedy.fix))
    if let line = remedy.commandLine { field("then reads", line) }
    if judgement.verdict == .fail { field("clears", rung) }
    field("check", remedy.check)
  }

  mutating func evidence(_ citing: [Question], raw: (Question) -> String?) {
    for (index, question) in citing.prefix(Self.citations).enumerated() {
      field(index == 0 ? "evidence" : "", question.description)
      if let raw = raw(question) { field("", "= " + raw, hang: 20) }
    }
    if citing.count > Self.citations { field("", "… and \(citing.count - Self.citations) more") }
  }

  mutating func field(_ name: String, _ value: String, hang: Int = 18) {
    line("      ", Span(name, .faint).padded(to: 12), Span(value), hang: hang)
  }
}
