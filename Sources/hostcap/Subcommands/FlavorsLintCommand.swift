// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CanonicalJSON
import LiveHost
import Planning
import Probing
import ReportText
import Tape

struct FlavorsLintCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lint",
    abstract: "Find what a release makes something else of than is written.",
    discussion: """
      Takes the definitions of openstack-flavor-manager, or what `openstack flavor list --long -f json` prints. A flavor \
      that would run without the encryption that it promises is an error, and so is one that Nova refuses; a warning \
      leaves the flavor usable. Exit status 1: there are errors.

      EXAMPLES:
        hostcap flavors lint flavors.yaml --osism 11
        openstack flavor list --long -f json | hostcap flavors lint - --openstack 2026.2
      """)

  @Argument(help: "Flavor definitions; - is standard input.", completion: .file())
  var file: String

  @OptionGroup(title: "Release") var releases: ReleaseOptions

  @Flag(help: "Print JSON.") var json = false

  func run() throws {
    let (release, name) = try releases.release()
    let flavors = try FlavorsCommand.read(file)
    let findings = FlavorLint.findings(flavors, release: release)
    let errors = findings.count { $0.severity == .error }
    if json {
      try OutputFile.write(Self.document(findings), to: "-")
    } else {
      var outline = Outline(style: Presentation.style(forOutput: nil))
      for finding in findings { add(finding, to: &outline) }
      outline.add(
        "\(flavors.flavors.count) flavors for \(name): \(errors) errors, \(findings.count - errors) warnings")
      try OutputFile.write(outline.output, to: "-")
    }
    if errors > 0 { throw ExitCode(1) }
  }

  /// The place as compilers write it, so that editors find it.
  private func add(_ finding: FlavorFinding, to outline: inout Outline) {
    let tone: Outline.Tone = finding.severity == .error ? .bad : .caution
    outline.add(
      "\(file):\(finding.line): \(finding.severity.rawValue): \(finding.flavor) [\(finding.rule)]", tone)
    outline.add(finding.message, level: 1)
    outline.add("→ \(finding.fix)", level: 1, .faint)
  }

  private static func document(_ findings: [FlavorFinding]) -> [UInt8] {
    let all = findings.map { finding -> JSONValue in
      [
        "fix": .string(finding.fix), "flavor": .string(finding.flavor), "line": .integer(Int64(finding.line)),
        "message": .string(finding.message), "rule": .string(finding.rule),
        "severity": .string(finding.severity.rawValue),
      ]
    }
    var bytes: [UInt8] = []
    JSONValue.array(all).write(into: &bytes)
    return bytes + [UInt8(ascii: "\n")]
  }
}
