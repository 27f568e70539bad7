// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

public import HostModel
public import Planning

/// That a provider will test something by a day: which capabilities, on which hardware class and layer, with which release.
///
/// It is kept by reports that are named by their SHA-256 and whose provider has signed what they say. Until then it is open,
/// and stays in sight.
public struct Commitment: Sendable, Hashable {
  public let provider: String
  public let layer: Demand.Layer
  /// As the community writes it: `2026.2-rc1`.
  public let release: String
  /// As `fleet classes` prints it.
  public let hardwareClass: String
  /// Ids, in the file's order.
  public let capabilities: [String]
  /// Days: when it was promised, before which nothing keeps it, and by when it is due. `2026-12-15`
  public let made, due: String
  /// SHA-256 of reports, in hexadecimal.
  public let closedBy: [String]

  /// What became of it.
  public enum State: String, Sendable, CaseIterable {
    case overdue, open, kept
  }
}

/// What a provider has signed about one report.
public struct CommitmentEvidence: Sendable, Hashable {
  /// Whose key it was.
  public let provider: String
  /// SHA-256 of the report, in hexadecimal.
  public let digest: String
  /// `nil`: it does not say; then it closes nothing.
  public let layer: Demand.Layer?
  public let release, hardwareClass: String?
  public let observedAt, signedAt: UTCTime
  public let capabilities: [String: RecordedState]

  public init(
    provider: String, digest: String, layer: Demand.Layer?, release: String?, hardwareClass: String?,
    observedAt: UTCTime, signedAt: UTCTime, capabilities: [String: RecordedState]
  ) {
    (self.provider, self.digest, self.layer, self.release) = (provider, digest, layer, release)
    (self.hardwareClass, self.capabilities) = (hardwareClass, capabilities)
    (self.observedAt, self.signedAt) = (observedAt, signedAt)
  }
}

/// A commitment held against what was signed.
public struct CommitmentStanding: Sendable, Hashable {
  public let commitment: Commitment
  public let state: Commitment.State
  /// What the tests found, by capability, of those that were tested. To have tested is to keep the promise, whatever came
  /// out.
  public let found: [String: RecordedState]
  /// Why a report that is named does not count, or what is still to test.
  public let objections: [String]

  /// - Parameter at: evidence from after it does not count.
  public init(_ commitment: Commitment, on evidence: [CommitmentEvidence], at: UTCTime) {
    self.commitment = commitment
    var (found, objections): ([String: RecordedState], [String]) = ([:], [])
    for digest in commitment.closedBy {
      let about = evidence.filter { $0.digest == digest && $0.provider == commitment.provider }
      // The same report may be signed more than once, for another layer or release.
      let misfits = about.map { Self.misfit($0, commitment, at) }
      let fitting = zip(about, misfits).filter { $0.1 == nil }.map { $0.0 }
      if fitting.isEmpty {
        let why = misfits.compactMap { $0 }.first ?? "nothing that \(commitment.provider) signed is about it"
        objections.append("\(digest.prefix(12)): \(why)")
      }
      for capability in commitment.capabilities {
        // What OpenStack starts and what is a Kubernetes node is a guest, and speaks of what it sees itself.
        let id = commitment.layer == .host ? capability : "guest.\(capability)"
        let states = Set(fitting.compactMap { $0.capabilities[id] }).subtracting([.unknown, .notApplicable])
        if states.count > 1 {
          objections.append("\(digest.prefix(12)): signed twice, differing in \(capability)")
        }
        guard states.count == 1, let state = states.first else { continue }
        // Of two hosts of a class that differ, the one that cannot has the say.
        found[capability] = found[capability].map { $0 == .ready ? state : $0 } ?? state
      }
    }
    let untested = commitment.capabilities.filter { found[$0] == nil }
    self.found = found
    let isKept = untested.isEmpty
    state = isKept ? .kept : String("\(at)".prefix(10)) > commitment.due ? .overdue : .open
    self.objections = objections + (isKept ? [] : ["to test: \(untested.joined(separator: ", "))"])
  }

  /// `nil`: it is of what was promised.
  private static func misfit(_ evidence: CommitmentEvidence, _ commitment: Commitment, _ at: UTCTime)
    -> String?
  {
    if evidence.layer != commitment.layer { return "is of layer \(evidence.layer?.rawValue ?? "unsaid")" }
    if evidence.release != commitment.release { return "is of release \(evidence.release ?? "unsaid")" }
    if evidence.hardwareClass != commitment.hardwareClass {
      return "is of another class: \(evidence.hardwareClass ?? "unsaid")"
    }
    if "\(evidence.observedAt)".prefix(10) < commitment.made {
      return "is of \(evidence.observedAt), before it was promised"
    }
    let last = max(evidence.observedAt.secondsSince1970, evidence.signedAt.secondsSince1970)
    return last > at.secondsSince1970 ? "was made later, at \(evidence.signedAt)" : nil
  }
}
