// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Processes
import Tape
import Testing

@Suite struct LongProgramTests {
  private let folder = TemporaryFolder()
  private var output: String { folder.path + "/output" }
  private var errors: String { folder.path + "/errors" }

  private func run(_ script: String, seconds: Int = 60) throws -> LongProgram.End {
    try LongProgram("sh", environment: [("HOSTCAP_OWN", "a b")]).run(
      ["-c", script], output: output, errors: errors, seconds: seconds)
  }

  private func text(_ path: String) throws -> String { try String(contentsOfFile: path, encoding: .utf8) }

  /// Whether a process of this number is there and no zombie, also after five seconds.
  private func runs(_ process: String) -> Bool {
    for _ in 0..<50 {
      let status = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)
      guard let status, !status.contains(") Z ") else { return false }
      usleep(100_000)
    }
    return true
  }

  @Test func whatItSaysIsInFiles() throws {
    guard case .exited(status: 3) = try run("echo \"$HOSTCAP_OWN\"; echo no >&2; exit 3") else {
      Issue.record("it ended otherwise")
      return
    }
    #expect(try text(output) == "a b\n")
    #expect(try text(errors) == "no\n")
  }

  @Test func aSignalIsAStatus() throws {
    guard case .exited(status: 137) = try run("kill -KILL $$") else {
      Issue.record("it ended otherwise")
      return
    }
  }

  @Test func whoIsTooSlowEndsWithAllItStarted() throws {
    let begun = Date()
    guard case .timedOut(after: 1) = try run("sleep 600 & echo $$ $!; wait", seconds: 1) else {
      Issue.record("it ended otherwise")
      return
    }
    #expect(Date().timeIntervalSince(begun) < 9)
    let processes = try text(output).split(whereSeparator: \.isWhitespace).map(String.init)
    #expect(processes.count == 2)
    for process in processes { #expect(!runs(process)) }
  }

  @Test func whoDoesNotListenIsKilled() throws {
    guard case .timedOut = try run("trap '' TERM; echo $$; while :; do sleep 1; done", seconds: 1) else {
      Issue.record("it ended otherwise")
      return
    }
    #expect(!runs(try text(output).trimmingCharacters(in: .whitespacesAndNewlines)))
  }

  @Test func whatItLeftBehindEndsWithIt() throws {
    guard case .exited(status: 0) = try run("sleep 600 & echo $!") else {
      Issue.record("it ended otherwise")
      return
    }
    #expect(!runs(try text(output).trimmingCharacters(in: .whitespacesAndNewlines)))
  }

  @Test func whatIsNotThereIsRefusedByName() {
    #expect(throws: InputError("no-such-program-hostcap", "is not there")) {
      _ = try LongProgram("no-such-program-hostcap").run([], output: output, errors: errors, seconds: 1)
    }
  }
}
