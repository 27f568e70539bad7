// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CanonicalJSON
import Fleet
import FoundationEssentials
import HostModel
import LiveHost
import Planning
import Tables
import Tape

/// Where reports are.
struct FleetSource: ParsableArguments {
  @Argument(help: "Folders of reports, .json, .ndjson or .tar, also compressed.", completion: .file())
  var reports: [String] = []

  @Option(help: "A store, as ingest makes it.", completion: .directory) var db: String?

  @Option(help: "The provider of reports whose path names none.")
  var asProvider = HostIdentity.defaultProvider

  @Option(help: "The region of reports whose path names none.") var asRegion = HostIdentity.defaultRegion

  func validate() throws {
    guard HostIdentity.isName(asProvider), HostIdentity.isName(asRegion) else {
      throw ValidationError("--as-provider and --as-region take letters, digits, - _ and dots.")
    }
  }

  /// The store, or one made of the reports for this answer; refusals are told, and then the status is 2.
  func open(now: UTCTime) throws -> (store: Store, isWhole: Bool) {
    if let db {
      guard reports.isEmpty else {
        throw ValidationError("Name reports or --db; ingest brings the one into the other.")
      }
      return (try Store(at: db, creating: false, reading: true), true)
    }
    guard !reports.isEmpty else { throw ValidationError("Name reports, or a store by --db.") }
    let store = try Store()
    var ingest = Ingest(into: store, through: Admission(now: now))
    try ingest.take(try Deliveries(reports, provider: asProvider, region: asRegion))
    FleetSource.tell(ingest.outcome.refusals)
    return (store, ingest.outcome.refusals.isEmpty)
  }

  /// One line each, up to twenty.
  static func tell(_ refusals: [Refusal]) {
    for refusal in refusals.prefix(20) { Writing.complain("hostcap: \(refusal)") }
    if refusals.count > 20 { Writing.complain("hostcap: and \(refusals.count - 20) more") }
  }
}

/// Of what moment, and of which part.
struct FleetScope: ParsableArguments {
  @Option(help: "The moment that is asked about: 2026-11-26T12:00:00Z, or a date. Now, if not given.")
  var at: String?

  @Option(help: "The moment before; a week earlier, if not given.") var since: String?

  @Option(
    help:
      "The OpenStack release whose guests count as usable: \(OpenStackRelease.all.map(\.id).joined(separator: ", "))."
  )
  var release = OpenStackRelease.newest.id

  @Option(help: "Only this provider.") var provider = ""
  @Option(help: "Only this region.") var region = ""
  @Option(help: "Only this capability: amd.sev-snp.") var capability = ""
  @Option(help: "Only this state: ready, blocked, absent, unknown, notApplicable.") var state = ""
  @Option(help: "Only what stops at this layer: \(Layer.allCases.map(\.rawValue).joined(separator: ", ")).")
  var layer = ""

  static var clock: UTCTime {
    let now = UTCTime(secondsSince1970: UInt64(max(0, Date().timeIntervalSince1970)))
    return now ?? UTCTime.epoch
  }

  func validate() throws {
    for (name, value) in [("--at", at), ("--since", since)] {
      if let value, UTCTime(value) == nil {
        throw ValidationError("\(name) takes 2026-11-26T12:00:00Z or 2026-11-26.")
      }
    }
    if let since = since.flatMap({ UTCTime($0) }), since.secondsSince1970 > scope.at.secondsSince1970 {
      throw ValidationError("--since is later than --at: a comparison is with what was before.")
    }
    if OpenStackRelease.named(release) == nil { throw ValidationError("--release \(release) is not known.") }
    let states = ["ready", "blocked", "absent", "unknown", "notApplicable", ""]
    if !states.contains(state) { throw ValidationError("--state \(state) is none.") }
    if !layer.isEmpty, Layer(rawValue: layer) == nil { throw ValidationError("--layer \(layer) is none.") }
    for value in [provider, region, capability] where !Scope.isPlain(value) {
      throw ValidationError("\(value.debugDescription) can be no name.")
    }
  }

  var scope: Scope {
    var scope = Scope(
      at: at.flatMap { UTCTime($0) } ?? Self.clock, since: since.flatMap { UTCTime($0) },
      release: OpenStackRelease.named(release))
    (scope.provider, scope.region, scope.capability) = (provider, region, capability)
    (scope.state, scope.layer) = (state, layer)
    return scope
  }

  /// The latest moment that a report may be of.
  var now: UTCTime { Self.latest(scope.at) }

  static func latest(_ asked: UTCTime) -> UTCTime {
    asked.secondsSince1970 > clock.secondsSince1970 ? asked : clock
  }
}

/// In which form.
struct FleetForm: ParsableArguments {
  enum Format: String, ExpressibleByArgument, CaseIterable { case table, csv, json }

  @Option(help: "The form: \(Format.allCases.map(\.rawValue).joined(separator: ", ")).")
  var format = Format.table

  /// - Parameter hidden: columns that the table for terminals does without; the other forms have all.
  func write(
    _ table: ResultTable, of scope: Scope, heading: [String] = [], hiding hidden: Set<String> = []
  ) throws {
    var bytes: [UInt8] = []
    switch format {
    case .csv: bytes = Array(table.csv.utf8)
    case .json:
      let moment: [String: JSONValue] = [
        "at": .string("\(scope.at)"), "since": .string("\(scope.since)"),
        "release": .string(scope.release.id),
      ]
      JSONValue.object(table.json.merging(moment) { own, _ in own }).write(into: &bytes)
      bytes.append(UInt8(ascii: "\n"))
    case .table:
      let width = Terminal.columns() ?? 80
      var lines = heading
      lines += drawn(table, width, hidden)
      bytes = Array((lines.joined(separator: "\n") + "\n").utf8)
    }
    try OutputFile.write(bytes, to: "-")
  }
}

extension FleetForm {
  private func drawn(_ table: ResultTable, _ width: Int, _ hidden: Set<String>) -> [String] {
    if table.rows.isEmpty { return ["nothing"] }
    if ["problems", "stops"].contains(table.name) { return ProblemLines(table, width: width).lines }
    return TextTable(table, width: width, hiding: hidden).lines
  }
}

/// A question with one query for an answer.
protocol FleetQuestion {
  var source: FleetSource { get }
  var scoping: FleetScope { get }
  var form: FleetForm { get }
}

extension FleetQuestion {
  func answer(
    _ name: String, of asked: Scope? = nil, hiding hidden: Set<String> = [],
    heading: (Store, Scope) throws -> [String] = { _, _ in [] }
  ) throws {
    let scope = asked ?? scoping.scope
    guard let query = Query.named(name) else {
      throw ValidationError("no query \(name); hostcap fleet query lists them")
    }
    let (store, isWhole) = try source.open(now: scoping.now)
    let table = try store.answers([query], in: scope)[0]
    try form.write(table, of: scope, heading: try heading(store, scope), hiding: hidden)
    if !isWhole { throw ExitCode(2) }
  }
}
