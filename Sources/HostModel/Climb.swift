// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Evidence

/// A ladder with every rung judged on one host.
public struct Climb: Sendable {
  public struct Step: Sendable {
    public let rung: Rung
    public var judgement: Judgement
    /// Rungs above that pass and cannot pass without this one.
    public var impliedBy: [String] = []

    public init(rung: Rung, judgement: Judgement) { (self.rung, self.judgement) = (rung, judgement) }
  }

  public let ladder: Ladder
  public let steps: [Step]
  public let environment: Environment

  /// The lowest rung that fails and that nothing above vouches for.
  public var stopsAt: Step? {
    first { $0.judgement.verdict == .fail && !$0.rung.isAdvisory && $0.impliedBy.isEmpty }
  }

  /// The lowest rung that could not be determined and that the capability needs.
  public var firstUnknown: Step? { first { $0.judgement.verdict == .unknown && !$0.rung.isAdvisory } }

  /// The highest layer below which nothing is left open: `nil` when the first rung already is.
  public var holdsAt: Layer? {
    let open = first { !$0.rung.isAdvisory && ![.pass, .warn].contains($0.judgement.verdict) }
    guard let open else { return steps.last?.rung.layer }
    return steps.prefix { $0.rung.id != open.rung.id }.last?.rung.layer
  }

  /// Rungs that fail although a rung above, which cannot hold without them, passes: one of two sources is wrong.
  public var disputed: [Step] { all { $0.judgement.verdict == .fail && !$0.impliedBy.isEmpty } }

  /// Thousands of devices have a climb each: steps are looked at where they are, and copied if they are wanted.
  private func first(where isWanted: (borrowing Step) -> Bool) -> Step? {
    for index in steps.indices where isWanted(steps[index]) { return steps[index] }
    return nil
  }

  func all(where isWanted: (borrowing Step) -> Bool) -> [Step] {
    var wanted: [Step] = []
    for index in steps.indices where isWanted(steps[index]) { wanted.append(steps[index]) }
    return wanted
  }

  /// "Blocked" promises that the hardware can, so it wants the processor's rungs to hold; "ready" wants all of them, and
  /// no dispute between sources.
  public var state: CapabilityState {
    switch (ladder.subject, environment.kind) {
    case (.host, .guest), (.guest, .bareMetal): return .notApplicable
    default: break
    }
    if let stop = stopsAt {
      if stop.judgement.reason?.fixKind == .hardware { return .absent }
      let dark = first {
        $0.judgement.verdict == .unknown && $0.rung.layer <= .cpu && !$0.rung.isAdvisory
      }
      return dark == nil ? .blocked : .unknown
    }
    // The question does not arise, and nothing above was asked.
    if let last = steps.last, last.rung.isGate, last.judgement.verdict == .notApplicable {
      return .notApplicable
    }
    return firstUnknown == nil && disputed.isEmpty ? .ready : .unknown
  }
}
