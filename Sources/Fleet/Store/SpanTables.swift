// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import GRDB
import Tables

/// Brings a store of schema 1, in which every fact of every host had a span of its own, to schema 2.
enum SpanTables {
  /// Old tables, and their columns in the order in which the new ones have them.
  private static let old: [(table: String, columns: [String])] = [
    ("host_span", ["environment", "class", "board", "cpu", "bios", "kernel"]),
    (
      "capability_span",
      ["capability", "state", "layer", "reason", "fix_kind", "fix", "because", "usable_from", "slots"]
    ),
    (
      "device_span",
      [
        "kind", "id", "model", "type", "memory_gib", "state", "layer", "reason", "fix_kind", "fix", "units",
      ]
    ),
    ("virtual_function_span", ["id", "physical", "total", "active", "assigned", "free"]),
    ("remark_span", ["kind", "reason", "text", "times"]),
  ]

  /// Everything or nothing: a migration is one transaction.
  static func replace(in database: Database) throws {
    for (table, _) in old { try database.execute(sql: "ALTER TABLE \(table) RENAME TO old_\(table)") }
    let same = ["machine", "report", "proof", "rejected"]
    for statement in SchemaText.statements(SchemaText.tables)
    where !same.contains(where: { statement.hasPrefix("CREATE TABLE \($0) ") }) {
      try database.execute(sql: statement)
    }
    let (spans, hosts) = (
      try Spans(database), try Int64.fetchAll(database, sql: "SELECT host FROM machine")
    )
    var facts = FactWriter(database)
    let statements = try old.map { table, columns in
      try database.makeStatement(
        sql: """
          SELECT \(columns.joined(separator: ", ")), valid_from, valid_to FROM old_\(table) WHERE host = ?
          """)
    }
    for host in hosts {
      let rows = try statements.map { statement in
        try Row.fetchAll(statement, arguments: [host]).map { row in row.map { Store.cell($0.1) } }
      }
      try write(rows, of: host, spans, &facts)
    }
    for (table, _) in old { try database.execute(sql: "DROP TABLE old_\(table)") }
  }

  /// Cuts a host's time wherever one of its facts begins or ends, and lays what held between over each stretch.
  private static func write(
    _ rows: [[[Cell]]], of host: Int64, _ spans: Spans, _ facts: inout FactWriter
  ) throws {
    let times = Set(rows.joined().flatMap { $0.suffix(2).map(\.text) }).sorted()
    var isFirst = true
    for (from, until) in zip(times, times.dropFirst()) {
      let held = rows.map { table in
        table.filter { $0[$0.count - 2].text <= from && $0[$0.count - 1].text > from }.map {
          Array($0.dropLast(2))
        }
      }
      guard let own = held[0].first else { continue }
      let said = HostFacts(
        host: own, capabilities: HostFacts.capabilities(held[1]), devices: HostFacts.devices(held[2]),
        virtualFunctions: FactSet(.virtualFunctionSet, held[3]), remarks: FactSet(.remarkSet, held[4]))
      try facts.write(said)
      try spans.lay(said.span, of: host, from: from, until: until, isFirst: isFirst)
      isFirst = false
    }
  }
}
