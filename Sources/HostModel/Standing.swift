// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

public import Evidence

/// A climb reduced to what a report keeps for one of many devices: the state, and every rung that is not a plain pass.
public struct Standing: Sendable, Hashable {
  public struct Remark: Sendable, Hashable {
    /// The rung's id in its ladder.
    public let rung: String
    public let layer: Layer
    public let judgement: Judgement
  }
  public let state: CapabilityState
  /// Lowest rung first: the ones that fail, warn or are unknown.
  public let remarks: [Remark]
  /// The rung that decided the state: where it stops, or what is not known. `nil`: ready, or a guest.
  public let headline: Remark?

  /// What anything inside a guest comes to: its rungs would speak of what the hypervisor shows.
  public static let insideGuest = Standing(state: .notApplicable, remarks: [], headline: nil)

  private init(state: CapabilityState, remarks: [Remark], headline: Remark?) {
    (self.state, self.remarks, self.headline) = (state, remarks, headline)
  }

  /// Every question that a remark cites.
  public var citations: [Question] {
    (remarks + [headline].compactMap { $0 }).flatMap(\.judgement.citing)
  }

  /// The same with other questions in the place of those cited.
  public func citing(_ change: (Question) -> Question) -> Standing {
    if remarks.isEmpty && headline == nil { return self }
    func changed(_ remark: Remark) -> Remark {
      var judgement = remark.judgement
      judgement.citing = judgement.citing.map(change)
      return Remark(rung: remark.rung, layer: remark.layer, judgement: judgement)
    }
    return Standing(state: state, remarks: remarks.map(changed), headline: headline.map(changed))
  }

  public init(_ climb: Climb) {
    func remark(_ step: Climb.Step) -> Remark {
      Remark(rung: step.rung.id, layer: step.rung.layer, judgement: step.judgement)
    }
    let state = climb.state
    self.state = state
    remarks = climb.all { $0.judgement.verdict != .pass && $0.judgement.verdict != .notApplicable }.map(
      remark)
    switch state {
    case .blocked, .absent: headline = climb.stopsAt.map(remark)
    case .unknown: headline = (climb.firstUnknown ?? climb.disputed.first).map(remark)
    case .ready, .notApplicable: headline = nil
    }
  }
}
