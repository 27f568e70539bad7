// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

public import HostModel
public import Planning

/// What the testcases are asked of: one provider's hosts as of one moment.
public struct ComplianceEvidence: Sendable {
  public let hosts: [HostRecord]
  public let proofs: Set<Proof>
  /// The release that runs there; `nil`: nobody said.
  public let release: OpenStackRelease?
  public let at: UTCTime

  public init(hosts: [HostRecord], proofs: Set<Proof> = [], release: OpenStackRelease?, at: UTCTime) {
    // A worker's report is none of a host, and says nothing of one.
    self.hosts = hosts.filter { $0.environment != "guest" }.map(\.withoutAssumption)
    (self.proofs, self.release, self.at) = (proofs, release, at)
  }
}

/// What one testcase comes to.
struct ComplianceAnswer: Sendable, Hashable {
  /// The words of the check-script contract, and the numbers of a report.
  enum Verdict: String, Sendable {
    case pass = "PASS"
    /// Seen, and it is not so.
    case fail = "FAIL"
    /// Nobody can tell.
    case abort = "ABORT"

    var number: Int {
      switch self {
      case .pass: 1
      case .abort: 0
      case .fail: -1
      }
    }
  }

  let verdict: Verdict
  /// Ids of reasons, and on how many hosts or devices each; empty: it passes.
  let reasons: [String: Int]

  init(_ verdict: Verdict, _ reasons: [String: Int]) {
    self.verdict = verdict
    // A report may say anything; what everybody reads comes from closed lists.
    self.reasons = Dictionary(
      reasons.map { (Self.known.contains($0) ? $0 : "other", $1) }, uniquingKeysWith: +)
  }

  private static let known = Set(
    Reason.all.map(\.id) + [
      "report.missing", "environment.unknown", "testcase.not_known", "report.expired", "report.silent",
      "release.unnamed", "release",
      "guest.not_shown",
      "host.guest", "hardware.absent", "sev-es.beside_snp", "plan.objection", "unknown",
    ])

  /// The most frequent first.
  var sorted: [(id: String, count: Int)] {
    reasons.map { ($0, $1) }.sorted { ($1.count, $0.id) < ($0.count, $1.id) }
  }
}
