// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Catalog
import Evidence
import HostModel
import ReportJSON
import ReportText
import Tape
import Testing

/// What another maker's processors have takes one line, and what leaves everything open is said once.
@Suite struct OtherMakersTests {
  static func lines(_ tape: Tape) -> [Substring] {
    let report = HostReport(tape, probes: Catalog.probes)
    return String(decoding: TextReport.render(report, style: .plain), as: UTF8.self).split(separator: "\n")
  }

  static func machine(_ vendor: CPUIDRegisters, _ more: [Question: Answer] = [:]) -> Tape {
    let answers: [Question: Answer] = [
      .origin: SampleHost.words("live\n"), .cpuid(leaf: 0): .bytes(vendor.bytes),
      .cpuid(leaf: 1): .bytes(CPUIDRegisters(eax: 0x000c06f2).bytes), .file("/sys/hypervisor/type"): .absent,
    ]
    return Tape(answers.merging(more) { $1 })
  }
  static let intel = CPUIDRegisters(eax: 0x20, ebx: 0x756e_6547, ecx: 0x6c65_746e, edx: 0x4965_6e69)

  @Test func otherMakersTechnologiesAreOneLine() {
    let lines = Self.lines(Self.machine(Self.intel))
    let start = lines.firstIndex { $0.hasPrefix("  – not for this processor: amd.sme") }
    #expect(start != nil)
    #expect(lines.count { $0.contains("amd.sev-snp") } == 1)
    #expect(!lines.contains { $0.contains("the processor is GenuineIntel") })
    #expect(lines.contains { $0.hasPrefix("  ? intel.tdx") })
  }

  @Test func everyLadderStaysInTheJSON() {
    var output: [UInt8] = []
    JSONReport.render(HostReport(Self.machine(Self.intel), probes: Catalog.probes), into: &output)
    let text = String(decoding: output, as: UTF8.self)
    for ladder in Catalog.capabilities {
      #expect(text.contains("\"\(ladder.id)\"") == (ladder.subject == .host), "\(ladder.id)")
    }
  }

  @Test func whatLeavesEverythingOpenIsSaidOnce() {
    let lines = Self.lines(Self.machine(Self.intel, [.file("/sys/hypervisor/type"): .denied]))
    #expect(lines.contains { $0.contains("the same goes for amd.sev") })
    #expect(!lines.contains { $0.hasPrefix("  ? intel.tdx") })
  }
}
