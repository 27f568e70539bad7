// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Probing

struct ProbeCommand: HostCommand {
  static let configuration = CommandConfiguration(
    commandName: "probe",
    abstract: "Ask this host, or one mounted elsewhere, and report.",
    discussion: """
      EXAMPLES:
        hostcap probe
        hostcap probe --format json --output report.json
        hostcap probe --only amd-sev,iommu
        hostcap probe --root /host        the host's / mounted there
      """)

  @OptionGroup(title: "Probing") var probing: ProbeOptions
  @OptionGroup(title: "Report") var reporting: ReportOptions
  @OptionGroup(title: "Publishing") var publishing: PublishOptions

  var outputs: [String] { reporting.outputs + publishing.outputs }

  func run() throws {
    let report = try probing.run().report
    if publishing.publish.isEmpty || !reporting.isDefault { try reporting.write(report) }
    guard publishing.write(report) else { throw ExitCode(2) }
  }
}
