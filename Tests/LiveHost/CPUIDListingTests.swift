// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Evidence
import Tape
import Testing

@Suite struct CPUIDListingTests {
  private func parse(_ text: String) throws -> [Question: Answer]? {
    try CPUIDListing.parse(Array(text.utf8)[...], path: "x")
  }
  private let leaf = "   0x00000007 0x01: eax=0x00000001 ebx=0x00000002 ecx=0x00000003 edx=0xffffffff\n"

  @Test func everyLeafOfEveryCPUIsAnAnswer() throws {
    let answers = try #require(try parse("CPU 0:\n\(leaf)CPU 127:\n\(leaf)"))
    let expected = Answer.bytes([1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0, 255, 255, 255, 255])
    #expect(answers.count == 2)
    #expect(answers[.cpuid(leaf: 7, subleaf: 1, cpu: 0)] == expected)
    #expect(answers[.cpuid(leaf: 7, subleaf: 1, cpu: 127)] == expected)
    // As `cpuid -1 -r` prints, and with the line ends of another system.
    #expect(try parse("CPU:\r\n\(leaf.dropLast())\r\n") == [.cpuid(leaf: 7, subleaf: 1, cpu: 0): expected])
  }

  @Test func otherTextsAreNotThisFormat() throws {
    for text in ["", "\n\n", leaf, "hello", "CPU x:\n", "CPU 8192:\n", "CPUID:\n", "processor\t: 0\n"] {
      #expect(try parse(text) == nil, "\(text)")
    }
  }

  @Test(arguments: [
    "0x7 0x1: eax=0x1 ebx=0x2 ecx=0x3", "7 0x1: eax=0x1 ebx=0x2 ecx=0x3 edx=0x4",
    "0x7 0x1 eax=0x1 ebx=0x2 ecx=0x3 edx=0x4", "0x7 0x1: ebx=0x1 eax=0x2 ecx=0x3 edx=0x4",
    "0x7 0x1: eax=0x100000000 ebx=0x2 ecx=0x3 edx=0x4", "CPU 0", "CPU -1:",
  ])
  func aLineOfAnotherFormIsNamed(line: String) {
    #expect(throws: InputError("x", line: 3, "not a leaf, a subleaf and four registers")) {
      try parse("CPU 0:\n\n\(line)\n")
    }
  }

  @Test func aLeafThatContradictsItselfIsRefused() throws {
    #expect(try parse("CPU 0:\n\(leaf)\(leaf)")?.count == 1)
    let other = leaf.replacing("eax=0x00000001", with: "eax=0x00000009")
    #expect(throws: InputError.self) { try parse("CPU 0:\n\(leaf)\(other)") }
  }
}
