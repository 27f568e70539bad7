// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Fleet
import FleetSpark
import HostModel
import Testing

@Suite struct SparkScriptTests {
  private static let scope = Scope(at: UTCTime("2026-11-26T12:00:00Z") ?? .epoch)

  private static func text(_ queries: [Query], _ folders: [String] = ["/facts"]) -> String {
    SparkScript([SparkScript.Part(queries, in: scope)], over: SparkPrelude(folders)).sql
  }

  /// Nothing is changed for Spark.
  @Test(arguments: Query.all) func aQueryStandsThereAsItIs(_ query: Query) {
    #expect(Self.text([query]).contains("FROM (\n\(query.sql)\n) answer;"))
  }

  @Test func everyColumnHasATypeAndIsThere() {
    let text = Self.text(Query.all)
    for table in SchemaTable.all {
      let types = table.factColumns.map { "\($0.name) \($0.isInteger ? "BIGINT" : "STRING")" }
      let view = "file_0_\(table.factName) (\(types.joined(separator: ", "))) USING json"
      #expect(text.contains(view), "\(table.name)")
      #expect(text.contains("path '/facts/\(table.factName)', mode 'FAILFAST'"))
    }
  }

  /// A view is made after those that it reads, and only if somebody reads it.
  @Test func onlyWhatIsReadIsMade() throws {
    let text = Self.text([try #require(Query.named("rejected"))])
    #expect(text.contains("TEMPORARY VIEW fact_rejected "))
    #expect(text.contains("TEMPORARY VIEW fact_report "))
    #expect(!text.contains("host_seen"))
    #expect(!text.contains("standing"))
    let span = Self.text([try #require(Query.named("span"))])
    #expect(!span.contains("capability_set"))
  }

  @Test func severalFoldersAreOneTable() throws {
    let text = Self.text([try #require(Query.named("span"))], ["/a", "s3a://b/c"])
    #expect(text.contains("path '/a/report'"))
    #expect(text.contains("path 's3a://b/c/report'"))
    #expect(text.contains("FROM file_0_report\nUNION ALL SELECT"))
  }

  /// What was kept of one moment is not taken for another.
  @Test func everyMomentHasViewsOfItsOwn() throws {
    let query = try #require(Query.named("summary"))
    let parts = [Self.scope, Self.scope.earlier(byWeeks: 1)].map { SparkScript.Part([query], in: $0) }
    let text = SparkScript(parts, over: SparkPrelude(["/facts"])).sql
    #expect(text.split(separator: "CREATE OR REPLACE TEMPORARY VIEW reporting AS").count == 3)
    #expect(text.split(separator: "UNCACHE TABLE IF EXISTS reporting;").count == 2)
    #expect(text.split(separator: "CREATE OR REPLACE TEMPORARY VIEW host_span AS").count == 2)
    #expect(text.contains("SELECT 'answer 0';"))
    #expect(text.contains("SELECT 'answer 1';"))
    #expect(text.hasSuffix("SELECT 'end';\n"))
  }
}
