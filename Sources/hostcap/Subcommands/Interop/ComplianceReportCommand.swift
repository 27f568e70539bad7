// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CanonicalJSON
import Compliance
import LiveHost
import Planning

struct ComplianceReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Write the report that the monitor takes, with every field that it reads.",
    discussion: """
      The same as the scope's runner writes after hostcap compliance run. It names no file and no host. Sign it before it \
      is submitted.

      EXAMPLES:
        hostcap compliance report --subject acme --reports reports/ --release 2026.1 --output report.yaml
        hostcap compliance report --subject acme --db fleet --provider acme --release 2026.1 --format json
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable { case yaml, json }

  @Argument(help: "Testcases; without any, all that need no human.") var testcases: [String] = []
  @Option(help: "The name of your account at the monitor.") var subject: String
  @OptionGroup var source: EvidenceOptions
  @OptionGroup var running: RunningRelease
  @Option(help: "The form: \(Format.allCases.map(\.rawValue).joined(separator: ", ")).") var format = Format
    .yaml
  @Option(help: "Write to this file, whole or not at all, instead of standard output.", completion: .file())
  var output = "-"

  func validate() throws {
    try ComplianceRun.validate(testcases)
    guard !subject.isEmpty, subject.utf8.count <= 200,
      !subject.unicodeScalars.contains(where: { $0.properties.generalCategory == .control })
    else { throw ValidationError("--subject takes the name of an account: one line, up to 200 bytes.") }
  }

  func run() throws {
    let scope = try ComplianceScope()
    let run = ComplianceRun(testcases, in: scope, on: try ComplianceEvidence(source, running.openStack))
    let report = ComplianceReport(
      run, in: scope, subject: subject, release: running.release, at: source.moment)
    var bytes: [UInt8] = []
    switch format {
    case .yaml: bytes = Array(report.yaml.utf8)
    case .json:
      report.json.write(into: &bytes)
      bytes.append(UInt8(ascii: "\n"))
    }
    try OutputFile.write(bytes, to: output)
  }
}
