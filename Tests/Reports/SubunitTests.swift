// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import HostModel
import ReportSubunit
import Results
import Testing

/// The stream byte by byte.
@Suite struct SubunitTests {
  /// What python-subunit 1.4.6 writes for the same statuses, a packet a line.
  private static let stream = [
    "b32b822c6a45014000136d616368696e652d312e686f73746361702e6101096d616368696e652d31aa414481",
    "b32bf040536a45014000136d616368696e652d312e686f73746361702e6101096d616368696e652d31"
      + "17746578742f706c61696e3b636861727365743d757466380764657461696c7305686f6c6473d497c3fd",
    "b32b832c6a45014000136d616368696e652d312e686f73746361702e6101096d616368696e652d3127c9b963",
    "b32b822c6a45014000136d616368696e652d312e686f73746361702e6201096d616368696e652d31dddf9671",
    "b32bf0405c6a45014000136d616368696e652d312e686f73746361702e6201096d616368696e652d31"
      + "17746578742f706c61696e3b636861727365743d757466380974726163656261636b0c6e6f0a6d75737420686f6c64f9673c11",
    "b32b862c6a45014000136d616368696e652d312e686f73746361702e6201096d616368696e652d31866f6b3a",
    "b32b822c6a45014000136d616368696e652d312e686f73746361702e6301096d616368696e652d31467ada1e",
    "b32bf040506a45014000136d616368696e652d312e686f73746361702e6301096d616368696e652d31"
      + "17746578742f706c61696e3b636861727365743d7574663806726561736f6e03c3a93f8dd5a2f1",
    "b32bf040526a45014000136d616368696e652d312e686f73746361702e6301096d616368696e652d31"
      + "17746578742f706c61696e3b636861727365743d757466380764657461696c73046f70656e87cd7119",
    "b32b852c6a45014000136d616368696e652d312e686f73746361702e6301096d616368696e652d3150222732",
  ]

  @Test func theBytesArePythonSubunits() {
    let cases = [
      TestCase("hostcap.a", "holds", .passed), TestCase("hostcap.b", "must hold", .failed("no")),
      TestCase("hostcap.c", "open", .skipped("é?")),
    ]
    let results = TestResults(
      place: 1, worker: "milan", observedAt: 1_782_907_200, suites: [TestSuite("s", cases)])
    let bytes = ResultTapes.bytes(SubunitReport.self, [results])
    #expect(bytes.map(Self.hexadecimal).joined() == Self.stream.joined())
  }

  private static func hexadecimal(_ byte: UInt8) -> String {
    (byte < 16 ? "0" : "") + String(byte, radix: 16)
  }

  /// A packet of 63 bytes has a length of one byte, one of 65 has two: there is none of 64. So at 16,383.
  @Test func lengthsGrowWhereTheFormatSays() throws {
    var lengths: Set<Int> = []
    for count in Array(1...120) + Array(16_200...16_400) {
      let id = "a." + String(repeating: "b", count: count)
      let results = TestResults(
        worker: "worker", observedAt: nil, suites: [TestSuite("s", [TestCase(id, "", .passed)])])
      let packets = try SubunitStream.packets(ResultTapes.bytes(SubunitReport.self, [results]))
      #expect(packets.map(\.testID) == [id, id, id])
      for packet in packets {
        #expect(packet.lengthWidth == (packet.length < 64 ? 1 : packet.length < 16_384 ? 2 : 3))
        lengths.insert(packet.length)
      }
    }
    #expect(lengths.isSuperset(of: [63, 65, 16_383]))
    #expect(!lengths.contains(64))
  }

  @Test func whatIsLongComesInPieces() throws {
    let line = String(repeating: "é", count: 1000)
    let one = TestCase("a.b", "long", .passed, details: Array(repeating: line, count: 200))
    let results = TestResults(worker: "worker", observedAt: nil, suites: [TestSuite("s", [one])])
    let packets = try SubunitStream.packets(ResultTapes.bytes(SubunitReport.self, [results]))
    let pieces = packets.filter { $0.fileName == "details" }
    #expect(pieces.count == 7)
    #expect(pieces.map(\.isEnd) == Array(repeating: false, count: 6) + [true])
    #expect(String(decoding: pieces.flatMap(\.content), as: UTF8.self) == one.details)
  }
}
