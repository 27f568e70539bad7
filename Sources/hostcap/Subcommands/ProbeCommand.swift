// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Probing

struct ProbeCommand: ParsableCommand {
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

  func run() throws {
    try reporting.write(probing.run().report)
  }
}
