// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Evidence
import Testing

@testable import Tape

@Suite struct TapeRefusalTests {
  private func refusal(_ bytes: [UInt8]) -> String? {
    do {
      _ = try Tape(parsing: bytes, path: "t")
      return nil
    } catch { return error.description }
  }

  private func refusal(ofLine line: String) -> String? {
    refusal(Array("{\"hostcap-tape\":1}\n{\"ask\":\"clock\",\"text\":\"0\\n\"}\n\(line)\n".utf8))
  }

  @Test(arguments: [
    ("", "t: empty, not a tape"),
    ("\n", "t: line 1: not the first line of a tape, which is {\"hostcap-tape\":1}"),
    ("{}", "t: line 1: not the first line of a tape, which is {\"hostcap-tape\":1}"),
    ("{\"hostcap-tape\":\"1\"}", "t: line 1: not the first line of a tape, which is {\"hostcap-tape\":1}"),
    (
      "{\"hostcap-tape\":1,\"by\":\"x\"}",
      "t: line 1: not the first line of a tape, which is {\"hostcap-tape\":1}"
    ),
    ("{\"hostcap-tape\":2,\"hostcap-tape\":1}", "t: line 1: a member is written twice"),
    ("{\"hostcap-tape\":2}\nnot read", "t: line 1: a tape of form 2; this program reads form 1"),
  ])
  func theFirstLineSaysThatItIsATape(text: String, reason: String) {
    #expect(refusal(Array(text.utf8)) == reason)
  }

  @Test(arguments: [
    ("", "not a JSON object"),
    ("{\"ask\":\"file:/a\",\"text\":\"cut", "not a JSON object"),
    ("[]", "not a JSON object"),
    ("{\"ask\":\"file:/a\",\"text\":\"x\"} {}", "not a JSON object"),
    ("{\"text\":\"x\"}", "no member \"ask\""),
    ("{\"ask\":7,\"text\":\"x\"}", "member \"ask\" is of the wrong type"),
    ("{\"ask\":\"file:/a\",\"text\":null}", "member \"text\" is of the wrong type"),
    ("{\"ask\":\"file:/a\",\"text\":\"x\",\"more\":1}", "unknown member \"more\""),
    ("{\"ask\":\"file:/a\",\"text\":\"x\",\"text\":\"y\"}", "a member is written twice"),
    ("{\"ask\":\"file:/a\"}", "not exactly one kind of answer, or not well formed"),
    (
      "{\"ask\":\"file:/a\",\"text\":\"\",\"hex\":\"\"}", "not exactly one kind of answer, or not well formed"
    ),
    (
      "{\"ask\":\"file:/a\",\"absent\":true,\"denied\":true}",
      "not exactly one kind of answer, or not well formed"
    ),
    ("{\"ask\":\"file:/a\",\"absent\":false}", "not exactly one kind of answer, or not well formed"),
    ("{\"ask\":\"file:/a\",\"failed\":5}", "not exactly one kind of answer, or not well formed"),
    (
      "{\"ask\":\"file:/a\",\"absent\":true,\"why\":\"\"}",
      "not exactly one kind of answer, or not well formed"
    ),
    ("{\"ask\":\"file:/a\",\"hex\":\"0\"}", "not exactly one kind of answer, or not well formed"),
    ("{\"ask\":\"file:/a\",\"hex\":\"0g\"}", "not exactly one kind of answer, or not well formed"),
    ("{\"ask\":\"file:a\",\"absent\":true}", "asks what hostcap does not know: \"file:a\""),
    ("{\"ask\":\"ioctl:REBOOT\",\"absent\":true}", "asks what hostcap does not know: \"ioctl:REBOOT\""),
    ("{\"ask\":\"\\u001b[2J\",\"absent\":true}", "asks what hostcap does not know: \"\u{fffd}[2J\""),
    ("{\"ask\":\"clock\",\"absent\":true}", "answers clock a second time"),
  ])
  func aBadLineIsRefusedByItsNumber(line: String, reason: String) {
    #expect(refusal(ofLine: line) == "t: line 3: \(reason)")
  }

  @Test func bytesThatAreNoUTF8AreRefused() {
    let line =
      Array("{\"hostcap-tape\":1}\n{\"ask\":\"file:/a\",\"text\":\"".utf8) + [0xff] + Array("\"}\n".utf8)
    #expect(refusal(line) == "t: line 2: not a JSON object")
  }

  @Test func nestingIsNoWayIn() {
    let nest = String(repeating: "[", count: 100_000)
    #expect(refusal(ofLine: nest) == "t: line 3: not a JSON object")
    #expect(refusal(ofLine: "{\"ask\":\(nest)") == "t: line 3: not a JSON object")
  }

  @Test func aLineTooLongIsRefused() {
    let text = String(repeating: "a", count: Tape.lineLimit)
    #expect(
      refusal(ofLine: "{\"ask\":\"file:/a\",\"text\":\"\(text)\"}")
        == "t: line 3: longer than 8454144 bytes, the most a line may be")
  }

  /// Any prefix of a tape is refused or is a tape with fewer answers; none gives another answer.
  @Test func aTapeCutAnywhereNeverAnswersDifferently() throws {
    var generator = SeededGenerator(state: 7)
    let tape = generator.tape(answers: 12)
    var written: [UInt8] = []
    tape.write(into: &written)
    for length in 0..<written.count {
      guard let cut = try? Tape(parsing: Array(written[..<length]), path: "t") else { continue }
      #expect(cut.answers.allSatisfy { tape[$0.key] == $0.value })
    }
  }

  /// Flipped bytes: refused, or read as what another tape says; never a crash.
  @Test(arguments: 0..<20)
  func aDamagedTapeIsRefusedOrRead(seed: UInt64) {
    var generator = SeededGenerator(state: seed)
    var written: [UInt8] = []
    generator.tape(answers: 20).write(into: &written)
    for _ in 0..<20 {
      var damaged = written
      for _ in 0..<3 {
        damaged[Int.random(in: 0..<damaged.count, using: &generator)] = .random(
          in: 0...255, using: &generator)
      }
      if let reason = refusal(damaged) { #expect(reason.hasPrefix("t: line ")) }
    }
  }
}
