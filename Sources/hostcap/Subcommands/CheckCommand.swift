// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Evidence
import HostModel
import LiveHost
import Probing
import ReportJUnit
import ReportSubunit
import Results
import Tape

struct CheckCommand: HostCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Exit 0 if a host has what is required, else 1.",
    discussion: """
      A requirement is a capability, which must be ready, or a count: KIND.passthrough (gpu, vf, network, storage, \
      accelerator, other: units ready to be handed to a guest), sriov.free-vfs (VFs of functions that are ready), or any \
      numeric fact of the report. What could not be determined does not hold, and the line says unknown.

      As junit or subunit each requirement is a test, which passes if it holds, fails if it does not, and is skipped \
      where that is unknown; the exit status is the same.

      EXAMPLES:
        hostcap check --require amd.sev-snp --require 'gpu.passthrough>=2'
        hostcap check --require amd.sev-snp --format junit --output check.xml
        hostcap check --require 'amd.sev-es.guests>=10' host.tape
      """)

  @Option(
    help: ArgumentHelp("What must hold; repeatable, all must.", valueName: "requirement"),
    completion: .list(Requirement.capabilities + Requirement.counts.map { "\($0)>=1" }))
  var require: [Requirement]

  enum Format: String, ExpressibleByArgument, CaseIterable { case text, junit, subunit }

  @Option(help: "The form of the answer: \(Format.allCases.map(\.rawValue).joined(separator: ", ")).")
  var format = Format.text

  @Option(
    help: ArgumentHelp(
      "Write the answer to this file, whole or not at all, instead of standard output.", valueName: "file"),
    completion: .file())
  var output: String?

  @Argument(help: "A tape or a dump, instead of this host.", completion: .file())
  var file: String?

  @OptionGroup(title: "Probing") var probing: ProbeOptions

  func validate() throws {
    guard !require.isEmpty else { throw ValidationError("--require is needed at least once.") }
    if let misuse = require.lazy.compactMap(\.misuse).first { throw ValidationError(misuse) }
  }

  var asksHost: Bool { file == nil }
  var outputs: [String] { [output].compactMap { $0 } }

  func run() throws {
    let subjects = try Subject.subjects(in: file, else: probing)
    var answers: [(subject: Subject, outcomes: [Requirement.Outcome])] = []
    for subject in subjects {
      answers.append((subject, try require.map { try $0.outcome(on: subject.report) }))
    }
    var bytes: [UInt8] = []
    switch format {
    case .text: bytes = text(answers)
    case .junit: JUnitReport.render(results(answers), into: &bytes)
    case .subunit: SubunitReport.render(results(answers), into: &bytes)
    }
    try OutputFile.write(bytes, to: output ?? "-")
    if !answers.allSatisfy({ $0.outcomes.allSatisfy(\.isHolding) }) { throw ExitCode(1) }
  }

  private func text(_ answers: [(subject: Subject, outcomes: [Requirement.Outcome])]) -> [UInt8] {
    var page = ""
    for (subject, outcomes) in answers {
      if answers.count > 1 { page += "\(printable(subject.name ?? ""))\n" }
      for outcome in outcomes { page += printable(outcome.line) + "\n" }
    }
    return Array(page.utf8)
  }

  /// One suite a machine. A requirement that was given twice is one test.
  private func results(
    _ answers: [(subject: Subject, outcomes: [Requirement.Outcome])]
  ) -> [TestResults] {
    answers.enumerated().map { index, answer in
      var seen: Set<String> = []
      let cases = zip(require, answer.outcomes).map { $0.testCase($1, on: answer.subject.report) }.filter {
        seen.insert($0.id).inserted
      }
      return TestResults(
        place: answers.count > 1 ? index + 1 : nil, worker: TestResults.worker(of: answer.subject.report),
        observedAt: answer.subject.report.observedAt, suites: [TestSuite("check", cases)])
    }
  }

  /// What a host says may hold what steers a terminal, which gets none of it.
  private func printable(_ text: String) -> String { text.harmless() }
}
