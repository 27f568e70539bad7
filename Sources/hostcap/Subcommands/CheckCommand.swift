// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import LiveHost
import Probing

struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Exit 0 if a host has what is required, else 1.",
    discussion: """
      A requirement is a capability, which must be ready, or a count: KIND.passthrough (gpu, vf, network, storage, \
      accelerator, other: units ready to be handed to a guest), sriov.free-vfs (VFs of functions that are ready), or any \
      numeric fact of the report. What could not be determined does not hold, and the line says unknown.

      EXAMPLES:
        hostcap check --require amd.sev-snp --require 'gpu.passthrough>=2'
        hostcap check --require 'amd.sev-es.guests>=10' host.tape
      """)

  @Option(
    help: ArgumentHelp("What must hold; repeatable, all must.", valueName: "requirement"),
    completion: .list(Requirement.capabilities + Requirement.counts.map { "\($0)>=1" }))
  var require: [Requirement]

  @Argument(help: "A tape or a dump, instead of this host.", completion: .file())
  var file: String?

  @OptionGroup(title: "Probing") var probing: ProbeOptions

  func validate() throws {
    guard !require.isEmpty else { throw ValidationError("--require is needed at least once.") }
    if let misuse = require.lazy.compactMap(\.misuse).first { throw ValidationError(misuse) }
  }

  func run() throws {
    let subjects = try Subject.subjects(in: file, else: probing)
    var page = ""
    var isHolding = true
    for subject in subjects {
      if subjects.count > 1 { page += "\(printable(subject.name ?? ""))\n" }
      for requirement in require {
        let outcome = try requirement.outcome(on: subject.report)
        isHolding = isHolding && outcome.isHolding
        page += printable(outcome.line) + "\n"
      }
    }
    try OutputFile.write(Array(page.utf8), to: "-")
    if !isHolding { throw ExitCode(1) }
  }

  /// What a host says may hold control characters; a terminal gets none.
  private func printable(_ text: String) -> String {
    String(
      String.UnicodeScalarView(
        text.unicodeScalars.map { $0.properties.generalCategory == .control ? "\u{fffd}" : $0 }))
  }
}
