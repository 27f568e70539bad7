// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Catalog
import Evidence
import Foundation
import HostModel
import LawKit
import ReportJSON
import Tape
import Testing

/// The law of faults over tapes of real kernels: every question of a full run, every kind of failure.
@Suite struct MachineFaultTests {
  /// SEV-SNP in order, with libvirt, and with faults of three layers; virtual functions, GPUs and shared groups on both
  /// makers' IOMMUs; a kernel of old; a processor without encryption.
  static let machines = [
    "snp", "libvirt-snp", "rmp-not-reserved", "psp-init-hangs", "kernel-6-1", "pci-snp", "pci-amd",
    "pci-intel", "leaf-of-stock-qemu",
  ]

  static func json(_ report: HostReport) -> [UInt8] {
    var bytes: [UInt8] = []
    JSONReport.render(report, into: &bytes)
    return bytes
  }

  static func complaint(_ bytes: [UInt8]) -> String? {
    (try? JSONSerialization.jsonObject(with: Data(bytes))) is [String: Any] ? nil : "the report is no JSON"
  }

  @Test(arguments: machines) func noFaultMakesAVerdictStronger(_ machine: String) throws {
    let law = FaultLaw(
      try MachineTests.tape(machine), probes: Catalog.probes, garbage: FaultDepth.garbage,
      entries: FaultDepth.entries, draw: Self.json)
    let count = law.run(every: FaultDepth.step(short: 211), inspect: Self.complaint)
    FaultDepth.tell(machine, law, count)
    #expect(count.trials > 3)
    #expect(count.violations.isEmpty, "\(count.violations.prefix(20).joined(separator: "\n"))")
  }

  /// Those that every probe asks, in full length.
  @Test(arguments: Garbage.allCases) func aMebibyteOfGarbageIsNoEvidence(_ kind: Garbage) throws {
    let tape = try MachineTests.tape("snp")
    let whole = Verdicts(tape, probes: Catalog.probes)
    let questions: [Question] = [
      .file("/proc/cpuinfo"), .directory("/sys/kernel/iommu_groups"), .msr(0xc001_0010), .kernelLog,
    ]
    for question in questions {
      let faulty = FaultyHost(tape, question, .garbage(kind, count: Garbage.most))
      let report = HostReport(Recorder(faulty), probes: Catalog.probes)
      #expect(Self.complaint(Self.json(report)) == nil)
      #expect(whole.stronger(in: Verdicts(report)).isEmpty, "\(question)")
    }
  }

  /// What a blocked read ends in: unknown, and the report says that nobody replied.
  @Test(arguments: ["ioctl:SEV_PLATFORM_STATUS", "ioctl:SNP_PLATFORM_STATUS", "libvirt:domain-capabilities"])
  func aReadThatBlocksForEverIsUnknownBecauseOfTheTimeout(_ name: String) throws {
    let question = try #require(Question(name))
    let faulty = FaultyHost(try MachineTests.tape("libvirt-snp"), question, .timedOut)
    let report = HostReport(Recorder(faulty), probes: Catalog.probes)
    let timed = report.climbs.flatMap(\.steps).filter {
      [.sourceTimeout, .libvirtHangs].contains($0.judgement.reason)
    }
    #expect(!timed.isEmpty)
    for step in timed {
      #expect(step.judgement.verdict == .unknown)
      #expect(step.judgement.because.contains("no reply within 10 s"))
    }
    let text = String(decoding: Self.json(report), as: UTF8.self)
    #expect(text.contains("source.timeout") || text.contains(Reason.libvirtHangs.id))
    #expect(report.evidence[question] == "failed: errno 110, no reply within 10 s")
  }
}
