// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import GRDB
import LiveHost
import StrictJSON
public import Tape

extension Store {
  /// Something that is not as it should be.
  public struct Trouble: Sendable, Hashable {
    public let text: String
    /// Only takes room.
    public let isHarmless: Bool
  }

  /// Everything that is wrong: the database's own check, spans, sets, and the bytes of every report against their digest.
  public func examine(repairing: Bool) throws(InputError) -> [Trouble] {
    do {
      var troubles = try queue.read { database in try Self.check(database) }
      guard let folder else { return troubles }
      let named = try queue.read { database in
        try String.fetchSet(database, sql: "SELECT DISTINCT segment FROM report")
      }
      let there = Set(StoreFiles.segments(in: folder))
      for name in there.subtracting(named).sorted() { troubles += try spare(name, in: folder, repairing) }
      for name in named.sorted() { troubles += try check(segment: name, in: folder) }
      return troubles
    } catch { throw Self.refusal(path, error) }
  }

  /// A segment that no row names: what an interrupted ingest leaves, or all that is left of a lost database. It goes only
  /// if the database has every report in it from elsewhere, and while nobody ingests.
  private func spare(_ name: String, in folder: String, _ repairing: Bool) throws -> [Trouble] {
    let path = "\(folder)/segments/\(name)"
    func look(_ database: Database) throws -> [Trouble] {
      guard
        try Int.fetchOne(database, sql: "SELECT COUNT(*) FROM report WHERE segment = ?", arguments: [name])
          == 0
      else { return [] }
      let known = try String.fetchSet(database, sql: "SELECT digest FROM report")
      var file = try LineFile(path, limit: Segment.lineLimit)
      var lost = 0
      while let line = try file.next() {
        guard let report = line.bytes.flatMap(Segment.report), known.contains(Digest.hex(report)) else {
          lost += 1
          continue
        }
      }
      if lost > 0 {
        return [
          Trouble(
            text: "segments/\(name): \(lost) lines that no row knows, as an interrupted ingest leaves; "
              + "hostcap fleet ingest \(path) --db \(folder) takes what they hold", isHarmless: true)
        ]
      }
      if repairing { try StoreFiles.remove(path) }
      let done = repairing ? "removed" : "--repair removes it"
      return [
        Trouble(text: "segments/\(name): every report of it is elsewhere too: \(done)", isHarmless: true)
      ]
    }
    return repairing ? try queue.write(look) : try queue.read(look)
  }

  private static func check(_ database: Database) throws -> [Trouble] {
    try String.fetchAll(database, sql: "PRAGMA quick_check").filter { $0 != "ok" }
      .map { Trouble(text: "database: \($0)", isHarmless: false) }
      + FactCheck(database: database).lines().map { Trouble(text: $0, isHarmless: false) }
  }

  private func check(segment name: String, in folder: String) throws -> [Trouble] {
    let rows = try queue.read { database in
      try Row.fetchAll(
        database, sql: "SELECT line, digest, host FROM report WHERE segment = ? ORDER BY line",
        arguments: [name])
    }
    let wanted: [Int: String] = Dictionary(rows.map { ($0[0], $0[1]) }) { first, _ in first }
    let path = "\(folder)/segments/\(name)"
    guard StoreFiles.exists(path) else {
      return [
        Trouble(text: "segments/\(name): is not there; \(rows.count) reports are lost", isHarmless: false)
      ]
    }
    var left = Set(wanted.keys)
    var troubles: [Trouble] = []
    var file = try LineFile(path, limit: Segment.lineLimit)
    while let line = try file.next() {
      guard let digest = wanted[line.number] else { continue }
      left.remove(line.number)
      if let bytes = line.bytes, let original = Segment.report(bytes), Digest.hex(original) == digest {
        continue
      }
      troubles.append(
        Trouble(text: "segments/\(name): line \(line.number) is not the report it was", isHarmless: false))
    }
    if !left.isEmpty {
      troubles.append(Trouble(text: "segments/\(name): \(left.count) reports are missing", isHarmless: false))
    }
    return troubles
  }
}
