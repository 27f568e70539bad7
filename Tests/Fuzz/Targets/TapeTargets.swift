// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Evidence
import LiveHost
import Tape

/// Tapes, what is taken out of them, and what a helper process says.
enum TapeTargets {
  /// `judge TAPE`, and the tape's own text.
  @Sendable static func tape(_ input: [UInt8]) throws {
    let tape = try Tape(parsing: input, path: "tape")
    let text = written(tape)
    let again: Tape
    do { again = try Tape(parsing: text, path: "again") } catch { throw Broken("our own tape: \(error)") }
    try hold(again == tape, "the tape does not survive its text")
    try hold(written(again) == text, "the same tape gives other bytes")
    try Judging.judge(tape, from: input)
  }

  /// The first byte chooses who says the rest.
  private static let questions: [Question] = [
    .kernelLog, .file("/proc/cmdline"), .libvirt(.capabilities), .directory("/sys/class/net"),
    .file("/sys/firmware/acpi/tables/x"), .link("/sys/class/net/eth0"), .file("/proc/cpuinfo"),
    .pciConfig(PCIAddress(bus: 1, device: 0, function: 0)), .file("/sys/class/net/eth0/address"),
    .libvirt(.nodeDevices),
  ]

  /// No hardware address and no UUID passes, with and without a key; and what is redacted stays so.
  @Sendable static func redaction(_ input: [UInt8]) throws {
    guard let choice = input.first else { return }
    let question = questions[Int(choice >> 1) % questions.count]
    var tape = Tape([
      question: .bytes(Array(input.dropFirst())), .file("/etc/hostname"): .bytes(Array("compute-17\n".utf8)),
    ])
    if choice & 1 == 1 {
      tape[.file("/etc/machine-id")] = .bytes(Array("0123456789abcdef0123456789abcdef\n".utf8))
    }
    let once = tape.redacted()
    guard case .bytes(let said)? = once[question] else { return }
    if case .pciConfig = question {
    } else {
      try hold(Identities.left(in: said) == nil, "\(Identities.left(in: said) ?? "") passes in \(question)")
    }
    try hold(once.redacted() == once, "redacting twice changes \(question)")
  }

  /// A helper's answer: read, written, read.
  @Sendable static func frame(_ input: [UInt8]) throws {
    guard let answer = Answer(frame: input) else { return }
    try hold(Answer(frame: answer.frame) == answer, "\(answer) does not survive its frame")
    let question = Question.libvirt(.capabilities)
    try Judging.judge(Tape([question: answer]), from: input)
  }

  private static func written(_ tape: Tape) -> [UInt8] {
    var text: [UInt8] = []
    tape.write(into: &text)
    return text
  }
}
