// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Evidence
import HostModel
import LawKit
import ProbeAMDSEV
import Tape
import Testing

@Suite struct AMDSEVCapacityTests {
  typealias H = SEVHost
  static let hiding = H.parameter("ciphertext_hiding_asids")
  static let capacity = Question.file("/sys/fs/cgroup/misc.capacity")
  static let current = Question.file("/sys/fs/cgroup/misc.current")

  static func facts(_ changes: [Question: Answer]) -> [String: Fact.Value] {
    let facts = AMDSEVProbe.examine(H.with(changes)).facts.filter { $0.id.contains(".slots-") }
    return Dictionary(facts.map { ($0.id, $0.value) }) { first, _ in first }
  }

  /// SEV-SNP guests are charged to sev_es, and a kind nobody uses is not printed.
  @Test func theMiscControllerTellsTotalUsedAndFree() {
    #expect(
      Self.facts([:]) == [
        "amd.sev.slots-total": .count(382), "amd.sev.slots-used": .count(0),
        "amd.sev.slots-free": .count(382),
        "amd.sev-es.slots-total": .count(127), "amd.sev-es.slots-used": .count(3),
        "amd.sev-es.slots-free": .count(124),
        "amd.sev-snp.slots-total": .count(127), "amd.sev-snp.slots-used": .count(3),
        "amd.sev-snp.slots-free": .count(124),
      ])
  }

  /// All ASIDs belong to SEV-ES: the kernel then prints no line for sev, which must not be read as sev_es.
  @Test func aMissingLineIsAnEmptyPool() {
    #expect(Self.facts([Self.capacity: H.text("sev_es 509\n")])["amd.sev.slots-total"] == .count(0))
  }

  @Test func withoutTheControllerCPUIDGivesTotalsAndNobodyKnowsTheRest() {
    let facts = Self.facts([Self.capacity: .absent, Self.current: .absent])
    #expect(facts["amd.sev.slots-total"] == .count(382))
    #expect(facts["amd.sev-snp.slots-total"] == .count(127))
    #expect(facts["amd.sev.slots-free"] == nil)
  }

  @Test func ciphertextHidingSplitsThePool() {
    let split: [Question: Answer] = [
      H.parameters: H.text("ciphertext_hiding_asids\nsev\nsev_es\nsev_snp\n"), Self.hiding: H.text("100\n"),
    ]
    #expect(Self.facts(split)["amd.sev-snp.slots-total"] == .count(100))
    #expect(Self.facts(split)["amd.sev-es.slots-total"] == .count(27))
    #expect(H.climb("amd.sev-es", split).state == .ready)
    let all = split.merging([Self.hiding: H.text("127\n")]) { _, new in new }
    #expect(H.climb("amd.sev-es", all).stopsAt?.judgement.reason == .ciphertextHidingTakesAll)
    #expect(EvidenceLoss.violations(on: H.with(all), probes: [AMDSEVProbe.self]).isEmpty)
  }

  @Test func aFullHostIsStillReady() {
    let climb = H.climb("amd.sev", [Self.current: H.text("sev 382\nsev_es 3\n")])
    #expect(climb.state == .ready)
    #expect(climb.steps.first { $0.rung.id == "capacity" }?.judgement.reason == .allASIDsInUse)
  }

  @Test func theKernelLogSupportsAVerdictAndMakesNone() {
    let line = "SEV-SNP: Memory for the RMP table has not been reserved by BIOS"
    let log: [Question: Answer] = [.kernelLog: H.text("[    0.5] \(line)\n")]
    #expect(AMDSEVProbe.examine(H.with(log)).findings.isEmpty)
    let stopped = log.merging([
      H.rmpBase: H.msr(0), H.rmpEnd: H.msr(0x1fff), H.flags: H.cpuinfo("sev sev_es"),
      H.parameter("sev_snp"): H.text("N\n"),
      H.snpStatus: .absent, H.vmTypes: .bytes([0xd, 0, 0, 0]),
    ]) { _, new in new }
    let findings = AMDSEVProbe.examine(H.with(stopped)).findings
    #expect(findings.map(\.reason) == [.rmpNotReserved])
    #expect(findings.map(\.because) == ["[    0.5] \(line)"])
  }
}
