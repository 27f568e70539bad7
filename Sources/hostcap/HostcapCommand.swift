// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import HostModel

/// The operator's program.
struct HostcapCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "hostcap",
    abstract: "Say what a KVM host can do for confidential guests and PCI passthrough, and where it stops.",
    discussion: """
      It asks a host, keeps every answer, and judges the answers rung by rung. What it could not see is unknown, \
      never no. It only reads.

      EXAMPLES:
        hostcap                               this host, as a page
        hostcap judge host.tape               another one, from its tape
        hostcap explain amd.sev-snp           why it stops, what to do
        hostcap check --require amd.sev-snp   exit 0 if it is ready, else 1

      EXIT STATUS:
        0   done; for check: everything required holds
        1   check: something required does not hold, or is not known; advisories: affected; prove: nothing proven; flavors: errors, or a name overstated; fleet: missing
        2   an input is refused: one line on standard error says why
        64  the command line is wrong
      """,
    version: HostReport.productVersion,
    subcommands: [
      ProbeCommand.self, RecordCommand.self, JudgeCommand.self, ExplainCommand.self, CheckCommand.self,
      DevicesCommand.self, AdvisoriesCommand.self, ProveCommand.self, PlanCommand.self, FlavorsCommand.self,
      FleetCommand.self,
      ComplianceCommand.self, RenderCommand.self, SignCommand.self, VerifyCommand.self, ListCommand.self,
      SchemaCommand.self,
    ],
    defaultSubcommand: ProbeCommand.self)
}
