// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Fleet
import FleetSpark
import Foundation
import HostModel
import Tables
import Tape
import Testing

@Suite struct SparkAnswersTests {
  private static let query = Query(
    name: "own", sql: "-- Own.\n--   a  public\n--   n  count\nSELECT a, n FROM t")

  private static func script(_ times: Int = 1) throws -> SparkScript {
    let query = try #require(query)
    let scope = Scope(at: UTCTime("2026-11-26T12:00:00Z") ?? .epoch)
    let queries = [Query](repeating: query, count: times)
    return SparkScript([SparkScript.Part(queries, in: scope)], over: SparkPrelude(["/facts"]))
  }

  private static func tables(_ text: String, of script: SparkScript) throws -> [ResultTable] {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("rows-\(UUID().uuidString)").path
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    return try SparkAnswers.tables(script, from: path)
  }

  @Test func rowsAreCells() throws {
    let text = #"""
      answer 0
      {"a":"tab\there\nnew line \\t \u00E9\uD83D\uDCA5","n":9223372036854775807}
      {"a":"","n":-9223372036854775808}
      {"a":"NULL","n":null}
      answer 1
      end

      """#
    let tables = try Self.tables(text, of: Self.script(2))
    #expect(tables.map(\.name) == ["own", "own"])
    #expect(tables[0].title == "Own.")
    #expect(
      tables[0].rows == [
        [.text("tab\there\nnew line \\t é💥"), .integer(.max)], [.text(""), .integer(.min)],
        [.text("NULL"), .text("")],
      ])
    #expect(tables[1].rows == [])
  }

  @Test(arguments: [
    "", "answer 0\n", "answer 0\n{\"a\":\"\",\"n\":1}\n", "end\n", "answer 1\nend\n", "answer 0\nend\nend\n",
    "answer 0\nanswer 0\nend\n", "{\"a\":\"\",\"n\":1}\nanswer 0\nend\n", "answer 0\n\nend\n",
    "answer 0\n{\"a\":\"\"}\nend\n", "answer 0\n{\"n\":1,\"a\":\"\"}\nend\n",
    "answer 0\n{\"a\":\"\",\"n\":1.5}\nend\n",
    "answer 0\n{\"a\":\"\",\"n\":1,\"b\":1}\nend\n", "answer 0\n{\"a\":true,\"n\":1}\nend\n",
    "answer 0\n{\"a\":\"\nend\n",
  ])
  func halfAnAnswerIsNone(_ text: String) throws {
    let script = try Self.script()
    #expect(throws: InputError.self) { _ = try Self.tables(text, of: script) }
  }
}
