// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import LiveHost
import Tape
import Testing

struct ProgramTests {
  @Test func whatGoesInComesOut() throws {
    let input = (0..<1_000_000).map { UInt8(truncatingIfNeeded: $0) }
    let outcome = try Program("cat").run([], input: input)
    #expect(outcome.status == 0)
    #expect(outcome.output == input)
    #expect(outcome.errors.isEmpty)
  }

  @Test func argumentsAreNotReadByAShell() throws {
    let words = ["%s\n", "$(id) *", "a b"]
    let outcome = try Program("printf").run(words)
    #expect(String(decoding: outcome.output, as: UTF8.self) == "$(id) *\na b\n")
  }

  @Test func failingIsAnOutcome() throws {
    let outcome = try Program("sh").run(["-c", "echo no >&2; exit 3"])
    #expect(outcome.status == 3)
    #expect(outcome.complaint == "no")
  }

  @Test func aProgramThatDoesNotListenIsNoFault() throws {
    let outcome = try Program("true").run([], input: [UInt8](repeating: 0, count: 1 << 20))
    #expect(outcome.status == 0)
  }

  @Test func whatIsNotThereIsRefusedByName() {
    #expect(throws: InputError.self) { try Program("no-such-program-hostcap").run([]) }
  }
}
