// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Catalog
import Evidence
import Foundation
import LawKit
import LiveHost
import Tape
import Testing

/// A value that changes between two reads, under all that a run puts between the probes and the machine.
@Suite struct UnsteadyHostTests {
  private static let tape: Tape? = {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("Machines/Tapes/pci-snp.jsonl")
    return (try? Data(contentsOf: file)).flatMap { try? Tape(parsing: Array($0), path: file.path) }
  }()

  /// The policy looks twice whether a function sleeps, and the redactor reads names for itself: both may see the change.
  @Test(arguments: Fault.Later.allCases) func theReportIsThatOfTheTape(_ later: Fault.Later) throws {
    let tape = try #require(Self.tape)
    let device = "/sys/bus/pci/devices/0000:06:00.0"
    let questions: [Question] = [
      .file("\(device)/power/runtime_status"), .file("\(device)/uevent"), .file("/proc/cpuinfo"),
      .directory("/sys/bus/pci/devices"), .link("\(device)/iommu_group"), .kernelLog,
    ]
    let whole = Verdicts(tape, probes: Catalog.probes)
    for question in questions {
      let faulty = FaultyHost(tape, question, .changing(later))
      let recorder = Recorder(Redactor(Policy(faulty)))
      let report = CorpusLawTests.json(recorder)
      #expect(report == CorpusLawTests.json(recorder.tape), "\(question)")
      #expect(whole.stronger(in: Verdicts(recorder.tape, probes: Catalog.probes)).isEmpty, "\(question)")
    }
  }
}
