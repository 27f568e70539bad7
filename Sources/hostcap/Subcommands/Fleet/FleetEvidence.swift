// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Fleet
import HostModel
import LiveHost
import Planning
import Tape

/// A fleet's hosts as of one moment, and what guests have shown on them: from a store, from a fleet's folders and lines, or
/// from single reports and dumps.
struct FleetEvidence {
  let hosts: [HostRecord]
  let proofs: Set<Proof>
  /// Where they are from; `nil`: from single reports.
  let store: Store?
  let scope: Scope

  /// What is too old to count is there and unknown. Errors: one report is refused; half a fleet is none.
  init(reports: [String], db: String?, in scope: Scope) throws {
    self.scope = scope
    if let db {
      let store = try Store(at: db, creating: false, reading: true)
      (hosts, proofs) = (try store.records(in: scope), try store.proofs(in: scope))
      self.store = store
      return
    }
    let fleets = try reports.filter { try Self.isFleet($0) }
    guard !fleets.isEmpty else {
      guard scope.provider.isEmpty else {
        throw ValidationError(
          "Whose a single report is nobody says: --provider is for folders PROVIDER/REGION/HOST.json.")
      }
      let all = try ReportFiles.hosts(at: reports, in: ReportPeriod(at: scope.at))
      (hosts, proofs, store) = (all, [], nil)
      return
    }
    // The same host from a folder and from a file of its own would be two.
    guard fleets.count == reports.count else {
      throw ValidationError(
        "Name folders and lines of a fleet, or single reports, tapes and dumps: not both at once.")
    }
    let store = try Store()
    var ingest = Ingest(into: store, through: Admission(now: FleetScope.latest(scope.at)))
    try ingest.take(try Deliveries(fleets))
    if let refusal = ingest.outcome.refusals.first { throw InputError(refusal.source, refusal.detail) }
    (hosts, proofs) = (try store.records(in: scope, from: fleets), try store.proofs(in: scope))
    self.store = store
  }

  /// A folder with folders of reports in it, or a file of lines.
  static func isFleet(_ path: String) throws(InputError) -> Bool {
    if path.contains(".ndjson") { return true }
    guard !Folder.isHostRoot(path), let files = try Folder.files(below: path) else { return false }
    return files.contains { $0.contains("/") && $0.hasSuffix(".json") || $0.contains(".ndjson") }
  }
}

/// Where the reports of one provider are, and of what moment they are asked.
struct EvidenceOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Reports, folders of reports, also PROVIDER/REGION/HOST.json, lines, tapes or dumps; repeatable.",
      valueName: "path"),
    completion: .file())
  var reports: [String] = []

  @Option(
    help: "A store, as ingest makes it, instead; it also knows what guests have shown.",
    completion: .directory)
  var db: String?

  @Option(help: "Only this provider's hosts.") var provider = ""

  @Option(help: "The moment whose reports count: 2026-11-26T12:00:00Z, or a date. Now, if not given.")
  var at: String?

  func validate() throws {
    if reports.isEmpty == (db == nil) {
      throw ValidationError("Name reports by --reports, or a store by --db.")
    }
    if let at {
      guard let time = UTCTime(at) else {
        throw ValidationError("--at takes 2026-11-26T12:00:00Z or 2026-11-26.")
      }
      // What others read must not be of a time that nobody has seen.
      guard time.secondsSince1970 <= FleetScope.clock.later(by: Admission.clockTolerance).secondsSince1970
      else {
        throw ValidationError("--at is in the future.")
      }
    }
    if !Scope.isPlain(provider) {
      throw ValidationError("\(provider.debugDescription) can be no provider's name.")
    }
  }

  var moment: UTCTime { at.flatMap { UTCTime($0) } ?? FleetScope.clock }

  func evidence(release: OpenStackRelease? = nil) throws -> FleetEvidence {
    var scope = Scope(at: moment, release: release)
    scope.provider = provider
    let evidence = try FleetEvidence(reports: reports, db: db, in: scope)
    let providers = Set(evidence.hosts.map(\.provider)).sorted()
    guard providers.count <= 1 else {
      throw ValidationError(
        "The reports are of \(providers.joined(separator: ", ")): name one by --provider.")
    }
    return evidence
  }
}
