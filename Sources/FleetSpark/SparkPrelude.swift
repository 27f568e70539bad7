// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Fleet

/// The tables for Spark, as temporary views over fact files: with types from the schema, never inferred.
///
/// Facts are of reports; what the store does when it takes a report is done here by window functions. Of two reports of
/// one host and second the one with the smaller digest stays, the other is refused; what came twice is there once; a report
/// holds until the next, and what is the same before and behind grows together.
public struct SparkPrelude: Sendable {
  /// Folders of facts: absolute paths, or URLs that Spark can read.
  public let folders: [String]

  public init(_ folders: [String]) { self.folders = folders }

  /// Statements that make a table, each with its semicolon.
  func sql(of table: SchemaTable) -> String { "\(files(table))\n\(self.table(table))" }

  /// Other tables that it is made of.
  static func reads(_ table: SchemaTable) -> Set<String> {
    table.name == "rejected" ? ["machine", "report"] : []
  }

  /// A view of a table's fact files in all folders. A line that is no such fact ends the query, and so does a column that
  /// is not there.
  private func files(_ table: SchemaTable) -> String {
    let name = table.factName
    let types = table.factColumns.map { "\($0.name) \($0.isInteger ? "BIGINT" : "STRING")" }.joined(
      separator: ", ")
    let whole = table.factColumns.map { column in
      "COALESCE(\(column.name), raise_error('a fact of \(name) has no \(column.name)')) AS \(column.name)"
    }.joined(separator: ", ")
    let views = folders.enumerated().map { number, folder in
      """
      CREATE OR REPLACE TEMPORARY VIEW file_\(number)_\(name) (\(types)) USING json
      OPTIONS (path '\(folder)/\(name)', mode 'FAILFAST', encoding 'UTF-8', recursiveFileLookup 'true');

      """
    }
    let all = folders.indices.map { "SELECT \(whole) FROM file_\($0)_\(name)" }.joined(
      separator: "\nUNION ALL ")
    return "\(views.joined())CREATE OR REPLACE TEMPORARY VIEW fact_\(name) AS\n\(all);"
  }

  private func table(_ table: SchemaTable) -> String {
    let query =
      switch table.name {
      case "report": Self.reports(table)
      case "rejected": Self.refusals(table)
      default:
        table.isSpan
          ? Self.spans(table) : "SELECT DISTINCT \(Self.list(table.columns)) FROM fact_\(table.name)"
      }
    return "CREATE OR REPLACE TEMPORARY VIEW \(table.name) AS\n\(query);"
  }

  private static func list(_ columns: [SchemaTable.Column]) -> String {
    columns.map(\.name).joined(separator: ", ")
  }

  /// Of a host's reports of one second the one that stays; of the same report twice one that somebody has signed.
  private static func reports(_ table: SchemaTable) -> String {
    """
    SELECT \(list(table.columns))
    FROM (SELECT \(list(table.columns)),
                 ROW_NUMBER() OVER (PARTITION BY host, observed_at ORDER BY digest, signed_by DESC, segment, line) AS place
          FROM fact_report) t
    WHERE place = 1
    """
  }

  private static func spans(_ table: SchemaTable) -> String {
    let facts = list(table.facts)
    let same = table.facts.map { "LAG(\($0.name)) OVER w = \($0.name)" }.joined(separator: " AND ")
    return """
      SELECT host, MIN(observed_at) AS valid_from, MAX(until_at) AS valid_to, \(facts)
      FROM (SELECT host, observed_at, until_at, \(facts),
                   SUM(begins) OVER (PARTITION BY host ORDER BY observed_at) AS stretch
            FROM (SELECT host, observed_at, \(facts), LEAD(observed_at, 1, '9999') OVER w AS until_at,
                         CASE WHEN \(same) THEN 0 ELSE 1 END AS begins
                  FROM (SELECT host, observed_at, \(facts),
                               ROW_NUMBER() OVER (PARTITION BY host, observed_at ORDER BY digest) AS place
                        FROM fact_\(table.factName)) f
                  WHERE place = 1
                  WINDOW w AS (PARTITION BY host ORDER BY observed_at)) t) s
      GROUP BY host, stretch, \(facts)
      """
  }

  /// The same refused twice is one row, under the first of its sources.
  private static func refusals(_ table: SchemaTable) -> String {
    let key = table.key.joined(separator: ", ")
    let rest = table.columns.map(\.name).filter { !table.key.contains($0) }
    return """
      SELECT \(key), \(rest.map { "MIN(\($0)) AS \($0)" }.joined(separator: ", "))
      FROM (SELECT \(key), \(rest.joined(separator: ", ")) FROM fact_rejected
            UNION ALL
            SELECT name AS subject, 'conflict' AS reason, digest, name AS source,
                   name || ' has two reports of ' || observed_at || ': a cloned host, or two of one name' AS detail,
                   '' AS noticed_at
            FROM (SELECT m.provider || '/' || m.region || '/' || m.name AS name, r.observed_at AS observed_at,
                         r.digest AS digest, MIN(r.digest) OVER (PARTITION BY r.host, r.observed_at) AS least
                  FROM fact_report r JOIN machine m ON m.host = r.host) c
            WHERE digest <> least) t
      GROUP BY \(key)
      """
  }
}
