// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Evidence
import Testing

@testable import Tape

@Suite struct TapeCodingTests {
  private func text(_ tape: Tape) -> String {
    var output: [UInt8] = []
    tape.write(into: &output)
    return String(decoding: output, as: UTF8.self)
  }

  private func bytes(_ tape: Tape) -> [UInt8] {
    var output: [UInt8] = []
    tape.write(into: &output)
    return output
  }

  @Test func everyKindOfAnswerHasItsLine() {
    let tape = Tape([
      .file("/proc/cmdline"): .bytes(Array("iommu=pt\n".utf8)),
      .file("/proc/empty"): .bytes([]),
      .file("/sys/binary"): .bytes([0x00, 0xff]),
      .file("/sys/bell"): .bytes([0x07]),
      .cpuid(leaf: 0x4000_0000): .bytes(Array("KVMKVMKVMKVMKVMK".utf8)),
      .pciConfig(PCIAddress(bus: 0x3b, device: 0, function: 0)): .bytes([0x86, 0x80]),
      .file("/dev/sev"): .absent,
      .msr(0xc001_0010): .denied,
      .kernelLog: .withheld("not asked"),
      .ioctl(.snpPlatformStatus): .failed(code: 5, "I/O error"),
    ])
    #expect(
      text(tape) == #"""
        {"hostcap-tape":1}
        {"ask":"cpuid:0x40000000/0x0@0","hex":"4b564d4b564d4b564d4b564d4b564d4b"}
        {"absent":true,"ask":"file:/dev/sev"}
        {"ask":"file:/proc/cmdline","text":"iommu=pt\n"}
        {"ask":"file:/proc/empty","text":""}
        {"ask":"file:/sys/bell","hex":"07"}
        {"ask":"file:/sys/binary","hex":"00ff"}
        {"ask":"ioctl:SNP_PLATFORM_STATUS","failed":5,"why":"I/O error"}
        {"ask":"kernel-log","withheld":"not asked"}
        {"ask":"msr:0xc0010010@0","denied":true}
        {"ask":"pci:0000:3b:00.0","hex":"8680"}

        """#)
  }

  @Test(arguments: 0..<60)
  func whatIsWrittenIsReadBack(seed: UInt64) throws {
    var generator = SeededGenerator(state: seed)
    let tape = generator.tape(answers: 40)
    let written = bytes(tape)
    let read = try Tape(parsing: written, path: "tape")
    #expect(read.answers == tape.answers)
    #expect(bytes(read) == written)
  }

  @Test func anEmptyTapeIsATape() throws {
    #expect(text(Tape()) == "{\"hostcap-tape\":1}\n")
    #expect(try Tape(parsing: bytes(Tape()), path: "tape").answers.isEmpty)
    #expect(Tape.isTape(bytes(Tape())))
    #expect(!Tape.isTape(Array("<cpudata arch='x86'>".utf8)))
  }

  @Test func theLongestLibvirtDocumentFitsOnALine() throws {
    let quotes = [UInt8](repeating: UInt8(ascii: "\""), count: Tape.answerLimit)
    let tape = Tape([.libvirt(.capabilities): .bytes(quotes)])
    #expect(try Tape(parsing: bytes(tape), path: "tape").answers == tape.answers)
  }

  @Test func aLongerAnswerIsWithheldNotCut() throws {
    let tape = Tape([.kernelLog: .bytes([UInt8](repeating: 0x61, count: Tape.answerLimit + 1))])
    let read = try Tape(parsing: bytes(tape), path: "tape")
    #expect(read[.kernelLog] == .withheld("4194305 bytes, more than a tape holds"))
  }

  @Test func theOrderOfLinesAndMembersIsFreeAndSoAreBlanks() throws {
    let text =
      " {\"hostcap-tape\" : 1 }\n{\"text\":\"b\", \"ask\":\"clock\"}\r\n{\"ask\":\"file:/a\",\"absent\":true}"
    let tape = try Tape(parsing: Array(text.utf8), path: "tape")
    #expect(tape.answers == [.clock: .bytes([0x62]), .file("/a"): .absent])
  }
}
