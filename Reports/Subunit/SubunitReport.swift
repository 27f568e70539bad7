// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import HostModel
public import Results

/// Test results as a subunit stream, version 2: what stestr, Zuul's and OpenStack's tools read.
///
/// Each case is in progress and then comes to its status; in between go the attachments `reason` for a skip, `traceback`
/// for a failure, and `details`. All packets have the moment of the observation. Of several machines, ids begin with
/// `machine-N`, which is a tag as well. Nothing names a host or a PCI function.
public enum SubunitReport: ResultsRenderer {
  public static let format = "subunit"
  public static let mediaType = "application/x-subunit"
  /// Bytes of an attachment in one packet: far below the format's limit.
  private static let pieceLimit = 1 << 16

  public static func render(_ results: [TestResults], into output: inout [UInt8]) {
    for machine in results {
      for suite in machine.suites {
        for one in suite.cases { add(one, of: machine, to: &output) }
      }
    }
  }

  private static func add(_ one: TestCase, of machine: TestResults, to output: inout [UInt8]) {
    let packet = SubunitPacket(
      testID: machine.qualified(one.id), time: machine.observedAt, tags: machine.machine.map { [$0] } ?? [])
    func end(_ status: SubunitPacket.Status, _ attachments: [(name: String, text: String)]) {
      for attachment in attachments { attach(attachment.name, attachment.text, packet, to: &output) }
      var last = packet
      last.status = status
      last.write(into: &output)
    }
    var first = packet
    first.status = .inProgress
    first.write(into: &output)
    switch one.outcome {
    case .passed: end(.success, [("details", one.details)])
    case .failed(let why): end(.fail, [("traceback", "\(why)\n\(one.details)")])
    case .skipped(let why): end(.skip, [("reason", why), ("details", one.details)])
    }
  }

  private static func attach(
    _ name: String, _ text: String, _ packet: SubunitPacket, to output: inout [UInt8]
  ) {
    var rest = Array(text.utf8)[...]
    repeat {
      let piece = rest.prefix(pieceLimit)
      rest = rest.dropFirst(piece.count)
      var packet = packet
      packet.attachment = .init(name: name, content: piece, isLast: rest.isEmpty)
      packet.write(into: &output)
    } while !rest.isEmpty
  }
}
