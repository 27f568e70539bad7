// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CanonicalJSON
import Catalog
import Fleet
import HostModel
import Interop
import LiveHost
import Planning
import Probing
import ReportText
import Tables
import Tape

struct FleetCompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract:
      "Hold two states of a fleet against each other: what got lost, what got ready. Also as a release note.",
    discussion: """
      Two folders of reports, before and after a release candidate, or two moments of a store. Each is asked what the \
      release that ran there can use. It speaks of hardware classes, never of hosts. Exit status 1: something was \
      lost, or is no longer known.

      EXAMPLES:
        hostcap fleet compare --before run-1/ --before-release 2026.1 --after run-2/ --release 2026.2
        hostcap fleet compare --db fleet --since 2026-11-01 --release 2026.2
        hostcap fleet compare --before run-1/ --after run-2/ --release 2026.2 --notes releasenotes/notes
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable { case table, csv, json, reno }

  @Option(help: "Reports of before.", completion: .file()) var before: [String] = []
  @Option(help: "Reports of after.", completion: .file()) var after: [String] = []
  @Option(help: "A store, of which two moments are compared.", completion: .directory) var db: String?
  @Option(help: "With --db, the moment before.") var since: String?
  @Option(help: "The moment after. Now, or that of the last report of --after, if not given.") var at: String?
  @Option(help: "The release that ran before; the same, if not given.") var beforeRelease: String?
  @Option(help: "The release that runs now.") var release = OpenStackRelease.newest.id
  @Option(help: "Only this provider.") var provider = ""
  @Flag(help: "Also what did not change.") var all = false
  @Option(help: "The form: \(Format.allCases.map(\.rawValue).joined(separator: ", ")).") var format = Format
    .table
  @Option(
    help: "Write a release note for reno into this folder instead, under a name of its own.",
    completion: .directory)
  var notes: String?
  @Option(help: "The beginning of the note's name: lower case, digits and dashes.") var slug = "hostcap"

  func validate() throws {
    let isStore = db != nil && since != nil && before.isEmpty && after.isEmpty
    let isFolders = db == nil && since == nil && !before.isEmpty && !after.isEmpty
    guard isStore || isFolders else {
      throw ValidationError("Name --before and --after, or --db and --since.")
    }
    for (name, value) in [("--since", since), ("--at", at)] {
      if let value, UTCTime(value) == nil {
        throw ValidationError("\(name) takes 2026-11-26T12:00:00Z or 2026-11-26.")
      }
    }
    if let since = since.flatMap({ UTCTime($0) }), since.secondsSince1970 > moment.secondsSince1970 {
      throw ValidationError("--since is later than --at.")
    }
    for id in [release, beforeRelease ?? release] where OpenStackRelease.named(id) == nil {
      throw ValidationError("OpenStack \(id) is not known.")
    }
    guard Scope.isPlain(provider) else {
      throw ValidationError("\(provider.debugDescription) can be no provider's name.")
    }
    let isSlug = slug.utf8.allSatisfy {
      (0x61...0x7a).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2d
    }
    guard isSlug, !slug.isEmpty, slug.utf8.count <= 100 else {
      throw ValidationError("--slug takes lower case letters, digits and dashes.")
    }
  }

  private var moment: UTCTime { at.flatMap { UTCTime($0) } ?? FleetScope.clock }

  func run() throws {
    // A run is judged as of its own time: its reports may be weeks old.
    let latest = try at == nil ? Self.newest(after) : nil
    let now = try fleet(after, at: latest ?? moment, OpenStackRelease.named(release))
    let then = try since.flatMap { UTCTime($0) } ?? Self.newest(before) ?? moment
    let old = try fleet(before, at: then, OpenStackRelease.named(beforeRelease ?? release))
    for (run, name) in [(old, "before"), (now, "after")] where run.hosts.isEmpty {
      throw InputError(
        db ?? (name == "before" ? before : after).joined(separator: " "), "holds no host of \(name)")
    }
    let titles = Dictionary(Catalog.capabilities.map { ($0.id, $0.title) }) { first, _ in first }
    let comparison = FleetComparison(before: old, after: now, titles: titles)
    if let notes {
      let note = ReleaseNote(comparison, slug: slug)
      let path = notes.hasSuffix("/") ? notes + note.fileName : "\(notes)/\(note.fileName)"
      try OutputFile.write(to: path, isPublic: true) { output, _ in output = Array(note.text.utf8) }
      try OutputFile.write(Array("\(path)\n".utf8), to: "-")
    } else {
      try OutputFile.write(try drawn(comparison, now.hosts.count), to: "-")
    }
    if comparison.lines.contains(where: { $0.change == .lost || $0.change == .unknown }) { throw ExitCode(1) }
  }

  private func fleet(_ reports: [String], at: UTCTime, _ release: OpenStackRelease?) throws
    -> FleetComparison.Run
  {
    var scope = Scope(at: at, release: release)
    scope.provider = provider
    return FleetComparison.Run(try FleetEvidence(reports: reports, db: db, in: scope).hosts, release: release)
  }

  /// When the last of them was made; `nil`: none says.
  private static func newest(_ reports: [String]) throws -> UTCTime? {
    guard !reports.isEmpty else { return nil }
    let far = UTCTime(secondsSince1970: UInt64(Int32.max) * 2) ?? FleetScope.clock
    let times = try FleetEvidence(reports: reports, db: nil, in: Scope(at: far)).hosts.compactMap(
      \.observedAt)
    return times.max().flatMap { UTCTime($0) }
  }

  private func drawn(_ comparison: FleetComparison, _ hosts: Int) throws -> [UInt8] {
    let lines = comparison.lines.filter { all || $0.change != .unchanged }
    let table = ResultTable(
      name: "compare", title: "Two states of a fleet.",
      columns: [
        Column("change", .public, meaning: "lost, unknown, ready, seen, unchanged"),
        Column("capability", .public, meaning: ""),
        Column("class", .public, meaning: ""), Column("hosts", .count, meaning: ""),
        Column("reason", .public, meaning: ""),
        Column("fix", .private, meaning: ""),
      ],
      rows: lines.map { line in
        [
          .text(line.change.rawValue), .text(line.capability), .text(line.hardwareClass),
          .integer(Int64(line.hosts)),
          .text(line.cause?.reason ?? ""), .text(line.cause?.fix ?? ""),
        ]
      })
    switch format {
    case .csv: return Array(table.csv.utf8)
    case .json:
      var bytes: [UInt8] = []
      JSONValue.object(table.json).write(into: &bytes)
      return bytes + [UInt8(ascii: "\n")]
    case .reno: return Array(ReleaseNote(comparison, slug: slug).text.utf8)
    case .table: return Self.page(comparison, lines, hosts)
    }
  }

  private static func page(_ comparison: FleetComparison, _ lines: [FleetComparison.Line], _ hosts: Int)
    -> [UInt8]
  {
    var outline = Outline(style: Presentation.style(forOutput: nil))
    let counts = FleetComparison.Change.allCases.map { change in
      "\(comparison.lines.filter { $0.change == change }.reduce(0) { $0 + $1.hosts }) \(change.rawValue)"
    }
    outline.add("\(hosts) hosts; their capabilities: \(counts.joined(separator: ", "))")
    let tones: [FleetComparison.Change: Outline.Tone] = [
      .lost: .bad, .unknown: .open, .ready: .good, .seen: .good,
    ]
    for line in lines {
      outline.blank()
      let number = line.hosts == 1 ? "1 host" : "\(line.hosts) hosts"
      outline.add("\(line.change.rawValue): \(line.capability) on \(number)", tones[line.change] ?? .plain)
      outline.add(line.hardwareClass, level: 1, .faint)
      guard let cause = line.cause else { continue }
      outline.add("\(cause.reason)\(cause.fix.isEmpty ? "" : " → \(cause.fix)")", level: 1)
    }
    return outline.output
  }
}
