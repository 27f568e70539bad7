// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import GRDB
internal import Tables
import Tape

extension FactFiles {
  /// A store knows more than its segments: whose signature a report has, what was refused, and what guests have shown. What
  /// lies in a segment and is in no row of it, as an interrupted ingest leaves it, is no fact of the store.
  mutating func take(store: Store) throws(InputError) {
    do {
      let segments = try store.queue.read { database in
        try String.fetchAll(database, sql: "SELECT DISTINCT segment FROM report ORDER BY segment")
      }
      for segment in segments {
        try take(segment, of: store)
        try flush()
      }
      try store.queue.read { database in
        for table in ["proof", "rejected"] {
          let all = try Row.fetchCursor(database, sql: "SELECT * FROM \(table)")
          while let row = try all.next() { add(table, row.map { Store.cell($0.1) }) }
        }
      }
      try flush()
    } catch { throw Store.refusal(store.path, error) }
  }

  private mutating func take(_ segment: String, of store: Store) throws {
    let rows = try store.queue.read { database in
      try Row.fetchAll(
        database, sql: "SELECT host, observed_at, digest, signed_by, line FROM report WHERE segment = ?",
        arguments: [segment])
    }
    func key(_ host: Int64, _ observedAt: String, _ digest: String) -> String {
      "\(host) \(observedAt) \(digest)"
    }
    var wanted = Dictionary(rows.map { (key($0[0], $0[1], $0[2]), $0) }) { first, _ in first }
    let path = "\(store.folder ?? "")/segments/\(segment)"
    var own = admission
    own.isOwn = true
    var deliveries = try Deliveries([path])
    while let item = deliveries.next() {
      guard case .delivery(let delivery) = item, case .report(let report)? = try? own.admit(delivery),
        let row = wanted.removeValue(forKey: key(report.host.key, report.observedAt, report.digest))
      else { continue }
      add(report, signedBy: row[3], segment: segment, line: row[4])
    }
    guard wanted.isEmpty else {
      throw InputError(
        path,
        "the bytes of \(wanted.count) reports are not there or have changed: hostcap fleet doctor says which")
    }
  }
}

extension Store {
  /// Whether a store lies there.
  public static func isStore(_ folder: String) -> Bool { StoreFiles.exists("\(folder)/fleet.sqlite") }
}
