// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Advisories
import ArgumentParser
import CanonicalJSON
import Fleet
import HostModel
import LiveHost
import Planning
import Probing
import Tables

struct AdvisoriesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "advisories",
    abstract: "Hold the versions of microcode and firmware against published vulnerabilities.",
    discussion: """
      Of this host, or of reports, tapes, dumps and stores. affected: a version that was seen is older than the first that \
      is fixed. fixed: everything that the fix needs was seen. unknown: a version could not be seen, or which one is fixed \
      is told by the board's maker only; in a guest everything is unknown, for a hypervisor can make its versions up. Each \
      version has its source: --format json names it.

      Of several hosts each advisory is one line: on how many hosts it is open.

      Exit status 1: a host is affected; with --strict, or that is not known.

      EXAMPLES:
        sudo hostcap advisories
        hostcap advisories host.tape
        hostcap advisories reports/ --format csv > advisories.csv
        hostcap advisories --db fleet --provider acme
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable { case table, csv, json }

  @Argument(
    help:
      "Reports, folders of reports, also PROVIDER/REGION/HOST.json, lines, tapes or dumps, instead of this host.",
    completion: .file())
  var reports: [String] = []

  @Option(help: "A store, as ingest makes it, instead.", completion: .directory) var db: String?

  @Option(help: "Only this provider's hosts, of a store or of folders.") var provider = ""

  @Option(help: "The moment whose reports count: 2026-11-26T12:00:00Z, or a date. Now, if not given.")
  var at: String?

  @Option(help: "The form: \(Format.allCases.map(\.rawValue).joined(separator: ", ")).") var format = Format
    .table

  @Flag(help: "Also list advisories about other processors.") var all = false

  @Flag(help: "Exit 1 also for what is not known.") var strict = false

  @OptionGroup(title: "Probing") var probing: ProbeOptions

  func validate() throws {
    if db != nil, !reports.isEmpty { throw ValidationError("Name reports or --db, not both.") }
    if let at, UTCTime(at) == nil { throw ValidationError("--at takes 2026-11-26T12:00:00Z or 2026-11-26.") }
    if !Scope.isPlain(provider) {
      throw ValidationError("\(provider.debugDescription) can be no provider's name.")
    }
  }

  func run() throws {
    let page = AdvisoryPage(try hosts(), showingAll: all)
    var bytes: [UInt8] = []
    switch format {
    case .table: bytes = page.text(width: Terminal.columns() ?? 80)
    case .csv: bytes = Array(page.table.csv.utf8)
    case .json:
      page.json.write(into: &bytes)
      bytes.append(UInt8(ascii: "\n"))
    }
    try OutputFile.write(bytes, to: "-")
    if page.has(.affected) || strict && page.has(.unknown) { throw ExitCode(1) }
  }

  private func hosts() throws -> [AdvisoryPage.Host] {
    if db == nil, reports.isEmpty {
      let subject = try Subject(probing: probing)
      return [AdvisoryPage.Host(name: "this host", advised: AdvisedHost(subject.report))]
    }
    return try HardwareReports(reports, db: db, provider: provider, at: at).hosts.map {
      AdvisoryPage.Host(name: $0.label, advised: AdvisedHost($0))
    }
  }
}
