// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Fleet
import HostModel
import Planning
import StrictJSON
import Tape

/// Reports of other people's hosts, as planning and a fleet take them.
enum ReportTargets {
  /// `plan`, `fleet needs` and `flavors truth` from reports.
  @Sendable static func report(_ input: [UInt8]) throws {
    guard let records = try HostRecord.records(input, name: "host", path: "report") else {
      // No report, but JSON perhaps: then it is one value, all of which can be walked.
      try walk(JSONDocument(input).root, levels: JSONDocument.depthLimit)
      throw InputError("report", "neither a report nor a list of them")
    }
    let hosts = records.prefix(8).enumerated().map { $1.renamed("host-\($0)") }
    try Plans.check(Array(hosts), on: Plans.site)
    try Plans.check(Plans.demands, on: Array(hosts))
  }

  /// `fleet ingest`: one line, or one file in a provider's folder; the first bit says which.
  @Sendable static func admission(_ input: [UInt8]) throws {
    guard let choice = input.first, let now = UTCTime("2026-11-27T00:00:00Z") else { return }
    let isFile = choice & 1 == 1
    let delivery = Delivery(
      source: "delivery", machine: isFile ? "acme/r1/n1" : "", bytes: Array(input.dropFirst()), isFile: isFile
    )
    let admitted = try Admission(now: now).admit(delivery)
    guard case .report(let report) = admitted else { return }
    // The bytes that are kept are a report of the same host, for whoever reads the store again.
    let again = Delivery(source: "store", machine: "\(report.host)", bytes: report.bytes, isFile: true)
    guard case .report(let kept) = try? Admission(now: now).admit(again) else {
      throw Broken("what was let in is refused the second time")
    }
    try hold(kept.digest == report.digest && kept.record == report.record, "what is kept is another report")
  }

  private static func walk(_ element: JSONElement, levels: Int) throws(Broken) {
    try hold(levels > 0, "deeper than the limit")
    _ = (element.text, element.integer, element.flag, element.key)
    guard let children = element.elements ?? element.members else { return }
    for child in children { try walk(child, levels: levels - 1) }
  }
}
