// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Documents
import Fleet
import FleetSpark
import LiveHost
import Tables
import Tape

struct FleetQueryCommand: ParsableCommand, FleetQuestion {
  static let configuration = CommandConfiguration(
    commandName: "query",
    abstract: "Answer one of the queries that everything else is made of; without a name, list them.",
    discussion: """
      Beyond one machine Apache Spark answers, from facts that fleet facts has written: the same text, the same rows.

      EXAMPLES:
        hostcap fleet query matrix --db fleet
        hostcap fleet query matrix --engine spark --master spark://127.0.0.1:17077 --data facts
      """)

  @Argument(help: "The query's name.") var name: String?
  @OptionGroup var source: FleetSource
  @OptionGroup var scoping: FleetScope
  @OptionGroup var form: FleetForm
  @OptionGroup var spark: SparkOptions

  @Flag(
    help: """
      Print its text, which any SQL engine takes as it is; with --engine spark all that spark-sql is told, without a name \
      for all queries.
      """)
  var sql = false

  func run() throws {
    guard let name else {
      if sql, spark.engine == .spark { return try askSpark(Query.all) }
      let rows = Query.all.map { [Cell.text($0.name), .text($0.title)] }
      let columns = [Column("query", .public), Column("answers", .public)]
      let list = ResultTable(name: "queries", title: "The queries.", columns: columns, rows: rows)
      return try form.write(list, of: scoping.scope)
    }
    guard sql || spark.engine == .spark else { return try answer(name) }
    guard let query = Query.named(name) else {
      throw ValidationError("no query \(name); hostcap fleet query lists them")
    }
    guard spark.engine == .spark else { return try OutputFile.write(Array(query.sql.utf8), to: "-") }
    try askSpark([query])
  }

  private func askSpark(_ queries: [Query]) throws {
    guard spark.data.isEmpty || source.reports.isEmpty && source.db == nil else {
      throw ValidationError("Name facts by --data, or reports, or a store by --db.")
    }
    let scope = scoping.scope
    let session = try SparkSession(spark, source, now: scoping.now)
    let parts = [SparkScript.Part(queries, in: scope)]
    defer { session.end() }
    if sql {
      try OutputFile.write(Array(session.script(parts).sql.utf8), to: "-")
    } else {
      for table in try session.answers(parts) { try form.write(table, of: scope) }
    }
    if !session.isWhole { throw ExitCode(2) }
  }
}

struct FleetSQLCommand: ParsableCommand, FleetQuestion {
  static let configuration = CommandConfiguration(
    commandName: "sql",
    abstract: "Answer a query of your own: one SELECT over the views that ours read.",
    discussion: """
      The views: host, standing (capabilities), device, virtual_function, remark, change; and, for a large fleet, the same \
      counted by what hosts have in common: standing_count, device_count, virtual_function_count, remark_count, change_count. \
      hostcap fleet query NAME --sql shows how ours read them. The store is only read.

      EXAMPLES:
        hostcap fleet sql own.sql --db fleet
        echo 'SELECT kernel, COUNT(*) AS hosts FROM host GROUP BY kernel' | hostcap fleet sql - --db fleet
      """)

  @Argument(help: "The file; - is standard input.", completion: .file(extensions: ["sql"])) var file: String
  @OptionGroup var source: FleetSource
  @OptionGroup var scoping: FleetScope
  @OptionGroup var form: FleetForm

  func run() throws {
    let text = String(decoding: try InputFile.read(file, limit: Document.sizeLimit), as: UTF8.self)
    let (store, isWhole) = try source.open(now: scoping.now)
    try form.write(try store.answer(own: text, path: file, in: scoping.scope), of: scoping.scope)
    if !isWhole { throw ExitCode(2) }
  }
}
