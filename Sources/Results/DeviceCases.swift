// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import HostModel

/// What can be handed to guests, counted: boards show no single device.
///
/// A case passes if there is one device that a guest can have. It fails if all that there are have something in the way
/// that can be cleared: not while one cannot be seen, nor while one is handed out as virtual functions.
struct DeviceCases {
  private let report: HostReport
  private let advice: CaseAdvice

  /// Kinds of assignable units. Source: `AssignableUnit.kind`.
  private static let kinds = [
    ("gpu", "a guest can have a GPU"), ("vf", "a guest can have a virtual function"),
    ("network", "a guest can have a network device"), ("storage", "a guest can have a storage device"),
    ("accelerator", "a guest can have an accelerator"), ("other", "a guest can have another device"),
  ]

  init(_ report: HostReport) { (self.report, advice) = (report, CaseAdvice(report: report)) }

  var suites: [TestSuite] {
    [
      TestSuite("pci.passthrough", Self.kinds.map(kind) + models),
      TestSuite(
        "pci.sriov",
        [
          count(
            report.physicalFunctions.map(\.standing), "hostcap.pci.sriov", "virtual functions can be had",
            none: "no physical function with SR-IOV was seen")
        ]),
      TestSuite(
        "pci.confidential",
        [
          count(
            report.accelerators.compactMap(\.confidential), "hostcap.pci.confidential",
            "a confidential guest can have a GPU", none: "no GPU was seen")
        ]),
    ]
  }

  private func kind(_ kind: String, _ title: String) -> TestCase {
    count(
      report.units.filter { $0.kind == kind }.map(\.standing), "hostcap.pci.passthrough.\(kind)", title,
      none: "none was seen", isAdvice: kind == "other")
  }

  /// Those of the table of accelerators, by name.
  private var models: [TestCase] {
    let standings = Dictionary(
      report.units.flatMap { unit in unit.members.map { ($0, unit.standing) } }
    ) { first, _ in first }
    var models: [String: (name: String, standings: [Standing?])] = [:]
    for accelerator in report.accelerators {
      guard let model = accelerator.model else { continue }
      models[PlainText.word(model.name), default: (model.name, [])].standings.append(
        standings[accelerator.address])
    }
    return models.sorted { $0.key < $1.key }.map { word, model in
      count(
        model.standings, "hostcap.pci.passthrough.model.\(word)", "a guest can have one: \(model.name)",
        none: "none was seen")
    }
  }

  /// - Parameters:
  ///   - standings: of each device; `nil`: it was not judged.
  ///   - isAdvice: nobody misses such a device, so that none that is blocked fails the case.
  private func count(
    _ standings: [Standing?], _ id: String, _ title: String, none: String, isAdvice: Bool = false
  ) -> TestCase {
    let count = DeviceCount(standings)
    var outcome = outcome(of: count, none: none)
    if isAdvice, case .failed(let why) = outcome { outcome = .skipped("advice only: \(why)") }
    let details = count.causes.flatMap { ["\($0.count) × \($0.reason.id)"] + advice.lines(for: $0.reason) }
    return TestCase(
      id, title, outcome, reason: outcome == .passed ? nil : count.causes.first?.reason.id,
      details: (count.words.isEmpty ? [] : ["devices: \(count.words)"]) + details)
  }

  private func outcome(of count: DeviceCount, none: String) -> TestCase.Outcome {
    if case .guest(let hypervisor) = report.environment.kind {
      return .skipped("not applicable: a guest under \(hypervisor)")
    }
    if count.states[.ready] != nil { return .passed }
    if report.functions.isEmpty { return .skipped("unknown: no PCI function was seen") }
    if count.states[.unknown] != nil { return .skipped("unknown: \(count.words)") }
    // A function that does not say what it is could be one.
    let nameless = report.functions.count { $0.classCode == nil }
    if nameless > 0 { return .skipped("unknown: functions that do not say what they are: \(nameless)") }
    if count.split > 0 { return .skipped(count.words) }
    if count.states[.blocked] != nil { return .failed(count.words) }
    if count.states[.absent] != nil { return .skipped("this hardware never can: \(count.words)") }
    return .skipped(none)
  }
}

/// Devices by what they come to.
private struct DeviceCount {
  private(set) var states: [CapabilityState: Int] = [:]
  /// Why those that are not ready are not, the most frequent first.
  private(set) var causes: [(reason: Reason, count: Int)] = []
  /// Physical functions whose virtual ones are in use: these are handed out in their stead.
  private(set) var split = 0

  init(_ standings: [Standing?]) {
    var reasons: [Reason: Int] = [:]
    for standing in standings {
      let reason = standing?.headline?.judgement.reason
      if reason == .vfsEnabled {
        split += 1
        continue
      }
      states[standing?.state ?? .unknown, default: 0] += 1
      if let reason { reasons[reason, default: 0] += 1 }
    }
    causes = reasons.sorted { ($1.value, $0.key.id) < ($0.value, $1.key.id) }.map { ($0.key, $0.value) }
  }

  /// `2 ready, 1 blocked: pci.no_reset`; empty: there is none.
  var words: String {
    let counts = CapabilityState.allCases.compactMap { state in
      states[state].map { "\($0) \(state.rawValue)" }
    }
    let all = counts + (split > 0 ? ["\(split) handed out as virtual functions"] : [])
    return
      ([all.joined(separator: ", ")]
      + (causes.isEmpty ? [] : [causes.map(\.reason.id).joined(separator: ", ")]))
      .joined(separator: ": ")
  }
}
