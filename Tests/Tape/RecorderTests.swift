// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Evidence
import Tape
import Testing

/// Answers from a tape, and counts how often it was asked.
private final class CountingHost: HostSource {
  let tape: Tape
  var asked = 0

  init(_ tape: Tape) { self.tape = tape }

  func ask(_ question: Question) -> Answer {
    asked += 1
    return tape.ask(question)
  }
}

@Suite struct RecorderTests {
  private static func written(_ write: (inout [UInt8]) -> Void) -> [UInt8] {
    var bytes: [UInt8] = []
    write(&bytes)
    return bytes
  }

  /// Asks everything twice, and compares with the tape that answers.
  private func expectKept(_ tape: Tape) {
    let host = CountingHost(tape)
    let recorder = Recorder(host)
    let answers = tape.answers
    for _ in 0..<2 {
      for (question, answer) in answers { #expect(recorder.ask(question) == answer) }
      #expect(host.asked == answers.count)
    }
    #expect(recorder.tape.answers == answers)
    var taken: [UInt8] = []
    let rest = Self.written {
      recorder.writeTape(into: &$0) { output in
        taken += output
        output = []
      }
    }
    #expect(taken + rest == Self.written { tape.write(into: &$0) })
  }

  @Test(arguments: 0..<8) func givesBackWhatItWasGiven(seed: UInt64) {
    var dice = SeededGenerator(state: seed)
    expectKept(dice.tape(answers: 2000))
  }

  @Test func keepsThousandsOfLikePathsAndWhatIsLongerThanAChunk() {
    var dice = SeededGenerator(state: 1)
    var tape = Tape()
    for number in 0..<6000 {
      let path = "/sys/bus/pci/devices/0000:3b:00.0/\(number)"
      tape[.file(path)] = .bytes([UInt8](repeating: UInt8(number % 256), count: number % 90))
      tape[.directory(path)] = dice.answer()
      tape[.link(path)] = .bytes(Array(path.utf8))
    }
    tape[.libvirt(.capabilities)] = .bytes((0..<1_000_000).map { UInt8($0 % 251) })
    tape[.file("/" + String(repeating: "a", count: 300_000))] = .bytes([])
    tape[.pciConfig(PCIAddress(bus: 255, device: 255, function: 255))] = .absent
    tape[.cpuid(leaf: 0, cpu: -1)] = .failed(code: -1, "")
    expectKept(tape)
  }

  @Test(arguments: 0..<64) func repeatedLinesComeBack(seed: UInt64) {
    var dice = SeededGenerator(state: seed)
    let lines = ["", "0", "0x0000000000000000 0x0000000000000000", "\u{e9}"]
    var tape = Tape()
    for number in 0..<200 {
      let count = Int.random(in: 0..<20, using: &dice)
      var text = (0..<count).map { _ in lines[Int.random(in: lines.indices, using: &dice)] + "\n" }.joined()
      if Bool.random(using: &dice) { text += lines[2] }
      tape[.file("/\(number)")] = .bytes(Array(text.utf8))
    }
    expectKept(tape)
  }

  @Test func equalPathsOfOtherBytesAreOneQuestion() {
    let host = CountingHost(Tape([.file("/\u{e9}"): .bytes([1])]))
    let recorder = Recorder(host)
    #expect(recorder.ask(.file("/\u{e9}")) == recorder.ask(.file("/e\u{301}")))
    #expect(host.asked == 1)
  }
}
