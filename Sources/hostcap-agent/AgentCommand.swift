// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import HostModel
import Probing

/// The node's program: asks the host it runs on, and says what it can do.
struct AgentCommand: HostCommand {
  static let configuration = CommandConfiguration(
    commandName: "hostcap-agent",
    abstract: "Report what this host can do for confidential guests and PCI passthrough.",
    discussion: """
      It only reads: it writes nothing but what --output, --publish and --tape name, wakes no suspended function unless told to, \
      and opens no connection but libvirt's. As root it sees most; what it may not see it reports as unknown.

      EXAMPLES:
        hostcap-agent
        hostcap-agent --format json --output /var/lib/hostcap/report.json
        hostcap-agent --publish json=/var/lib/hostcap/report.json --publish ansible=/etc/ansible/facts.d/hostcap.fact
        hostcap-agent --skip libvirt --tape host.tape
        hostcap-agent --root /host                  (in a container, the host's / mounted there)
      """,
    version: HostReport.productVersion)

  @OptionGroup(title: "Probing") var probing: ProbeOptions
  @OptionGroup(title: "Report") var reporting: ReportOptions
  @OptionGroup(title: "Publishing") var publishing: PublishOptions

  var outputs: [String] { reporting.outputs + publishing.outputs }

  func run() throws {
    let report = try probing.run().report
    // Who publishes from a timer wants no page in the journal.
    if publishing.publish.isEmpty || !reporting.isDefault { try reporting.write(report) }
    guard publishing.write(report) else { throw ExitCode(2) }
  }
}
