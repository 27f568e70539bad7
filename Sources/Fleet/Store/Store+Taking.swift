// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import GRDB

extension Store {
  /// What became of a batch.
  struct Taken {
    var new = 0
    /// There already.
    var known = 0
    var refused: [Refusal] = []
  }

  /// Takes reports in, all of them or none: the segment with the bytes of those that are new, the rows, and what was
  /// refused are one transaction, during which nobody else writes. The segment is on disk before any row says so.
  ///
  /// - Parameter lines: of a segment, one of each report; empty: nothing is kept.
  func take(
    _ reports: [ReportEntry], _ lines: [[UInt8]], _ proofs: [AdmittedProof], _ refusals: [Refusal],
    now: String
  ) throws -> Taken {
    kept = nil
    return try queue.write { database in
      var taken = Taken()
      taken.refused = refusals
      let news =
        folder == nil ? reports.map { _ in false } : try reports.map { try Self.isNews($0, database) }
      var segment = ""
      if let folder, lines.count == reports.count, news.contains(true) {
        let content = zip(lines, news).flatMap { $1 ? $0 : [] }
        segment = try Segment.write(content, below: folder)
      }
      var place = 0
      let batch = zip(reports, news).map { report, isNew in
        if isNew { place += 1 }
        return (report, line: place)
      }
      do { taken = try Self.write(batch[...], segment, database, taken) } catch let error as DatabaseError
        where error.resultCode == .SQLITE_CONSTRAINT
      {
        // One of them cannot be: each by itself, then.
        for one in batch.indices {
          do { taken = try Self.write(batch[one...one], segment, database, taken) } catch let error
            as DatabaseError where error.resultCode == .SQLITE_CONSTRAINT
          {
            let report = batch[one].0
            taken.refused.append(
              Refusal(
                .notAReport, "is no report: \(error.message ?? "two rows say different things of one")",
                source: report.source, subject: "\(report.host)", digest: report.digest))
          }
        }
      }
      for proof in proofs { try Self.take(proof, database, &taken) }
      for refusal in taken.refused { try Self.note(refusal, now, database) }
      return taken
    }
  }

  /// All of them or none.
  private static func write(
    _ batch: ArraySlice<(ReportEntry, line: Int)>, _ segment: String, _ database: Database, _ before: Taken
  ) throws -> Taken {
    var taken = before
    try database.inSavepoint {
      let spans = try Spans(database)
      var facts = FactWriter(database)
      for (report, line) in batch {
        try take(report, segment, line: line, spans, &facts, database, &taken)
      }
      return .commit
    }
    return taken
  }

  /// Whether these bytes are not there yet.
  private static func isNews(_ report: ReportEntry, _ database: Database) throws -> Bool {
    let known = try String.fetchOne(
      database.cachedStatement(sql: "SELECT digest FROM report WHERE host = ? AND observed_at = ?"),
      arguments: [report.host.key, report.observedAt])
    return known != report.digest
  }

  private static func take(
    _ report: ReportEntry, _ segment: String, line: Int, _ spans: Spans, _ facts: inout FactWriter,
    _ database: Database, _ taken: inout Taken
  ) throws {
    let host = report.host.key
    let isFirst = try isNew(report.host, host, database)
    let older =
      isFirst
      ? nil
      : try String.fetchOne(
        database.cachedStatement(sql: "SELECT digest FROM report WHERE host = ? AND observed_at = ?"),
        arguments: [host, report.observedAt])
    if let older {
      if older == report.digest {
        taken.known += 1
        // Who vouches for it may have come later.
        if !report.signedBy.isEmpty {
          try database.cachedStatement(
            sql: "UPDATE report SET signed_by = ? WHERE host = ? AND observed_at = ? AND signed_by = ''"
          ).execute(arguments: [report.signedBy, host, report.observedAt])
        }
        return
      }
      // Two reports of one second: which stays must not depend on which came first.
      let loser = max(older, report.digest)
      taken.refused.append(
        Refusal(
          .conflict,
          "\(report.host) has two reports of \(report.observedAt): a cloned host, or two of one name",
          source: "\(report.host)", subject: "\(report.host)", digest: loser))
      if loser == report.digest { return }
      taken.new -= 1
    }
    try database.cachedStatement(
      sql: """
        INSERT OR REPLACE INTO report (host, observed_at, digest, signed_by, segment, line) VALUES (?, ?, ?, ?, ?, ?)
        """
    ).execute(arguments: [host, report.observedAt, report.digest, report.signedBy, segment, line])
    let next =
      isFirst
      ? nil
      : try String.fetchOne(
        database.cachedStatement(
          sql: "SELECT MIN(observed_at) FROM report WHERE host = ? AND observed_at > ?"),
        arguments: [host, report.observedAt])
    try facts.write(report.facts)
    try spans.lay(
      report.facts.span, of: host, from: report.observedAt, until: next ?? Spans.forever,
      isFirst: isFirst)
    taken.new += 1
  }

  private static func take(_ proof: AdmittedProof, _ database: Database, _ taken: inout Taken) throws {
    try database.cachedStatement(
      sql: """
        INSERT OR IGNORE INTO proof (provider, class, capability, proven_at, means, digest) VALUES (?, ?, ?, ?, ?, ?)
        """
    ).execute(arguments: [
      proof.provider, proof.hardwareClass, proof.capability, proof.provenAt, proof.means, proof.digest,
    ])
    if database.changesCount > 0 { taken.new += 1 } else { taken.known += 1 }
  }

  /// Whether nothing is known of the host yet. Errors: its number is another host's.
  private static func isNew(_ identity: HostIdentity, _ host: Int64, _ database: Database) throws -> Bool {
    try database.cachedStatement(
      sql: "INSERT INTO machine (host, provider, region, name) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING"
    )
    .execute(arguments: [host, identity.provider, identity.region, identity.name])
    if database.changesCount > 0 { return true }
    let known = try Row.fetchOne(
      database.cachedStatement(sql: "SELECT provider, region, name FROM machine WHERE host = ?"),
      arguments: [host])
    let names: [String] = known?.map { String.fromDatabaseValue($0.1) ?? "" } ?? []
    guard names == [identity.provider, identity.region, identity.name] else {
      throw DatabaseError(message: "\(identity) and \(names.joined(separator: "/")) have one number")
    }
    return false
  }

  /// The first source in the order of bytes stands for all that brought the same.
  private static func note(_ refusal: Refusal, _ now: String, _ database: Database) throws {
    try database.cachedStatement(
      sql: """
        INSERT INTO rejected (subject, reason, digest, source, detail, noticed_at) VALUES (?, ?, ?, ?, ?, ?)
        ON CONFLICT DO UPDATE SET source = MIN(source, excluded.source), detail = MIN(detail, excluded.detail)
        """
    ).execute(arguments: [
      refusal.subject, refusal.reason.rawValue, refusal.digest, refusal.source, refusal.detail, now,
    ])
  }
}
