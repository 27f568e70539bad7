// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Catalog
import Evidence
import Foundation
import HostModel
import LawKit
import Tape
import Testing

/// Tapes of emulated hosts whose functions were handed out, recorded as those of `MachineTests` were. There the same
/// rows of devices.tsv held, and the kernel, lspci and libvirt agreed on every function.
@Suite struct DeviceMachineTests {
  struct Row: Hashable {
    /// Of the ladder, then addresses, the state with the reason that leads, and the reasons of all remarks.
    let ladder, members, state, reasons: String
  }

  static let rows: [String: [Row]] = {
    let table = MachineTests.home.appendingPathComponent("devices.tsv")
    guard let text = try? String(contentsOf: table, encoding: .utf8) else { return [:] }
    let lines = text.split(separator: "\n").filter { !$0.hasPrefix("#") }.map {
      $0.split(separator: "\t").map(String.init)
    }
    return Dictionary(grouping: lines, by: \.[0]).mapValues { lines in
      lines.map { Row(ladder: $0[1], members: $0[2], state: $0[3], reasons: $0[4]) }
    }
  }()

  /// Those with a tape: libvirt's has the devices of another one.
  static let machines = rows.keys.filter { $0 != "pci-libvirt" }.sorted()

  private static func row(_ ladder: String, _ members: [PCIAddress], _ standing: Standing) -> Row {
    func id(_ remark: Standing.Remark) -> String { remark.judgement.reason?.id ?? "" }
    let reasons = standing.remarks.map(id)
    return Row(
      ladder: ladder, members: members.map(\.description).joined(separator: " "),
      state: ([standing.state.rawValue] + [standing.headline.map(id)].compactMap { $0 }).joined(
        separator: " "),
      reasons: reasons.isEmpty ? "-" : reasons.joined(separator: " "))
  }

  @Test(arguments: machines) func everyDeviceStandsAsOnTheMachine(_ machine: String) throws {
    let report = HostReport(try MachineTests.tape(machine), probes: Catalog.probes)
    #expect(report.environment.kind == .bareMetal)
    let found =
      report.units.map { Self.row("pci.passthrough", $0.members, $0.standing) }
      + report.physicalFunctions.map { Self.row("pci.sriov", [$0.address], $0.standing) }
    #expect(found == Self.rows[machine])
  }

  @Test(arguments: machines) func losingEvidenceOnlyMakesUnknown(_ machine: String) throws {
    let probes = Catalog.probes.filter { ["iommu", "pci", "sriov", "passthrough"].contains($0.id) }
    // All of them would take a minute each.
    let violations = EvidenceLoss.violations(on: try MachineTests.tape(machine), probes: probes, most: 30)
    #expect(violations.isEmpty, "\(violations.prefix(5).joined(separator: "\n"))")
  }
}
