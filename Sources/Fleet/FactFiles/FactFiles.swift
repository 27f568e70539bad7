// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import CanonicalJSON
public import HostModel
import LiveHost
internal import Tables
public import Tape

/// Facts of reports as files, for engines that read lines of JSON: what one report says, and when, not what held how long.
///
/// A folder with a folder for each table of the schema; `host_span` is `host_seen` there, see `SchemaTable.factName`. The
/// same input gives the same bytes under the same name, wherever and however often: so the work can be dealt out, segment
/// by segment, into one folder. What several reports say alike stands once in a file, and may stand in others again.
public struct FactFiles {
  /// Reports of which the facts are in files of one name: all that has to be in memory.
  private static let batch = 16_384

  private let folder: String
  let admission: Admission
  /// By table, whole lines.
  private var lines: [String: [UInt8]] = [:]
  /// What stands in them already, by table.
  private var known: [String: Set<[Cell]>] = [:]
  private var sets: [FactTable: Set<Int64>] = [:]
  private var waiting = 0
  /// Reports whose facts are written.
  public private(set) var reports = 0
  public private(set) var refusals: [Refusal] = []

  /// - Parameters:
  ///   - folder: made if it is not there; what else is in it stays.
  ///   - now: after which a report is refused as of the future; `nil`: none is, for facts do not depend on a clock.
  public init(in folder: String, now: UTCTime? = nil) {
    self.folder = folder
    admission = Admission(now: now ?? UTCTime(secondsSince1970: UInt64(Int32.max) * 100) ?? .epoch)
  }

  /// Whether there is a folder of each table in it.
  public static func isFolder(_ path: String) -> Bool {
    SchemaTable.all.allSatisfy { Folder.names("\(path)/\($0.factName)") != nil }
  }

  /// The facts of reports, segments and stores. Errors: a path that is not there, or what cannot be written.
  ///
  /// - Parameters:
  ///   - provider: of reports whose path names none.
  ///   - region: the same.
  public mutating func take(
    _ paths: [String], provider: String = HostIdentity.defaultProvider,
    region: String = HostIdentity.defaultRegion
  ) throws(InputError) {
    for table in SchemaTable.all { try StoreFiles.makeFolder("\(folder)/\(table.factName)") }
    let stores = paths.filter(Store.isStore)
    let others = paths.filter { !Store.isStore($0) }
    if !others.isEmpty {
      try take(try Deliveries(others, provider: provider, region: region))
      try flush()
    }
    for path in stores { try take(store: try Store(at: path, creating: false, reading: true)) }
  }

  private mutating func take(_ deliveries: consuming Deliveries) throws(InputError) {
    while let item = deliveries.next() {
      switch item {
      case .refusal(let refusal): try add(refusal)
      case .delivery(let delivery):
        do throws(Refusal) {
          switch try admission.admit(delivery) {
          case .report(let report): add(report, signedBy: report.signedBy)
          case .proof(let proof): add(proof)
          }
        } catch { try add(error) }
      }
      if waiting >= Self.batch { try flush() }
    }
  }

  private mutating func add(_ refusal: Refusal) throws(InputError) {
    refusals.append(refusal)
    add(
      "rejected",
      [refusal.subject, refusal.reason.rawValue, refusal.digest, refusal.source, refusal.detail, ""].map {
        .text($0)
      })
    waiting += 1
  }

  private mutating func add(_ proof: AdmittedProof) {
    add(
      "proof",
      [
        proof.provider, proof.hardwareClass, proof.capability, proof.provenAt, proof.means, proof.digest,
      ].map { .text($0) })
  }

  /// - Parameter segment: and its line, where the bytes are; empty: nobody asks for them.
  mutating func add(_ report: AdmittedReport, signedBy: String, segment: String = "", line: Int = 0) {
    let host = Cell.integer(report.host.key)
    let (provider, region, name) = (report.host.provider, report.host.region, report.host.name)
    add("machine", [host, .text(provider), .text(region), .text(name)])
    add(
      "report",
      [
        host, .text(report.observedAt), .text(report.digest), .text(signedBy), .text(segment),
        .integer(Int64(line)),
      ])
    add("host_seen", [host, .text(report.observedAt), .text(report.digest)] + report.facts.span)
    if report.facts.sets.contains(where: { isNew($0) }) {
      report.facts.eachRow { table, row in add(table.rawValue, row) }
    }
    reports += 1
    waiting += 1
  }

  /// Sets of one number are the same; most of a report's stand there already.
  private mutating func isNew(_ set: FactSet) -> Bool {
    sets[set.table, default: []].insert(set.number).inserted
  }

  /// - Parameter row: in the order of the table's fact columns.
  mutating func add(_ table: String, _ row: [Cell]) {
    guard known[table, default: []].insert(row).inserted, let columns = Self.columns[table] else { return }
    var line: [UInt8] = []
    for (name, cell) in zip(columns, row) {
      line += (line.isEmpty ? "{\"" : ",\"").utf8
      line += "\(name)\":".utf8
      switch cell {
      case .integer(let value): line += "\(value)".utf8
      case .text(let text): JSONValue.string(text).write(into: &line)
      }
    }
    lines[table, default: []] += line + [UInt8(ascii: "}"), UInt8(ascii: "\n")]
  }

  private static let columns = Dictionary(
    uniqueKeysWithValues: SchemaTable.all.map { ($0.factName, $0.factColumns.map(\.name)) })

  /// Named by what reports there are, and what was refused, proven and signed.
  mutating func flush() throws(InputError) {
    defer {
      lines.removeAll(keepingCapacity: true)
      known.removeAll(keepingCapacity: true)
      sets.removeAll(keepingCapacity: true)
      waiting = 0
    }
    guard !lines.isEmpty else { return }
    let name = Digest.hex(["report", "rejected", "proof"].flatMap { (lines[$0] ?? []) + [0] }).prefix(32)
    for table in SchemaTable.all {
      try OutputFile.write(lines[table.factName] ?? [], to: "\(folder)/\(table.factName)/part-\(name).ndjson")
    }
  }
}
