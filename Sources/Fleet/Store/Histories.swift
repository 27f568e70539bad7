// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import GRDB
import Tables
public import Tape

/// How the capabilities of every host went, in time: what the query `history` answers, for a fleet of any size at once.
public struct Histories: Sendable {
  /// A state and how long it held.
  public struct Stretch: Sendable, Hashable {
    public let capability, from: String
    /// Empty: still so.
    public let to: String
    public let state, layer, reason, because: String
  }

  private struct Span { let from, to: String, set: Int64 }
  private struct Fact { let capability, state, layer, reason, because: String }

  private let spans: [Int64: [Span]]
  private let sets: [Int64: [Int64]]
  private let facts: [Int64: Fact]

  init(_ database: Database, only capability: String) throws {
    var spans: [Int64: [Span]] = [:]
    let rows = try Row.fetchCursor(
      database,
      sql: "SELECT host, valid_from, valid_to, capabilities FROM host_span ORDER BY host, valid_from")
    while let row = try rows.next() {
      spans[row[0], default: []].append(Span(from: row[1], to: row[2], set: row[3]))
    }
    self.spans = spans
    var facts: [Int64: Fact] = [:]
    let said = try Row.fetchCursor(
      database, sql: "SELECT fact, capability, state, layer, reason, because FROM capability_fact")
    while let row = try said.next() {
      let own: String = row[1]
      guard capability.isEmpty || own == capability else { continue }
      facts[row[0]] = Fact(
        capability: row[1], state: row[2], layer: row[3], reason: row[4], because: row[5])
    }
    self.facts = facts
    var sets: [Int64: [Int64]] = [:]
    let members = try Row.fetchCursor(
      database, sql: "SELECT set_id, fact FROM capability_set ORDER BY set_id")
    while let row = try members.next() {
      let fact: Int64 = row[1]
      if facts[fact] != nil { sets[row[0], default: []].append(fact) }
    }
    self.sets = sets
  }

  /// By capability, then by time.
  public func of(_ host: HostIdentity) -> [Stretch] {
    var open: [Int64: (from: String, to: String)] = [:]
    var closed: [Stretch] = []
    func close(_ number: Int64, _ time: (from: String, to: String)) {
      guard let fact = facts[number] else { return }
      closed.append(
        Stretch(
          capability: fact.capability, from: time.from, to: time.to == Spans.forever ? "" : time.to,
          state: fact.state, layer: fact.layer, reason: fact.reason, because: fact.because))
    }
    for span in spans[host.key] ?? [] {
      let now = Set(sets[span.set] ?? [])
      for (number, time) in open where !now.contains(number) || time.to != span.from {
        close(number, time)
        open[number] = nil
      }
      for number in now { open[number] = (open[number]?.from ?? span.from, span.to) }
    }
    for (number, time) in open { close(number, time) }
    return closed.sorted { a, b in
      a.capability == b.capability
        ? a.from < b.from : a.capability.utf8.lexicographicallyPrecedes(b.capability.utf8)
    }
  }
}

extension Store {
  /// Of the capability that the scope lets through, and of all hosts.
  public func histories(in scope: Scope) throws(InputError) -> Histories {
    do { return try queue.read { try Histories($0, only: scope.capability) } } catch {
      throw Self.refusal(path, error)
    }
  }
}
