// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Fleet
import HostModel
import Planning
import Tables

extension FleetEvidence {
  /// By capability: since when a host of the fleet has had it ready without a break, of those on which the release uses
  /// it now. What no store remembers is missing. A silence as long as a report counts is a break: nobody knew.
  func usableSince(_ release: OpenStackRelease) throws -> [String: String] {
    guard let store, let query = Query.named("history") else { return [:] }
    var since: [String: String] = [:]
    let usable = Set(
      hosts.flatMap { host in
        host.capabilities.keys.filter { Supply(host, $0, in: release) == .usable }.map {
          "\(host.label) \($0)"
        }
      })
    let heard = try store.observations(in: scope).compactMapValues(Self.lastBeginning)
    // In the order of the query: spans of one capability of one host follow each other.
    var spans: (key: String, start: String?, end: String) = ("", nil, "")
    func close() {
      guard let start = spans.start, usable.contains(spans.key),
        let capability = spans.key.split(separator: " ").last.map(String.init)
      else { return }
      let known = max(start, heard[String(spans.key.dropLast(capability.count + 1))] ?? start)
      since[capability] = min(since[capability] ?? known, known)
    }
    for row in try store.answers([query], in: scope)[0].rows.map({ $0.map(\.text) }) {
      let key = "\(row[0])/\(row[1])/\(row[2]) \(row[3])"
      let (from, to) = (row[4], row[5])
      // Later than what is asked about.
      if from > "\(scope.at)" { continue }
      if key != spans.key {
        close()
        spans = (key, nil, "")
      }
      let continues = spans.start != nil && spans.end == from
      spans = (key, row[6] == "ready" ? (continues ? spans.start : from) : nil, to)
    }
    close()
    return since
  }

  /// The first of the reports that have followed each other without such a silence.
  private static func lastBeginning(_ times: [String]) -> String? {
    var (beginning, last): (String?, UTCTime?) = (nil, nil)
    for time in times {
      guard let moment = UTCTime(time) else { continue }
      let isBroken =
        last.map { $0.later(by: Scope.expiredAfter).secondsSince1970 < moment.secondsSince1970 } ?? true
      if isBroken { beginning = time }
      last = moment
    }
    return beginning
  }
}
