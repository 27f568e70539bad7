// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

public import Evidence
public import HostModel

/// Everything about one ladder, rung or reason: what `hostcap explain` prints.
public struct Explanation {
  /// What a question's answer was, for people; `nil`: not asked.
  public typealias Raw = (Question) -> String?

  private var page: Page
  private let advisor: Advisor
  private let raw: Raw

  public init(style: TextStyle, advisor: Advisor, raw: @escaping Raw) {
    (page, self.advisor, self.raw) = (Page(style), advisor, raw)
  }

  public var output: [UInt8] { page.output }

  /// Every rung from the ground up, each with its evidence; the next step at the end.
  ///
  /// - Parameter address: the function, for a ladder that is climbed for one.
  public mutating func add(_ climb: Climb, at address: PCIAddress? = nil) {
    page.blank()
    page.line(
      Span(climb.ladder.id, .strong), Span(address.map { " \($0)" } ?? "", .strong),
      Span("  \(climb.ladder.title): "), climb.state.word, hang: 2)
    page.line(["  "] + Drawing.trail(climb), hang: 2)
    subject(of: climb)
    for step in climb.steps {
      page.rung(step, isStop: step.rung.id == climb.stopsAt?.rung.id)
      details(step, of: climb, address)
    }
    notAsked(climb)
    nextStep(climb, address)
  }

  private mutating func subject(of climb: Climb) {
    switch (climb.ladder.subject, climb.environment.kind) {
    case (.host, .guest(let hypervisor)):
      page.line(
        "  ", Span("This is a guest under \(hypervisor): nothing here speaks of the host below.", .open),
        hang: 2)
    case (.guest, .guest(let hypervisor)):
      page.line(
        "  ", Span("\(hypervisor) shows a guest what it likes: what it sees is no attestation.", .open),
        hang: 2)
    case (.guest, .bareMetal):
      page.line("  ", Span("This is a machine: the ladder is about guests.", .open), hang: 2)
    default: break
    }
  }

  /// One rung: what it means, where that is written, and what this host says.
  public mutating func add(_ step: Climb.Step, of climb: Climb, at address: PCIAddress? = nil) {
    page.blank()
    page.line(Span("\(climb.ladder.id)/\(step.rung.id)", .strong), Span("  \(step.rung.title)"), hang: 2)
    page.rung(step, isStop: step.rung.id == climb.stopsAt?.rung.id)
    details(step, of: climb, address)
    page.field("source", step.rung.specification)
    if !step.rung.implies.isEmpty { page.field("implies", step.rung.implies.joined(separator: ", ")) }
    if !step.impliedBy.isEmpty { page.field("implied by", step.impliedBy.joined(separator: ", ")) }
    for question in step.judgement.citing {
      if let command = question.command { page.field("by hand", command) }
    }
  }

  /// One reason of the closed list, and where this host gives it.
  public mutating func add(_ reason: Reason, in report: HostReport) {
    page.blank()
    page.line(Span(reason.id, .strong), hang: 2)
    let remedy = advisor.remedy(for: reason)
    page.field("fix", remedy.fixKind.introducing(remedy.fix))
    if let line = remedy.commandLine { page.field("then reads", line) }
    page.field("check", remedy.check)
    let places = Self.places(of: reason, in: report)
    page.field("here", places.isEmpty ? "no rung of this host gives this reason" : "")
    for (place, because) in places.prefix(64) {
      page.line("        ", Span(place, .strong), Span("  \(because)"), hang: 10)
    }
  }

  private static func places(of reason: Reason, in report: HostReport) -> [(String, String)] {
    var places: [(String, String)] = []
    for climb in report.climbs {
      for step in climb.steps where step.judgement.reason == reason {
        places.append(("\(climb.ladder.id)/\(step.rung.id)", step.judgement.because))
      }
    }
    let standings =
      report.physicalFunctions.map { ($0.address.description, $0.standing) }
      + report.units.map { ($0.members.first?.description ?? "?", $0.standing) }
    for (subject, standing) in standings {
      for remark in standing.remarks where remark.judgement.reason == reason {
        places.append(("\(subject) \(remark.rung)", remark.judgement.because))
      }
    }
    return places + report.findings.filter { $0.reason == reason }.map { ($0.subject, $0.because) }
  }

  private mutating func details(_ step: Climb.Step, of climb: Climb, _ address: PCIAddress?) {
    let remedy = step.judgement.reason.map {
      advisor.remedy(for: $0, at: address, citing: step.judgement.citing)
    }
    page.details(
      of: step.judgement, remedy, clearing: "\(climb.ladder.id)/\(step.rung.id)", raw: raw)
  }

  private mutating func notAsked(_ climb: Climb) {
    let missing = climb.ladder.rungs.dropFirst(climb.steps.count)
    guard !missing.isEmpty else { return }
    page.line(
      "  ", Span("not asked above: \(missing.map(\.id).joined(separator: ", "))", .faint), hang: 4)
  }

  private mutating func nextStep(_ climb: Climb, _ address: PCIAddress?) {
    guard let step = climb.headline, let reason = step.judgement.reason else { return }
    let remedy = advisor.remedy(for: reason, at: address, citing: step.judgement.citing)
    page.blank()
    page.line(Span("Next step  ", .strong), Span(remedy.fixKind.introducing(remedy.fix)), hang: 11)
    if let line = remedy.commandLine {
      page.line(Span("Then reads ", .strong), Span(line), hang: 11)
    }
    page.line(
      Span("Clears     ", .strong), Span("\(climb.ladder.id)/\(step.rung.id)"), hang: 11)
    page.line(Span("See it     ", .strong), Span(remedy.check), hang: 11)
  }
}
