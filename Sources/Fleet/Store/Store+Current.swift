// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import GRDB
import HostModel
import LiveHost
public import Planning
import Tables
public import Tape

/// A host's last report as it came.
public struct CurrentReport: Sendable {
  public let host: HostIdentity
  public let observedAt: String
  /// Fingerprint of the key; empty: nobody asked for a signature.
  public let signedBy: String
  /// Too old to count.
  public let isExpired: Bool
  public let bytes: [UInt8]
  /// What it says; nothing is known any more once it is expired.
  public let record: HostRecord
}

extension Store {
  /// Hands out the last report of each host that the scope lets through.
  ///
  /// - Parameters:
  ///   - paths: where the reports lie, for a store that keeps none.
  ///   - work: what is made of one, in any of several threads.
  ///   - take: gets that, one after the other.
  public func eachCurrent<Made: Sendable>(
    in scope: Scope, from paths: [String] = [], provider: String = HostIdentity.defaultProvider,
    region: String = HostIdentity.defaultRegion, work: @Sendable (CurrentReport) -> Made,
    take: (Made) throws -> Void
  ) throws {
    if paths.contains("-") {
      throw InputError("-", "can be read once only: ingest it into a store, or name a file")
    }
    let wanted = try current(in: scope)
    let segments = Set(wanted.values.map(\.segment)).sorted().map { "\(folder ?? "")/segments/\($0)" }
    // What was let in once is let in again: the clock was asked then.
    var door = Admission(now: UTCTime(secondsSince1970: UInt64(Int32.max) * 100) ?? scope.at)
    door.isOwn = folder != nil
    let admission = door
    var left = Set(wanted.keys)
    var deliveries: Deliveries? = try Deliveries(
      folder == nil ? paths : segments, provider: provider, region: region)
    let threads = OrderedWork.processors
    try OrderedWork.run(threads: threads, ahead: threads * 3) {
      DeliveryPiece(of: &deliveries)
    } work: { piece in
      piece.items.compactMap { item -> (Int64, Made)? in
        guard case .delivery(let delivery) = item, case .report(let report)? = try? admission.admit(delivery),
          let row = wanted[report.host.key], row.digest == report.digest, row.observedAt == report.observedAt
        else { return nil }
        return (report.host.key, work(CurrentReport(report, row)))
      }
    } take: { made in
      for (host, one) in made where left.remove(host) != nil { try take(one) }
    }
    guard left.isEmpty else {
      throw InputError(
        folder ?? paths.joined(separator: " "),
        "the bytes of \(left.count) reports are not there or have changed: hostcap fleet doctor says which")
    }
  }

  /// The hosts for planning.
  public func records(
    in scope: Scope, from paths: [String] = [], provider: String = HostIdentity.defaultProvider,
    region: String = HostIdentity.defaultRegion
  ) throws -> [HostRecord] {
    var records: [HostRecord] = []
    try eachCurrent(in: scope, from: paths, provider: provider, region: region, work: \.record) {
      records.append($0)
    }
    return records
  }

  /// What test guests have shown, as far as it still counts.
  public func proofs(in scope: Scope) throws(InputError) -> Set<Proof> {
    let own = Query(name: "proven", sql: Self.proven)
    guard let own else { return [] }
    let rows = try answers([own], in: scope)[0].rows
    return Set(
      rows.map { Proof(provider: $0[0].text, hardwareClass: $0[1].text, capability: $0[2].text) })
  }

  private static let proven = """
    -- What test guests have shown.
    --   provider    public
    --   class       public
    --   capability  public
    SELECT provider, class, capability FROM proven
    """

  /// When each host reported, in order, by `provider/region/name`.
  public func observations(in scope: Scope) throws(InputError) -> [String: [String]] {
    guard let own = Query(name: "observations", sql: Self.observed) else { return [:] }
    var times: [String: [String]] = [:]
    for row in try answers([own], in: scope)[0].rows {
      times["\(row[0].text)/\(row[1].text)/\(row[2].text)", default: []].append(row[3].text)
    }
    return times
  }

  private static let observed = """
    -- When hosts reported.
    --   provider     public
    --   region       public
    --   name         name
    --   observed_at  day
    SELECT m.provider AS provider, m.region AS region, m.name AS name, r.observed_at AS observed_at
    FROM machine m JOIN report r ON r.host = m.host CROSS JOIN scope s
    WHERE r.observed_at <= s.at_time AND (s.one_provider = '' OR m.provider = s.one_provider)
    ORDER BY provider, region, name, observed_at
    """

  /// Every host that ever reported, sorted.
  public func hostNames() throws(InputError) -> [String] {
    do {
      return try queue.read {
        try String.fetchAll($0, sql: "SELECT DISTINCT name FROM machine ORDER BY name")
      }
    } catch { throw Self.refusal(path, error) }
  }

  fileprivate struct Row: Sendable {
    let observedAt, digest, signedBy, segment: String
    let isExpired: Bool
  }

  private func current(in scope: Scope) throws(InputError) -> [Int64: Row] {
    let sql = """
      -- The last report of each host.
      --   host         public
      --   observed_at  day
      --   digest       private
      --   signed_by    private
      --   segment      private
      --   freshness    public
      SELECT h.host AS host, h.observed_at AS observed_at, r.digest AS digest, r.signed_by AS signed_by,
             r.segment AS segment, h.freshness AS freshness
      FROM host h JOIN report r ON r.host = h.host AND r.observed_at = h.observed_at
      """
    guard let query = Query(name: "current", sql: sql) else { return [:] }
    var rows: [Int64: Row] = [:]
    for row in try answers([query], in: scope)[0].rows {
      guard let host = row[0].integer else { continue }
      rows[host] = Row(
        observedAt: row[1].text, digest: row[2].text, signedBy: row[3].text, segment: row[4].text,
        isExpired: row[5].text == "expired")
    }
    return rows
  }
}

extension CurrentReport {
  fileprivate init(_ report: AdmittedReport, _ row: Store.Row) {
    var record = report.record
    (record.provider, record.region) = (report.host.provider, report.host.region)
    (host, observedAt, signedBy) = (report.host, row.observedAt, row.signedBy)
    (isExpired, bytes) = (row.isExpired, report.bytes)
    self.record = row.isExpired ? record.expired : record
  }
}
