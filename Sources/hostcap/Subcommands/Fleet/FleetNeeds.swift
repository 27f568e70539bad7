// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Fleet
import HostModel
import LiveHost
import Planning
import Tape

/// The hosts of a needs assessment: from a store, from a fleet's folders and lines, or from single reports and dumps.
struct FleetNeeds {
  let reports: [String]
  let db: String?
  /// `nil`: now.
  let at: UTCTime?

  func assess(_ list: DemandList) throws -> NeedsAssessment {
    let scope = Scope(at: at ?? FleetScope.clock, release: list.release)
    if let db {
      let store = try Store(at: db, creating: false, reading: true)
      return NeedsAssessment(list, on: try store.records(in: scope), proofs: try store.proofs(in: scope))
    }
    let fleets = try reports.filter { try Self.isFleet($0) }
    guard !fleets.isEmpty else {
      let expired = scope.at.earlier(by: Scope.expiredAfter).description
      return NeedsAssessment(list, on: try ReportFiles.hosts(at: reports, expiringBefore: expired))
    }
    // The same host from a folder and from a file of its own would be two.
    guard fleets.count == reports.count else {
      throw ValidationError(
        "Name folders and lines of a fleet, or single reports, tapes and dumps: not both at once.")
    }
    let store = try Store()
    var ingest = Ingest(into: store, through: Admission(now: FleetScope.latest(scope.at)))
    try ingest.take(try Deliveries(fleets))
    // A purchase that rests on half of the fleet buys the other half again.
    if let refusal = ingest.outcome.refusals.first { throw InputError(refusal.source, refusal.detail) }
    return NeedsAssessment(
      list, on: try store.records(in: scope, from: fleets), proofs: try store.proofs(in: scope))
  }

  /// A folder with folders of reports in it, or a file of lines.
  private static func isFleet(_ path: String) throws(InputError) -> Bool {
    if path.contains(".ndjson") { return true }
    guard !Folder.isHostRoot(path), let files = try Folder.files(below: path) else { return false }
    return files.contains { $0.contains("/") && $0.hasSuffix(".json") || $0.contains(".ndjson") }
  }
}
