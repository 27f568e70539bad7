// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Catalog
import Fleet
import HostModel
import Planning

/// What a guest shows of the hosts that it may run on.
struct GuestProof {
  enum Outcome {
    case proven(ProofDocument)
    /// It is ready, and no fleet counts proofs of it.
    case uncounted(String)
    /// It is not ready, or shows nothing of the hosts.
    case unproven(String)
  }

  let report: HostReport
  let provider, hardwareClass: String

  /// Why the report proves nothing at all; `nil`: it may.
  var objection: String? {
    switch report.environment.kind {
    case .bareMetal: "this is a machine, and only a guest proves what its host can do"
    case .unknown(let why): "whether this is a guest is not known: \(why)"
    case .guest where time == nil: "it does not say when it was observed, and a proof ages"
    case .guest where time.map(Self.isFuture) == true: "it was observed in the future"
    case .guest: nil
    }
  }

  private static func isFuture(_ time: UTCTime) -> Bool {
    time.secondsSince1970 > FleetScope.clock.later(by: Admission.clockTolerance).secondsSince1970
  }

  private var time: UTCTime? { report.observedAt.flatMap { UTCTime(secondsSince1970: $0) } }

  /// AMD's kinds of guest, the weakest first. A guest of one kind does not show that one of a weaker kind could start.
  private static let ranks = ["guest.amd.sev", "guest.amd.sev-es", "guest.amd.sev-snp"]

  func outcome(of id: String) -> Outcome {
    if let objection { return .unproven("\(id): \(objection)") }
    guard let time, let climb = report.climb(id) else { return .unproven("\(id): its probe did not run") }
    guard climb.state == .ready else {
      let step = climb.stopsAt ?? climb.firstUnknown
      return .unproven(
        "\(id): \(climb.state.rawValue): \(step?.judgement.because ?? "sources do not agree")")
    }
    if let contradiction = report.contradictions.first(where: { $0.id.hasPrefix("guest.") }) {
      return .unproven("\(id): \(contradiction.id): \(contradiction.meaning)")
    }
    let capability = String(id.dropFirst("guest.".count))
    guard HostTraits.capabilities.contains(capability) else {
      return .uncounted("\(id): ready, but a fleet counts no proofs of it")
    }
    if let stronger = stronger(than: id) { return stronger }
    let document = ProofDocument(
      provider: provider, hardwareClass: hardwareClass, capability: capability, provenAt: time,
      means: means(of: climb))
    return document.map(Outcome.proven) ?? .unproven("\(id): no proof can be written of it")
  }

  private func stronger(than id: String) -> Outcome? {
    guard let rank = Self.ranks.firstIndex(of: id) else { return nil }
    let above = Self.ranks[(rank + 1)...].map { ($0, report.climb($0)?.state ?? .unknown) }
    if let (kind, _) = above.last(where: { $0.1 == .ready }) {
      return .unproven("\(id): ready, but this is a \(kind) guest and no proof of a weaker kind")
    }
    guard let (kind, _) = above.first(where: { $0.1 == .unknown }) else { return nil }
    return .unproven("\(id): whether this is a \(kind) guest is not known")
  }

  /// The evidence in the words of the rungs, which hold no address and no name.
  private func means(of climb: Climb) -> String {
    let seen = climb.steps.filter { $0.rung.layer > .environment && $0.judgement.verdict == .pass }
    return "hostcap \(HostReport.productVersion) inside a guest, no attestation: "
      + seen.map(\.judgement.because).joined(separator: "; ")
  }
}
