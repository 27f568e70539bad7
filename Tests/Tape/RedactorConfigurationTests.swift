// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Evidence
import Testing

@testable import Tape

@Suite struct RedactorConfigurationTests {
  private let question = Question.pciConfig(PCIAddress(bus: 0x3b, device: 0, function: 0))

  private func redacted(_ bytes: [UInt8], of host: Tape = keyedHost()) -> [UInt8] {
    var host = host
    host[question] = .bytes(bytes)
    guard case .bytes(let shown) = Redactor(host).ask(question) else { return [] }
    return shown
  }

  /// 4096 bytes: Vital Product Data at 48h; an AER capability at 100h, then a Device Serial Number at 150h.
  private var function: [UInt8] {
    var bytes = [UInt8](repeating: 0, count: 4096)
    bytes.replaceSubrange(0..<8, with: [0xb3, 0x15, 0x1d, 0x10, 0x06, 0x00, 0x10, 0x00])
    bytes[0x34] = 0x48
    bytes.replaceSubrange(0x48..<0x50, with: [0x03, 0x00, 0x10, 0x80] + Array("SER1".utf8))
    bytes.replaceSubrange(0x100..<0x104, with: [0x01, 0x00, 0x01, 0x15])
    bytes.replaceSubrange(0x150..<0x15c, with: [0x03, 0x00, 0x01, 0x00] + [1, 2, 3, 4, 5, 6, 7, 8])
    return bytes
  }

  @Test func theSerialNumberGoesAndNothingElse() {
    let shown = redacted(function)
    #expect(Array(shown[0x154..<0x158]) == Pseudonyms.mark)
    #expect(Array(shown[0x154..<0x15c]) != [1, 2, 3, 4, 5, 6, 7, 8])
    var expected = function
    expected.replaceSubrange(0x4c..<0x50, with: [0, 0, 0, 0])
    expected.replaceSubrange(0x154..<0x15c, with: shown[0x154..<0x15c])
    #expect(shown == expected)
    #expect(redacted(shown) == shown)
  }

  @Test func theConfigFileOfSysfsIsTheSame() {
    let file = Question.file("/sys/bus/pci/devices/0000:3b:00.0/config")
    let host = keyedHost([file: .bytes(function)])
    #expect(Redactor(host).ask(file) == .bytes(redacted(function)))
  }

  @Test func shortSpacesAreLeftAlone() {
    for length in [0, 1, 63, 64, 0x101, 0x153, 0x15b] where length < 0x4c || length >= 0x100 {
      var expected = Array(function.prefix(length))
      if length >= 0x50 { expected.replaceSubrange(0x4c..<0x50, with: [0, 0, 0, 0]) }
      #expect(redacted(Array(function.prefix(length))) == expected)
    }
  }

  @Test func aListThatLoopsEnds() {
    var bytes = function
    bytes.replaceSubrange(0x48..<0x4a, with: [0x03, 0x48])
    bytes.replaceSubrange(0x150..<0x154, with: [0x03, 0x00, 0x01, 0x10])
    #expect(redacted(bytes).count == 4096)
  }

  @Test func noiseIsNoCrash() {
    var generator = SeededGenerator(state: 3)
    for _ in 0..<200 {
      let length = [64, 256, 4096, 300].randomElement(using: &generator)!
      let noise = (0..<length).map { _ in UInt8.random(in: 0...255, using: &generator) }
      #expect(redacted(noise).count == length)
    }
  }
}
