// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Evidence
internal import HostModel

extension Drawing {
  /// One of many devices, for grouping by what keeps it from being ready.
  struct Case {
    let subject: String
    let kind: String
    let standing: Standing
  }

  /// What can be handed to guests, and what keeps the rest: each cause once.
  mutating func passthrough() {
    guard guestOf == nil, !report.units.isEmpty else { return }
    section("Passthrough")
    let cases = report.units.map {
      Case(subject: $0.members.first?.description ?? "?", kind: $0.kind, standing: $0.standing)
    }
    let ready = cases.filter { $0.standing.state == .ready }
    for (provided, members) in grouped(ready, by: Provided.init) {
      page.line(
        "  ", CapabilityState.ready.mark, " ", CapabilityState.ready.word.padded(to: 9),
        Span(Self.amount(members.count, of: provided.kind)), hang: 13)
      page.line("             ", Span(Self.counted(members.map(\.subject)), .faint), hang: 13)
      guard !provided.warnings.isEmpty else { continue }
      let isOne = Set(members.map { Self.warnings($0) }).count == 1
      let words = (isOne ? "" : "such as ") + Self.warnings(members[0]).joined(separator: "; ")
      page.line("             ", Span("! ", .open), Span(words, .faint), hang: 15)
    }
    causes(cases)
  }

  /// Ready devices that come with the same warnings.
  private struct Provided: Hashable {
    let kind: String
    let warnings: [Reason]

    init(_ device: Case) {
      kind = device.kind
      warnings = device.standing.remarks.filter { $0.judgement.verdict == .warn }.compactMap(
        \.judgement.reason)
    }
  }

  private static func warnings(_ device: Case) -> [String] {
    device.standing.remarks.map(\.judgement).filter { $0.verdict == .warn }.map(\.because)
  }

  /// `3 GPUs`: a kind of unit in words.
  private static func amount(_ count: Int, of kind: String) -> String {
    let words = kinds[kind] ?? (kind, kind)
    return "\(count) \(count == 1 ? words.0 : words.1)"
  }

  private static let kinds = [
    "gpu": ("GPU", "GPUs"), "vf": ("VF", "VFs"), "network": ("network controller", "network controllers"),
    "storage": ("storage controller", "storage controllers"), "accelerator": ("accelerator", "accelerators"),
    "other": ("other function", "other functions"), "function": ("function", "functions"),
  ]

  private struct Cause: Hashable {
    let state: CapabilityState
    let reason: Reason?
    let rung: String?
  }

  /// Everything that is not ready, by cause: what is blocked first.
  mutating func causes(_ cases: [Case]) {
    let groups = grouped(cases.filter { $0.standing.state != .ready && $0.standing.state != .notApplicable })
    {
      Cause(
        state: $0.standing.state, reason: $0.standing.headline?.judgement.reason,
        rung: $0.standing.headline?.rung)
    }
    for state in CapabilityState.allCases {
      for (cause, members) in groups where cause.state == state { draw(cause, members) }
    }
  }

  private mutating func draw(_ cause: Cause, _ members: [Case]) {
    let kinds = grouped(members, by: \.kind)
      .map { Self.amount($0.members.count, of: $0.key) }.joined(separator: ", ")
    let judgement = members.first?.standing.headline?.judgement
    let isOne = Set(members.map { $0.standing.headline?.judgement.because }).count == 1
    let because = judgement.map { ": " + (isOne ? "" : "such as ") + $0.because } ?? ""
    page.line(
      "  ", cause.state.mark, " ", cause.state.word.padded(to: 9), Span(kinds), Span(because), hang: 13)
    page.line("             ", Span(Self.counted(members.map(\.subject)), .faint), hang: 13)
    guard let reason = cause.reason else { return }
    let address = members.count == 1 ? PCIAddress(members[0].subject) : nil
    let remedy = report.advisor.remedy(for: reason, at: address, citing: judgement?.citing ?? [])
    page.line("             ", Span("→ ", .faint), Span(remedy.fixKind.introducing(remedy.fix)), hang: 15)
    page.line("             ", Span("check ", .faint), Span(remedy.check), hang: 15)
  }
}
