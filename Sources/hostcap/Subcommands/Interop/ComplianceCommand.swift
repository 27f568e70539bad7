// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Compliance
import LiveHost
import Planning

struct ComplianceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compliance",
    abstract: "Answer a scope of the SCS compliance monitor about hosts, and bring the report there.",
    discussion: """
      The scope speaks of hosts, so it is one of its own beside the SCS-compatible scope, which has to run without an \
      administrator's rights. A testcase passes if one host or device can and its report is not older than a week; it \
      fails only if every one was seen and none can; else it is aborted: nobody can tell. What everybody reads holds no \
      host's name, address or serial number.

      EXAMPLES:
        hostcap compliance report --subject acme --db fleet --provider acme --release 2026.1 --output report.yaml
        hostcap sign report.yaml --key ~/.ssh/monitor
        hostcap compliance submit report.yaml --token-file ~/.config/monitor-token
      """,
    subcommands: [
      ComplianceScopeCommand.self, ComplianceRunCommand.self, ComplianceReportCommand.self,
      ComplianceSubmitCommand.self,
    ])
}

struct ComplianceScopeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "scope",
    abstract: "Print \(ComplianceScope.fileName), as a runner or a monitor loads it.")

  func run() throws { try OutputFile.write(ComplianceScope.text, to: "-") }
}

struct ComplianceRunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Be the scope's check script: ID: PASS, FAIL or ABORT, a line each.",
    discussion: """
      Why one does not pass stands on standard error: WARNING lines, which everybody reads once they are on the monitor, \
      name reasons (hostcap list has them all), INFO lines say how often. Exit status 0: every testcase has its line.

      EXAMPLES:
        hostcap compliance run --reports /var/lib/hostcap/reports --release 2026.1
        hostcap compliance run --db fleet hostcap-sev-snp-host hostcap-gpu-passthrough
      """)

  @Argument(help: "Testcases; without any, all that need no human.") var testcases: [String] = []
  @OptionGroup var source: EvidenceOptions
  @OptionGroup var running: RunningRelease

  func validate() throws { try ComplianceRun.validate(testcases) }

  func run() throws {
    let run = ComplianceRun(
      testcases, in: try ComplianceScope(), on: try ComplianceEvidence(source, running.openStack))
    for line in run.errors { Writing.complain(line) }
    try OutputFile.write(Array((run.output.joined(separator: "\n") + "\n").utf8), to: "-")
  }
}

/// Which release the cloud runs.
struct RunningRelease: ParsableArguments {
  @Option(
    help:
      "The OpenStack release that runs there: \(OpenStackRelease.all.map(\.id).joined(separator: ", ")). Without it, what the cloud makes of its hosts is not known."
  )
  var release = ""

  func validate() throws {
    if !release.isEmpty, openStack == nil { throw ValidationError("--release \(release) is not known.") }
  }

  var openStack: OpenStackRelease? { OpenStackRelease.named(release) }
}

extension ComplianceRun {
  /// Ids are words: a line is one id and its verdict.
  static func validate(_ testcases: [String]) throws {
    for id in testcases where !isID(id) {
      throw ValidationError("\(id.debugDescription) can be no testcase.")
    }
  }
}

extension ComplianceEvidence {
  init(_ source: EvidenceOptions, _ release: OpenStackRelease?) throws {
    let fleet = try source.evidence(release: release)
    self.init(hosts: fleet.hosts, proofs: fleet.proofs, release: release, at: source.moment)
  }
}
