// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CanonicalJSON
import Catalog
import Devices
import Documents
import Fleet
import HostModel
import Interop
import LiveHost
import Planning
import Signing
import Tape

struct RenderCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "render",
    abstract:
      "Write what others read of a fleet and its site: tempest's options, a self-description, a hardware BOM.",
    subcommands: [RenderTempestCommand.self, RenderSelfDescriptionCommand.self, RenderHBOMCommand.self])
}

/// A fleet, and what its site decides.
struct SitedFleet: ParsableArguments {
  @OptionGroup var source: EvidenceOptions
  @Option(
    help: "What the site decides: a YAML file, as for plan.", completion: .file(extensions: ["yaml", "yml"]))
  var site: String
  @Option(help: "Write to this file, whole or not at all, instead of standard output.", completion: .file())
  var output = "-"

  /// - Parameter assuming: emulated machines count, as whoever asks wants; others are not told of them.
  func read(assuming: Bool) throws -> (plan: Plan, fleet: FleetEvidence) {
    let decided = try Site(Document(parsing: InputFile.read(site, limit: Document.sizeLimit), path: site))
    let fleet = try source.evidence(release: decided.release)
    let names = Dictionary(grouping: fleet.hosts, by: \.name)
    if let twice = names.first(where: { $0.value.count > 1 })?.key {
      throw InputError(twice, "two hosts have this name, and a plan is of one region's")
    }
    return (Planner.plan(assuming ? fleet.hosts : fleet.hosts.map(\.withoutAssumption), for: decided), fleet)
  }
}

struct RenderTempestCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tempest",
    abstract: "Write the hardware half of tempest's configuration, as whitebox-tempest-plugin reads it.",
    discussion: """
      What the reports and the site tell of SR-IOV, passthrough, NUMA nodes, threads and huge pages. An option that \
      cannot be told stays a comment, with the reason. The file names hosts and addresses: it is yours alone.

      EXAMPLES:
        hostcap render tempest --reports reports/ --site site.yaml --output whitebox.conf
      """)

  @OptionGroup var sited: SitedFleet

  func run() throws {
    let (plan, _) = try sited.read(assuming: true)
    try OutputFile.write(Array(TempestOptions(plan).text.utf8), to: sited.output)
  }
}

struct RenderSelfDescriptionCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "self-description",
    abstract: "Tell users what can be had, by which flavors, and since when: for /.well-known/hostcap.json.",
    discussion: """
      Capabilities that a flavor asks for, the release starts and a host has ready now; devices by model. Flavors that not everybody sees are not named: the \
      capability is then there on request. No \
      number of hosts, no name of one, no address. Since when is told by a store; from reports alone it is the day of \
      the oldest. It ends with a day after which nobody should believe it: write it anew from a timer.

      EXAMPLES:
        hostcap render self-description --as acme --db fleet --provider acme --site site.yaml \\
          --output /var/www/.well-known/hostcap.json
      """)

  @Option(name: .customLong("as"), help: "What users call the cloud.") var name: String
  @OptionGroup var sited: SitedFleet

  func validate() throws {
    guard StatedText.isLine(name) else {
      throw ValidationError("--as takes a name, on one line.")
    }
  }

  func run() throws {
    let (plan, fleet) = try sited.read(assuming: false)
    let description = SelfDescription(
      plan, provider: name, proofs: fleet.proofs, since: try fleet.usableSince(plan.site.release),
      titles: Dictionary(Catalog.capabilities.map { ($0.id, $0.title) }) { first, _ in first },
      models: DeviceTable.embedded.names, at: sited.source.moment)
    var bytes: [UInt8] = []
    description.json.write(into: &bytes)
    bytes.append(UInt8(ascii: "\n"))
    try OutputFile.write(to: sited.output, isPublic: true) { output, _ in output = bytes }
  }
}
