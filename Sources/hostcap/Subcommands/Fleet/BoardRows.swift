// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Fleet
import FleetSpark
import HostModel
import Tables

/// The rows that a board is made of, of whichever engine: the same rows, the same board.
struct BoardRows {
  /// How far the lines of capabilities go back.
  private static let weeks = 12

  let tables: [ResultTable]
  /// How far hosts came, week by week, the last first.
  private(set) var trend: [(at: UTCTime, funnel: ResultTable)] = []

  /// - Parameter ask: gives the answers to questions of several moments, in their order.
  init(
    of scope: Scope, isPublic: Bool, ask: ([SparkScript.Part]) throws -> [ResultTable]
  ) throws {
    let queries = Query.forBoard(isPublic: isPublic)
    let span = Query.all.filter { $0.name == "span" }
    let answers = try ask([SparkScript.Part(queries + span, in: scope)])
    tables = Array(answers.prefix(queries.count))
    guard let funnel = Query.named("funnel"), let first = answers.last?.rows.first?.first?.text,
      !first.isEmpty
    else { return }
    let moments = (0...Self.weeks).map { scope.earlier(byWeeks: $0) }.prefix { "\($0.at)" >= first }
    guard !moments.isEmpty else { return }
    let funnels = try ask(moments.map { SparkScript.Part([funnel], in: $0) })
    trend = zip(moments, funnels).map { ($0.at, $1) }
  }
}
