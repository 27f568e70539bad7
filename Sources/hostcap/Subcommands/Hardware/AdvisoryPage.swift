// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Advisories
import CanonicalJSON
import Tables

/// What `hostcap advisories` says: of one host each advisory with its reason, of several how many hosts stand where.
struct AdvisoryPage {
  struct Host {
    let name: String
    let advised: AdvisedHost
  }

  private struct Line {
    let host: String
    let standing: AdvisoryStanding
  }

  private let hosts: Int
  private let lines: [Line]
  private let skipped: Int

  init(_ hosts: [Host], showingAll: Bool) {
    self.hosts = hosts.count
    let all = hosts.flatMap { host in
      AdvisoryTable.embedded.standings(of: host.advised).map { Line(host: host.name, standing: $0) }
    }
    let concerned = Set(all.filter { $0.standing.state != .notAffected }.map(\.standing.advisory.id))
    lines = showingAll ? all : all.filter { concerned.contains($0.standing.advisory.id) }
    skipped = AdvisoryTable.embedded.advisories.count - Set(lines.map(\.standing.advisory.id)).count
  }

  func has(_ state: AdvisoryState) -> Bool { lines.contains { $0.standing.state == state } }

  /// Every host with every advisory.
  var table: ResultTable {
    let names = ["host", "advisory", "cves", "state", "because", "next", "title", "source"]
    return ResultTable(
      name: "advisories", title: "Where hosts stand with published vulnerabilities of their firmware.",
      columns: names.map { Column($0, $0 == "host" ? .name : .public) },
      rows: lines.map { line in
        let advisory = line.standing.advisory
        return [
          line.host, advisory.id, advisory.cves.joined(separator: " "), line.standing.state.rawValue,
          line.standing.because, line.standing.next ?? "", advisory.title,
          AdvisoryTable.embedded.sources(of: advisory).first?.url ?? "",
        ].map(Cell.text)
      })
  }

  var json: JSONValue {
    let advisories = AdvisoryTable.embedded.advisories.filter { each in
      lines.contains { $0.standing.advisory.id == each.id }
    }
    return [
      "advisories": .array(advisories.map(document)),
      "hosts": .array(
        Dictionary(grouping: lines, by: \.host).sorted { $0.key < $1.key }.map { name, lines in
          ["host": .string(name), "standings": .array(lines.map(standing))]
        }),
    ]
  }

  private func document(_ advisory: Advisory) -> JSONValue {
    [
      "id": .string(advisory.id), "cves": .array(advisory.cves.map(JSONValue.string)),
      "title": .string(advisory.title), "note": advisory.note.map(JSONValue.string) ?? .null,
      "sources": .array(
        AdvisoryTable.embedded.sources(of: advisory).map {
          ["title": .string($0.title), "url": .string($0.url), "seen": .string($0.seen)]
        }),
    ]
  }

  private func standing(_ line: Line) -> JSONValue {
    [
      "advisory": .string(line.standing.advisory.id), "state": .string(line.standing.state.rawValue),
      "because": .string(line.standing.because), "next": line.standing.next.map(JSONValue.string) ?? .null,
    ]
  }

  /// For a terminal: the table, then what to do, the same step once.
  func text(width: Int) -> [UInt8] {
    var page = TextTable(hosts == 1 ? ofOne : ofMany, width: width).lines
    let steps = AdvisoryTable.embedded.advisories.compactMap { step($0, width: width) }
    if !steps.isEmpty { page += ["", "What to do:"] + steps.flatMap { $0 } }
    if skipped > 0 { page += ["", "\(skipped) more are about other processors: --all"] }
    return Array((page.joined(separator: "\n") + "\n").utf8)
  }

  private var ofOne: ResultTable {
    ResultTable(
      name: "advisories", title: "", columns: ["advisory", "state", "because"].map { Column($0, .public) },
      rows: lines.map { line in
        let cves = line.standing.advisory.cves.joined(separator: " ")
        return [
          .text("\(line.standing.advisory.id) \(cves)"), .text(line.standing.state.words),
          .text(line.standing.because),
        ]
      })
  }

  private var ofMany: ResultTable {
    let groups = Dictionary(grouping: lines, by: \.standing.advisory.id)
    let columns = ["affected", "unknown", "fixed", "other"].map { Column($0, .count) }
    return ResultTable(
      name: "advisories", title: "",
      columns: [Column("advisory", .public)] + columns + [Column("title", .public)],
      rows: AdvisoryTable.embedded.advisories.compactMap { advisory in
        guard let group = groups[advisory.id] else { return nil }
        let counts = [AdvisoryState.affected, .unknown, .fixed, .notAffected].map { state in
          Cell.integer(Int64(group.count { $0.standing.state == state }))
        }
        return [.text("\(advisory.id) \(advisory.cves.joined(separator: " "))")] + counts + [
          .text(advisory.title)
        ]
      })
  }

  /// `nil`: nothing is open.
  private func step(_ advisory: Advisory, width: Int) -> [String]? {
    let open = lines.filter { $0.standing.advisory.id == advisory.id && $0.standing.state == .affected }
    let steps = Set(open.compactMap(\.standing.next)).sorted()
    guard !steps.isEmpty else { return nil }
    let head = hosts == 1 ? "  \(advisory.id)" : "  \(advisory.id), \(open.count) hosts affected"
    return [head] + steps.flatMap { Self.wrapped($0, width: max(20, width - 4)).map { "    \($0)" } }
  }

  private static func wrapped(_ text: String, width: Int) -> [String] {
    var lines = [""]
    for word in TextTable.plain(text).split(separator: " ") {
      let last = lines[lines.count - 1]
      if last.isEmpty {
        lines[lines.count - 1] = String(word)
      } else if last.count + 1 + word.count <= width {
        lines[lines.count - 1] += " \(word)"
      } else {
        lines.append(String(word))
      }
    }
    return lines
  }
}

extension AdvisoryState {
  /// For people.
  fileprivate var words: String { self == .notAffected ? "not affected" : rawValue }
}
