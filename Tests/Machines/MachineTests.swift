// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Catalog
import Evidence
import Foundation
import HostModel
import LawKit
import Tape
import Testing

/// Tapes of real kernels: Debian's 6.12.95 (and 6.1) under QEMU with an emulated Milan's leaf 8000_001F, MSRs, IOMMU and
/// secure processor, each host with one thing wrong, recorded by `make test-lab` with HOSTCAP_LAB_RECORD=1.
/// Nothing in the kernel was patched: ccp, kvm_amd and the IOMMU driver found each fault themselves. Where no libvirt ran,
/// what stops nowhere up to KVM is called ready here and unknown in the report.
@Suite struct MachineTests {
  /// A row of lab.tsv, which says how the machine differs from one where all is well.
  struct Machine: Sendable, CustomTestStringConvertible {
    let name: String
    /// Where amd.sme, amd.sev, amd.sev-es and amd.sev-snp end, as `ending` words it.
    let endings: [String]
    /// Ids, where libvirt ran; `nil`: none did.
    let contradictions: [String]?
    var testDescription: String { name }
  }

  static let ladders = ["amd.sme", "amd.sev", "amd.sev-es", "amd.sev-snp"]

  static let home = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
  static let folder = home.appendingPathComponent("Tapes")

  static let machines: [Machine] = {
    guard let text = try? String(contentsOf: home.appendingPathComponent("lab.tsv"), encoding: .utf8) else {
      return []
    }
    return text.split(separator: "\n").filter { !$0.hasPrefix("#") }.map { line in
      let columns = line.split(separator: "\t").map(String.init)
      let contradictions = columns[1].hasSuffix("/libvirt") ? columns[9].split(separator: " ") : nil
      return Machine(
        name: columns[0], endings: Array(columns[5..<9]),
        contradictions: contradictions?.map(String.init).filter { $0 != "-" })
    }
  }()

  static func tape(_ name: String) throws -> Tape {
    let url = folder.appendingPathComponent("\(name).jsonl")
    return try Tape(parsing: Array(try Data(contentsOf: url)), path: url.lastPathComponent)
  }

  /// `ready` where all holds up to KVM, `rung reason` where the climb stops, `? rung reason` where it cannot be told.
  private static func ending(of climb: Climb, hasLibvirt: Bool) -> String {
    func words(_ step: Climb.Step) -> String { "\(step.rung.id) \(step.judgement.reason?.id ?? "")" }
    switch climb.state {
    case .blocked, .absent: return climb.stopsAt.map(words) ?? ""
    case .unknown
    where !hasLibvirt && climb.stopsAt == nil && climb.disputed.isEmpty && isOpenAboveKVM(climb):
      return "ready"
    case .unknown: return (climb.firstUnknown ?? climb.disputed.first).map { "? \(words($0))" } ?? ""
    default: return climb.state.rawValue
    }
  }

  private static func isOpenAboveKVM(_ climb: Climb) -> Bool {
    climb.firstUnknown.map { $0.rung.layer > .kvm } == true
  }

  @Test(arguments: machines) func everyLadderStopsAtTheFault(_ machine: Machine) throws {
    let report = HostReport(try Self.tape(machine.name), probes: Catalog.probes)
    for (ladder, ending) in zip(Self.ladders, machine.endings) {
      let climb = try #require(report.climb(ladder))
      #expect(Self.ending(of: climb, hasLibvirt: machine.contradictions != nil) == ending, "\(ladder)")
    }
    if let expected = machine.contradictions { #expect(report.contradictions.map(\.id) == expected) }
  }

  /// One machine for each way to end, with libvirt where one has it: losing each answer of each tape would take minutes.
  static let kinds = Dictionary(grouping: machines, by: \.endings).values.compactMap { alike in
    alike.first { $0.contradictions != nil } ?? alike.first
  }

  @Test(arguments: kinds) func losingEvidenceOnlyMakesUnknown(_ machine: Machine) throws {
    // With libvirt's documents to parse each time, only the probe whose ladders these are.
    let probes = Catalog.probes.filter { machine.contradictions == nil || $0.id == "amd-sev" }
    let violations = EvidenceLoss.violations(on: try Self.tape(machine.name), probes: probes)
    #expect(violations.isEmpty, "\(violations.prefix(5).joined(separator: "\n"))")
  }

  @Test func everyTapeHasItsRow() throws {
    let tapes = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path).filter {
      $0.hasSuffix(".jsonl")
    }
    #expect(!tapes.isEmpty)
    let rows = Self.machines.map(\.name) + DeviceMachineTests.machines
    #expect(Set(tapes.map { String($0.dropLast(6)) }) == Set(rows))
  }
}
