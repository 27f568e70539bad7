// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Evidence
import HostModel
import ReportJSON
import ReportText
import Testing

@Suite struct WidthTests {
  /// The same numbers in every run.
  struct Dice: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state ^ state >> 33
    }
  }

  static let hostile = [
    "\u{1b}[31mred\u{1b}]0;title\u{7}", "nul\0nul", "quote\"s and \\backslashes\\", "line\nbreak\r\ttab",
    "\u{202e}txet",
    "e\u{301}\u{301}\u{301}\u{301}", "漢字かな🙂", "\u{9b}2J", "\u{e000}", String(repeating: "long/", count: 900),
    String(repeating: "x", count: 1_000_000), "", " ", "a b c d e f g h i j k l m n o p q r s t u v w x y z",
  ]

  /// A report with nasty words wherever a host's words can get into one.
  static func report(_ dice: inout Dice) -> HostReport {
    func word() -> String { hostile.randomElement(using: &dice) ?? "" }
    var report = SampleHost.report(SampleHost.all.randomElement(using: &dice)?.tape ?? SampleHost.empty)
    let question = Question.file("/" + word())
    report.evidence[question] = word()
    report.environment =
      [
        report.environment, Environment(.guest(word()), citing: [question]),
        Environment(.unknown(word()), citing: []),
      ].randomElement(using: &dice) ?? report.environment
    report.facts += [Fact("kernel.release", .text(word()), citing: [question])]
    report.contradictions = [Contradiction(word(), word(), citing: [question])]
    report.findings = [Finding(.suspended, subject: word(), word(), citing: [question])]
    for count in 0..<Int.random(in: 0...40, using: &dice) {
      let reason = [nil, Reason.noReset, .bootDisplay, .sriovNoMMIO].randomElement(using: &dice) ?? nil
      report.add(gpus: [UInt8(count)], driver: word(), stop: reason)
      report.addController(bus: UInt8(count + 128), total: 63, active: 3, assigned: nil, stop: reason)
    }
    return report
  }

  @Test(arguments: 0..<60)
  func noLineIsWiderThanAskedAndNothingSteersTheTerminal(_ seed: Int) {
    var dice = Dice(state: UInt64(seed))
    let report = Self.report(&dice)
    let columns = [32, 40, 80, 80, 80, 133].randomElement(using: &dice) ?? 80
    let style = TextStyle(color: .random(using: &dice), columns: columns, unicode: .random(using: &dice))
    let name = Self.hostile.randomElement(using: &dice)
    var pages = [TextReport.render(report, style: style) { _ in name }]
    for climb in report.climbs {
      var explanation = Explanation(style: style, advisor: report.advisor) { report.evidence[$0] }
      explanation.add(climb, at: report.functions.first?.address)
      for step in climb.steps { explanation.add(step, of: climb) }
      for reason in Reason.all.shuffled(using: &dice).prefix(5) { explanation.add(reason, in: report) }
      pages.append(explanation.output)
    }
    for line in pages.flatMap(Terminal.lines) {
      #expect(Terminal.width(line) <= columns, "seed \(seed): \(line)")
      #expect(Terminal.isHarmless(line), "seed \(seed): \(line.debugDescription)")
      #expect(style.unicode || line.utf8.allSatisfy { (0x20..<0x7f).contains($0) })
    }
  }

  @Test func withoutColourThereIsNoEscape() {
    #expect(!TextReport.render(.withDevices, style: .plain).contains(0x1b))
    #expect(TextReport.render(.withDevices, style: TextStyle(color: true)).contains(0x1b))
  }

  @Test func tooFewColumnsAreTakenForTheFewest() {
    #expect(TextStyle(columns: -1).columns == TextStyle.fewestColumns)
  }

  @Test func aGuestGetsOneSentenceTheNamesAndNoLadders() {
    let lines = Terminal.lines(TextReport.render(SampleHost.report(SampleHost.guest), style: .plain))
    #expect(lines.filter { $0.contains("not applicable") }.count == 1)
    #expect(lines.filter { $0.contains("sample.sev") }.count == 1)
    #expect(lines.contains { $0.hasPrefix("notApplicable: sample.sev") })
  }

  @Test func aCauseThatManyDevicesShareIsPrintedOnce() {
    var report = SampleHost.report(SampleHost.ready)
    report.add(gpus: (0..<200).map { UInt8($0) }, driver: "nvidia", stop: .hostDriverBound)
    let lines = Terminal.lines(TextReport.render(report, style: .plain))
    #expect(
      lines.filter { $0.contains("driver nvidia is bound") } == [
        "  ✘ blocked  200 GPUs: driver nvidia is bound"
      ])
    #expect(lines.count < 30)
  }
}
