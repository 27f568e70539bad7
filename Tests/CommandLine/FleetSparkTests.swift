// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

/// hostcap and whatever stands where Spark's program should. Spark itself: make test-spark.
@Suite struct FleetSparkTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// A folder with a `bin/spark-sql` that does this.
  private func spark(_ script: String) throws -> String {
    let home = folder.file("spark")
    let program = home.appending(path: "bin/spark-sql")
    try FileManager.default.createDirectory(
      at: program.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data("#!/bin/sh\n\(script)\n".utf8).write(to: program)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program.path)
    return home.path
  }

  private var arguments: [String] {
    get throws {
      let report = #"{"machine":"acme/r1/n1","report":{}}"#
      let file = try folder.write(report.utf8, "reports.ndjson")
      let facts = folder.file("facts").path
      _ = try Program.hostcap.run(["fleet", "facts", file, "--output", facts])
      return [
        "fleet", "query", "span", "--engine", "spark", "--master", "spark://127.0.0.1:9", "--data", facts,
        "--format", "csv",
      ]
    }
  }

  private func run(_ script: String, _ more: [String] = []) throws -> Program.Result {
    try Program.hostcap.run(
      try arguments + ["--spark-home", try spark(script)] + more, environment: ["TMPDIR": try temporary()])
  }

  private func temporary() throws -> String {
    let path = folder.file("tmp").path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    return path
  }

  private var left: [String] {
    get throws { try FileManager.default.contentsOfDirectory(atPath: try temporary()) }
  }

  /// A process, also after five seconds.
  private func runs(_ process: String) -> Bool {
    for _ in 0..<50 {
      let status = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)
      guard let status, !status.contains(") Z ") else { return false }
      usleep(100_000)
    }
    return true
  }

  @Test func rowsAreDrawnLikeSQLites() throws {
    let result = try run(
      """
      echo "$SPARK_LOCAL_IP $LC_ALL $*" >&2
      for last; do :; done
      grep -q "^SELECT 'answer 0';" "$last" || exit 9
      cat <<'ROWS'
      answer 0
      {"oldest":"2026-11-26T10:00:00Z","newest":"a,\\"b\\nc","reports":7}
      end
      ROWS
      """)
    #expect(result.complaint == "")
    #expect(result.text == "oldest,newest,reports\r\n2026-11-26T10:00:00Z,\"a,\"\"b\nc\",7\r\n")
    #expect(result.status == 0)
    #expect(try left == [])
  }

  @Test func whatSparkSaysIsOneLineAndALog() throws {
    let result = try run(
      """
      echo '26/11/27 WARN noise' >&2; echo '[PATH_NOT_FOUND] Path does not exist: file:/x. SQLSTATE: 42K03' >&2
      echo '\tat org.apache.spark' >&2; exit 1
      """)
    #expect(result.status == 2)
    #expect(result.complaint.split(separator: "\n").count == 1)
    #expect(result.complaint.contains("[PATH_NOT_FOUND] Path does not exist: file:/x."))
    let log = try #require(result.complaint.split(separator: " ").last).dropLast()
    #expect(try String(contentsOfFile: String(log), encoding: .utf8).contains("noise"))
  }

  @Test func halfAnAnswerIsNone() throws {
    let result = try run("echo 'answer 0'")
    #expect(result.status == 2)
    #expect(result.output.isEmpty)
    #expect(result.complaint.contains("ends before its end"))
  }

  @Test func whoWaitsForEverIsEnded() throws {
    let marks = folder.file("marks").path
    let result = try run(
      """
      echo 'WARN Initial job has not accepted any resources' >&2
      sleep 600 & echo $$ $! > \(marks); wait
      """, ["--timeout", "1"])
    #expect(result.status == 2)
    #expect(
      result.complaint.contains("had no answer after 1 s (--timeout); no worker of spark://127.0.0.1:9 has"))
    let processes = try String(contentsOfFile: marks, encoding: .utf8).split(whereSeparator: \.isWhitespace)
    #expect(processes.count == 2)
    for process in processes { #expect(!runs(String(process))) }
  }

  @Test(arguments: [SIGINT, SIGTERM, SIGHUP]) func whoEndsUsEndsSpark(_ signal: Int32) throws {
    let marks = folder.file("marks").path
    let process = Process()
    process.executableURL = Program.hostcap.url
    process.arguments =
      try arguments + ["--spark-home", try spark("sleep 600 & echo $$ $! > \(marks); wait")]
    process.environment = ["PATH": "/usr/bin:/bin", "TMPDIR": try temporary()].merging(Program.unsearched) {
      $1
    }
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    var processes: [Substring] = []
    let text = { (try? String(contentsOfFile: marks, encoding: .utf8)) ?? "" }
    for _ in 0..<300 where processes.count < 2 {
      usleep(100_000)
      processes = text().split(whereSeparator: \.isWhitespace)
    }
    #expect(processes.count == 2)
    kill(process.processIdentifier, signal)
    process.waitUntilExit()
    #expect(process.terminationReason == .uncaughtSignal)
    #expect(process.terminationStatus == signal)
    for process in processes { #expect(!runs(String(process))) }
    #expect(try left == [])
  }

  @Test func whereSparkIsHasToBeSaid() throws {
    let result = try Program.hostcap.run(
      try arguments + ["--spark-home", "/nowhere"], environment: ["TMPDIR": try temporary()])
    #expect(result.status == 2)
    #expect(
      result.complaint.contains("/nowhere/bin/spark-sql: is not there: --spark-home, SPARK_HOME or PATH"))
  }

  @Test func dataThatIsNotThereIsRefusedAtOnce() throws {
    for data in ["/nowhere", "a'b", "facts*"] {
      let result = try Program.hostcap.run(["fleet", "query", "span", "--engine", "spark", "--data", data])
      #expect(result.status == 2)
      #expect(result.complaint.split(separator: "\n").count == 1)
      #expect(result.complaint.contains(data))
    }
    #expect(try Program.hostcap.run(["fleet", "query", "span", "--engine", "spark"]).status == 64)
    #expect(try Program.hostcap.run(["fleet", "query", "span", "--master", "local"]).status == 64)
  }
}
