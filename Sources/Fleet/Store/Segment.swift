// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import LiveHost
import StrictJSON
import Tape

/// Reports as they came, a line each: `{"machine":"PROVIDER/REGION/HOST","newline":"\t","report":…}`. Never changed.
///
/// Any engine that reads lines of JSON reads it, and so does `fleet ingest`. JSON has line ends between its values only,
/// and tabulators too; so they can stand for each other, and `newline` says which blank to turn back to have the bytes
/// that were signed.
enum Segment {
  /// Bytes after which a segment is full.
  static let size = 64 << 20

  private static let (tabulator, carriageReturn, lineFeed) = (UInt8(0x09), UInt8(0x0d), UInt8(0x0a))

  /// Which of the blanks there are that can stand for each other.
  struct Blanks: Sendable, Hashable {
    let hasTabulators, hasCarriageReturns, hasLineFeeds: Bool

    init(_ bytes: [UInt8]) {
      hasTabulators = bytes.holds(Segment.tabulator)
      hasCarriageReturns = bytes.holds(Segment.carriageReturn)
      hasLineFeeds = bytes.holds(Segment.lineFeed)
    }

    /// Whether a line of it gives the bytes back: some blank is free to stand for line ends, or there are none.
    var areKept: Bool { !hasTabulators || !hasCarriageReturns || !hasLineFeeds }
  }

  /// One report's line.
  static func line(_ report: AdmittedReport) -> [UInt8] {
    let blanks = Blanks(report.bytes)
    var line = Array(#"{"machine":"\#(report.host)","newline":"#.utf8)
    let standIn = !blanks.hasTabulators ? tabulator : !blanks.hasCarriageReturns ? carriageReturn : nil
    switch standIn {
    case tabulator?: line += #""\t""#.utf8
    case carriageReturn?: line += #""\r""#.utf8
    default: line += "null".utf8
    }
    line += #","report":"#.utf8
    line.reserveCapacity(line.count + report.bytes.count + 2)
    let start = line.count
    line += report.bytes
    if blanks.hasLineFeeds {
      for place in start..<line.count where line[place] == lineFeed { line[place] = standIn ?? 0x20 }
    }
    line += [0x7d, lineFeed]
    return line
  }

  /// The bytes that `line` was made of.
  static func original(_ bytes: [UInt8], newline: String?) -> [UInt8] {
    guard let standIn = newline?.utf8.first, newline == "\t" || newline == "\r" else { return bytes }
    return bytes.map { $0 == standIn ? 0x0a : $0 }
  }

  /// What a line may have: a report and its head.
  static let lineLimit = Admission.sizeLimit + 1024

  /// The report's own bytes out of a line; `nil`: it is no such line.
  static func report(_ line: [UInt8]) -> [UInt8]? {
    guard let document = try? JSONDocument(line, depth: JSONDocument.depthLimit + 2),
      let range = document.bytes(of: "report")
    else { return nil }
    return original(Array(line[range]), newline: document.root["newline"]?.text)
  }

  /// Named by its content: the same batch again is the same file.
  static func name(_ content: [UInt8]) -> String { "part-\(Digest.hex(content).prefix(32)).ndjson" }

  static func write(_ content: [UInt8], below folder: String) throws(InputError) -> String {
    let name = name(content)
    try OutputFile.write(content, to: "\(folder)/segments/\(name)")
    return name
  }
}
