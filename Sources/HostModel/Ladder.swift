// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

public import Evidence

/// A capability as a table of rungs, lowest first.
public struct Ladder: Sendable {
  /// Of whom it speaks.
  public enum Subject: Sendable, Hashable {
    /// Of the machine: in a guest its fails say nothing.
    case host
    /// Of a guest, as the guest sees itself: on a machine it has nothing to say.
    case guest
  }
  /// `amd.sev-snp`: lower case, dotted, for ever.
  public let id: String
  public let title: String
  public let rungs: [Rung]
  public let subject: Subject

  public init(_ id: String, _ title: String, about subject: Subject = .host, _ rungs: [Rung]) {
    (self.id, self.title, self.subject, self.rungs) = (id, title, subject, rungs)
  }

  /// Judges every rung, then lets passes vouch for the rungs they imply.
  public func climb(_ host: any HostSource) -> Climb { climb(host, in: Environment.observe(host)) }

  /// As above, in an environment that was observed before: one of many devices need not look again.
  public func climb(_ host: any HostSource, in environment: Environment) -> Climb {
    var steps: [Climb.Step] = []
    steps.reserveCapacity(rungs.count)
    for rung in rungs {
      let judged = rung.judge(host)
      let judgement = subject == .host ? environment.temper(judged) : judged
      steps.append(Climb.Step(rung: rung, judgement: judgement))
      if rung.isGate, judgement.verdict != .pass, judgement.verdict != .warn { break }
    }
    return Climb(ladder: self, steps: Self.vouching(steps), environment: environment)
  }

  /// A rung that could not be seen holds if a rung above it, which cannot hold without it, does.
  private static func vouching(_ steps: [Climb.Step]) -> [Climb.Step] {
    guard steps.indices.contains(where: { !steps[$0].rung.implies.isEmpty }) else { return steps }
    var steps = steps
    let byID = Dictionary(uniqueKeysWithValues: steps.enumerated().map { ($1.rung.id, $0) })
    // Downwards, so that what is vouched for vouches in turn.
    for upper in steps.indices.reversed() where steps[upper].judgement.verdict == .pass {
      for lower in steps[upper].rung.implies.compactMap({ byID[$0] }) {
        steps[lower].impliedBy.append(steps[upper].rung.id)
        guard steps[lower].judgement.verdict == .unknown else { continue }
        var judgement = Judgement.pass(
          "implied: \(steps[upper].rung.title)", citing: steps[upper].judgement.citing)
        judgement.implied = true
        steps[lower].judgement = judgement
      }
    }
    return steps
  }
}
