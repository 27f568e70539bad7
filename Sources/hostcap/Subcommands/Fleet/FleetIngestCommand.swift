// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Fleet
import HostModel
import LiveHost
import Tape

struct FleetIngestCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ingest",
    abstract: "Take reports into a store, where they stay as they came.",
    discussion: """
      What is not a whole, valid report of a host with a name and a sensible time is refused, with the reason: see \
      rejected. Reports come in any order and any number of times, and what was taken stays when it is interrupted: run it \
      again. Exit status 2: something was refused.

      EXAMPLES:
        hostcap fleet ingest reports/ --db fleet
        hostcap fleet ingest monday.tar.gz tuesday.ndjson.zst --db fleet
        ssh collector cat reports.ndjson | hostcap fleet ingest - --db fleet
      """)

  @Argument(
    help:
      "Folders PROVIDER/REGION/HOST.json, .json, .ndjson or .tar, also compressed; - is lines on standard input.",
    completion: .file())
  var reports: [String]

  @Option(help: "The store: a folder, made if it is not there.", completion: .directory) var db: String

  @Option(help: "The provider of reports whose path names none.")
  var asProvider = HostIdentity.defaultProvider

  @Option(help: "The region of reports whose path names none.") var asRegion = HostIdentity.defaultRegion

  @Option(help: "Days after which a report is refused as too old.") var maxAge: Int?

  @Option(
    help: ArgumentHelp(
      "Take only what these have signed: OpenSSH's file of allowed signers, whose principals are PROVIDER/REGION/HOST.",
      discussion: """
        ssh-keygen -Y sign -n \(AllowedSigners.namespace) -f KEY HOST.json makes HOST.json.sig, which is looked for beside \
        the report; a line has it as signature.
        """), completion: .file())
  var signers: String?

  @Option(help: "What time it is, for taking in what another clock wrote: 2026-11-26T12:00:00Z.") var now:
    String?

  func validate() throws {
    guard HostIdentity.isName(asProvider), HostIdentity.isName(asRegion) else {
      throw ValidationError("--as-provider and --as-region take letters, digits, - _ and dots.")
    }
    if let now, UTCTime(now) == nil {
      throw ValidationError("--now takes 2026-11-26T12:00:00Z or 2026-11-26.")
    }
    if let maxAge, !(1...36_500).contains(maxAge) { throw ValidationError("--max-age takes days, from 1.") }
  }

  func run() throws {
    let deliveries = try Deliveries(reports, provider: asProvider, region: asRegion)
    let store = try Store(at: db, creating: true)
    let admission = Admission(
      now: now.flatMap { UTCTime($0) } ?? FleetScope.clock, maximumAge: maxAge.map { $0 * 86_400 },
      signers: try signers.map { path in
        let text = String(decoding: try InputFile.read(path, limit: 1 << 20), as: UTF8.self)
        return try AllowedSigners(text, path: path)
      })
    var ingest = Ingest(into: store, through: admission)
    let bar = ProgressBar()
    do throws(InputError) {
      try ingest.take(deliveries) { begun, total in bar.show(begun, of: total) }
    } catch {
      bar.clear()
      throw error
    }
    bar.clear()
    let outcome = ingest.outcome
    FleetSource.tell(outcome.refusals)
    let text =
      "\(outcome.new) reports taken, \(outcome.known) there already, \(outcome.refusals.count) refused\n"
    try OutputFile.write(Array(text.utf8), to: "-")
    if !outcome.refusals.isEmpty { throw ExitCode(2) }
  }
}

struct FleetDoctorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract:
      "Check a store: the database, the spans and sets, and that every report's bytes are there and unchanged.",
    discussion:
      "Exit status 1: something is wrong. A segment that no row names is what an interrupted ingest leaves.")

  @Option(help: "The store.", completion: .directory) var db: String

  @Flag(help: "Remove segments that no row names.") var repair = false

  func run() throws {
    let findings = try Store(at: db, creating: false, reading: !repair).examine(repairing: repair)
    let lines = findings.map { "\($0.isHarmless ? "!" : "✘") \($0.text)" }
    let text = lines.isEmpty ? "✔ everything is in order" : lines.joined(separator: "\n")
    try OutputFile.write(Array("\(text)\n".utf8), to: "-")
    if findings.contains(where: { !$0.isHarmless }) { throw ExitCode(1) }
  }
}
