// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Board
import CanonicalJSON
import Documents
import Exports
import Fleet
import HostModel
import LiveHost
import Planning
import Tape

struct FleetNeedsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "needs",
    abstract:
      "Hold what is wanted against what is there: usable, after a fix, missing; and only then what to buy.",
    discussion: """
      For each demand it says what serves it now, what a named setting, update or release would add, what nobody could \
      see, and what is missing then. A host or a device serves one demand. What is missing is bought as the fewest \
      machines of classes that work in this fleet. Exit status 1: something is missing.

      EXAMPLES:
        hostcap fleet needs --init > demand.yaml
        hostcap fleet needs demand.yaml reports/
        hostcap fleet needs demand.yaml --db fleet
        hostcap fleet needs demand.yaml reports/ --format csv > needs.csv
        hostcap fleet needs demand.yaml reports/ --format svg > needs.svg
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable { case markdown, csv, json, svg }

  @Argument(help: "The demands: a YAML file.", completion: .file(extensions: ["yaml", "yml"]))
  var demand: String?

  @Argument(
    help: "Reports, folders of reports, also PROVIDER/REGION/HOST.json, lines, tapes or dumps.",
    completion: .file())
  var reports: [String] = []

  @Option(help: "A store, as ingest makes it; then proofs count too.", completion: .directory) var db: String?

  @Option(help: "The moment whose reports count: 2026-11-26T12:00:00Z, or a date. Now, if not given.")
  var at: String?

  @Option(help: "The form: \(Format.allCases.map(\.rawValue).joined(separator: ", ")).")
  var format = Format.markdown

  @Flag(name: .customLong("init"), help: "Print a commented file of demands instead.")
  var isInit = false

  func validate() throws {
    if isInit {
      if demand != nil { throw ValidationError("--init prints a file of demands; it takes none.") }
    } else if demand == nil || reports.isEmpty == (db == nil) {
      throw ValidationError("Name a file of demands, and reports or --db; --init prints one to start from.")
    }
    if let at, UTCTime(at) == nil { throw ValidationError("--at takes 2026-11-26T12:00:00Z or 2026-11-26.") }
  }

  func run() throws {
    guard let demand else { return try OutputFile.write(Array(DemandTemplate.text.utf8), to: "-") }
    let document = try Document(parsing: InputFile.read(demand, limit: Document.sizeLimit), path: demand)
    let list = try DemandList(document)
    let scope = Scope(at: at.flatMap { UTCTime($0) } ?? FleetScope.clock, release: list.release)
    // A purchase that rests on half of the fleet buys the other half again.
    let fleet = try FleetEvidence(reports: reports, db: db, in: scope)
    let needs = NeedsAssessment(list, on: fleet.hosts, proofs: fleet.proofs)
    let page = NeedsPage(needs)
    var bytes: [UInt8] = []
    switch format {
    case .markdown: bytes = Array(page.markdown.utf8)
    case .csv: bytes = Array(page.csv.utf8)
    case .svg: bytes = Purchasing(needs).chart
    case .json:
      page.json.write(into: &bytes)
      bytes.append(UInt8(ascii: "\n"))
    }
    try OutputFile.write(bytes, to: "-")
    if needs.lines.contains(where: { $0.missing > 0 }) { throw ExitCode(1) }
  }
}
