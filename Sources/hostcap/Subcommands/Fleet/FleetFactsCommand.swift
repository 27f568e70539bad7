// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Fleet
import HostModel
import Planning
import Tape

struct FleetFactsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "facts",
    abstract: "Write what reports say as rows in files, for engines beyond one machine.",
    discussion: """
      A folder for each table, with lines of JSON. The same segment gives the same files, so many machines can each take \
      some segments; all write into one folder, or each into its own. A segment alone does not say who signed, what was \
      refused when it was taken in, and what guests have shown: a store does. Facts of one folder are of one hostcap; make \
      them anew after an update. Exit status 2: something was refused.

      EXAMPLES:
        hostcap fleet facts fleet/segments/part-0123.ndjson --output facts
        ls fleet/segments/*.ndjson | xargs -P 4 -n 1 hostcap fleet facts --output facts
        hostcap fleet facts fleet --output facts
        hostcap fleet query matrix --engine spark --master spark://127.0.0.1:17077 --data facts
      """)

  @Argument(
    help: "Segments, stores, folders PROVIDER/REGION/HOST.json, .json, .ndjson or .tar, also compressed.",
    completion: .file())
  var reports: [String]

  @Option(help: "The folder, made if it is not there; what else is in it stays.", completion: .directory)
  var output: String

  @Option(help: "The provider of reports whose path names none.")
  var asProvider = HostIdentity.defaultProvider

  @Option(help: "The region of reports whose path names none.") var asRegion = HostIdentity.defaultRegion

  @Option(help: "Refuse reports of a later time than this: 2026-11-26T12:00:00Z. None, if not given.")
  var now: String?

  func validate() throws {
    guard HostIdentity.isName(asProvider), HostIdentity.isName(asRegion) else {
      throw ValidationError("--as-provider and --as-region take letters, digits, - _ and dots.")
    }
    if let now, UTCTime(now) == nil {
      throw ValidationError("--now takes 2026-11-26T12:00:00Z or 2026-11-26.")
    }
    if reports.isEmpty { throw ValidationError("Name segments, reports or a store.") }
  }

  func run() throws {
    var files = FactFiles(in: output, now: now.flatMap { UTCTime($0) })
    try files.take(reports, provider: asProvider, region: asRegion)
    FleetSource.tell(files.refusals)
    if !files.refusals.isEmpty { throw ExitCode(2) }
  }
}
