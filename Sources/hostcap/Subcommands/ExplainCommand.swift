// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Catalog
import Evidence
import HostModel
import LiveHost
import Probing
import ReportText

struct ExplainCommand: HostCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Say why a capability stops, on what evidence, and what to do next.",
    discussion: """
      CAPABILITY is one of the ids that `hostcap list` prints, a rung of one (amd.sev-snp/kvm-parameter), a reason \
      (bios.smee_off), or the address of a PCI function (0000:3b:00.0).

      EXAMPLES:
        hostcap explain amd.sev-snp
        hostcap explain amd.sev-snp/kvm-parameter host.tape
        hostcap explain 0000:3b:00.0
      """)

  @Argument(
    help: "A capability, a rung, a reason or a PCI address.", completion: .list(Requirement.capabilities))
  var capability: String

  @Argument(help: "A tape or a dump, instead of this host.", completion: .file())
  var file: String?

  @OptionGroup(title: "Probing") var probing: ProbeOptions

  func validate() throws {
    if case .nothing(let why) = Topic(capability) { throw ValidationError(why) }
  }

  var asksHost: Bool { file == nil }
  var outputs: [String] { [] }

  func run() throws {
    let subjects = try Subject.subjects(in: file, else: probing)
    let style = Presentation.style(forOutput: nil)
    var page: [UInt8] = []
    for subject in subjects {
      if subjects.count > 1 { page += TextReport.heading(subject.name ?? "", style: style) }
      page += try Topic(capability).explanation(on: subject, style: style)
    }
    try OutputFile.write(page, to: "-")
  }
}
