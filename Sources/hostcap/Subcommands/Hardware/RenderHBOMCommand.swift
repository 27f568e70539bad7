// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CanonicalJSON
import HardwareBOM
import HostModel
import LiveHost

struct RenderHBOMCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "hbom",
    abstract: "Write a hardware bill of materials of a fleet: CycloneDX 1.6.",
    discussion: """
      Each model of machine, processor and device once, each version of firmware and microcode once, with how many there \
      are and on how many hosts, what rests on what, and where the firmware stands with published vulnerabilities. Serial \
      numbers, hardware addresses and UUIDs are in no report, so they are not in here either; host names only with --hosts. \
      Firmware of cards is not read: it needs their makers' programs. Of one host: hostcap probe or judge --format hbom.

      EXAMPLES:
        hostcap render hbom --reports reports/ --output fleet.cdx.json
        hostcap render hbom --db fleet --provider acme --hosts
      """)

  @OptionGroup var source: EvidenceOptions
  @Flag(help: "A component for each host, with its name.") var hosts = false
  @Flag(inversion: .prefixedNo, help: "Say where the firmware stands with published vulnerabilities.")
  var vulnerabilities = true
  @Option(help: "Write to this file, whole or not at all, instead of standard output.", completion: .file())
  var output = "-"

  func run() throws {
    let fleet = try HardwareReports(source.reports, db: source.db, provider: source.provider, at: source.at)
    let bill = BillOfMaterials(
      ofFleet: fleet.hosts.map { HardwareHost($0) }, showingHosts: hosts, vulnerabilities: vulnerabilities)
    try OutputFile.write(to: output) { bytes, drain in
      bill.json.write(into: &bytes, draining: drain)
      bytes.append(UInt8(ascii: "\n"))
    }
  }
}
