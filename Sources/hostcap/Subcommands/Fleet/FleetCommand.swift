// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

struct FleetCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fleet",
    abstract: "Answer questions about many hosts from their reports.",
    discussion: """
      Every question takes reports straight: folders PROVIDER/REGION/HOST.json, files of lines with machine and report, \
      archives. Or it takes --db, a store that ingest keeps: then it also knows what was. A report older than a week \
      counts as unknown.

      EXAMPLES:
        hostcap fleet summary reports/
        hostcap fleet ingest reports/ --db fleet
        hostcap fleet problems --db fleet --capability amd.sev-snp
        hostcap fleet drift --db fleet --since 2026-11-01
      """,
    subcommands: [
      FleetIngestCommand.self, FleetSummaryCommand.self, FleetHostsCommand.self, FleetDevicesCommand.self,
      FleetClassesCommand.self, FleetProblemsCommand.self, FleetDriftCommand.self, FleetHistoryCommand.self,
      FleetGateCommand.self, FleetCompareCommand.self, FleetNeedsCommand.self, FleetCommitmentsCommand.self,
      FleetBoardCommand.self,
      FleetRejectedCommand.self,
      FleetQueryCommand.self, FleetFactsCommand.self,
      FleetSQLCommand.self, FleetDoctorCommand.self,
    ])
}
