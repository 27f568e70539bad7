// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Evidence
import HostModel
import LawKit
import ProbePlatform
import Tape
import Testing

/// What an SCS name has to own up to: said only where every file that it rests on was read.
@Suite struct PlatformConditionTests {
  private let folder = "/sys/devices/system/cpu/vulnerabilities"

  private func facts(_ change: (inout PCIMachine) -> Void) -> [String: Fact.Value] {
    var machine = PCIMachine()
    change(&machine)
    let facts = PlatformProbe.examine(machine).facts
    return Dictionary(uniqueKeysWithValues: facts.map { ($0.id, $0.value) })
  }

  /// An update that has left a processor out: the oldest revision is what counts.
  @Test func revisionsOfMicrocodeThatDifferAreAllNamed() {
    func revisions(_ words: [String]) -> [String: Fact.Value] {
      facts { machine in
        let blocks = words.map { "vendor_id\t: AuthenticAMD\nmicrocode\t: \($0)\n" }
        machine.set(.file("/proc/cpuinfo"), blocks.joined(separator: "\n"))
      }
    }
    #expect(revisions(["0xa0011de", "0xa0011de"])["cpu.microcode-revisions"] == nil)
    let mixed = revisions(["0xa0011de", "0xa0011ce", "0xa0011de"])
    #expect(mixed["cpu.microcode-revisions"] == .list(["0xa0011ce", "0xa0011de"]))
    #expect(mixed["cpu.microcode"] == .text("0xa0011de"))
    // A large machine's file, cut within a number: that is no third revision, nor a second one.
    let cut = facts { machine in
      let block = "vendor_id\t: AuthenticAMD\nmicrocode\t: 0xa0011de\n\n"
      machine.set(.file("/proc/cpuinfo"), block + block + "vendor_id\t: AuthenticAMD\nmicrocode\t: 0xa00")
    }
    #expect(cut["cpu.microcode-revisions"] == nil)
  }

  private func vulnerable(_ states: [String: String]) -> Fact.Value? {
    facts { machine in
      for (name, state) in states {
        machine.add(name, to: folder)
        machine.set(.file("\(folder)/\(name)"), state + "\n")
      }
    }["cpu.vulnerable"]
  }

  @Test func whatNothingMitigatesIsNamed() {
    let found = vulnerable([
      "spectre_v2": "Mitigation: Retpolines; IBPB: conditional", "meltdown": "Not affected",
      "spec_rstack_overflow": "Vulnerable: Safe RET, no microcode", "spec_store_bypass": "Vulnerable",
    ])
    #expect(found == .list(["spec_rstack_overflow", "spec_store_bypass"]))
    #expect(vulnerable(["meltdown": "Not affected"]) == .list([]))
    let all = facts { machine in
      for (name, state) in [
        ("tsa", "Mitigation: Clear CPU buffers"), ("mds", "Vulnerable"), ("l1tf", "Not affected"),
      ] {
        machine.add(name, to: folder)
        machine.set(.file("\(folder)/\(name)"), state + "\n")
      }
    }
    #expect(all["cpu.mitigated"] == .list(["l1tf", "tsa"]))
  }

  @Test func guestsOfSiblingThreadsAreNotMitigatedByL1TFsPTEInversion() {
    let flush = "Mitigation: PTE Inversion; VMX: conditional cache flushes"
    #expect(vulnerable(["l1tf": "\(flush), SMT vulnerable"]) == .list(["l1tf"]))
    #expect(vulnerable(["l1tf": "\(flush), SMT disabled"]) == .list([]))
    #expect(vulnerable(["l1tf": "Mitigation: PTE Inversion; VMX: vulnerable"]) == .list(["l1tf"]))
  }

  @Test(arguments: [
    "KVM: Vulnerable", "Processor vulnerable", "Mitigation: Enhanced / Automatic IBRS; BHI: Vulnerable",
    "Mitigation: Clear CPU buffers; SMT vulnerable",
  ])
  func theWordCountsWhereverItStands(_ state: String) { #expect(vulnerable(["x": state]) == .list(["x"])) }

  @Test func oneFileThatIsNotReadLeavesItOpen() {
    let found = facts { machine in
      for name in ["l1tf", "meltdown"] { machine.add(name, to: folder) }
      machine.set(.file("\(folder)/l1tf"), "Not affected\n")
      machine.answers[.file("\(folder)/meltdown")] = .denied
    }
    #expect(found["cpu.vulnerable"] == nil)
    #expect(vulnerable(["mmio_stale_data": "Unknown: No mitigations"]) == nil)
    #expect(facts { _ in }["cpu.vulnerable"] == nil)
  }

  @Test func eccIsSaidOnlyWhereAControllerIsListed() {
    #expect(facts { $0.add("mc0", to: "/sys/devices/system/edac/mc") }["memory.ecc"] == .flag(true))
    #expect(facts { $0.add("power", to: "/sys/devices/system/edac/mc") }["memory.ecc"] == nil)
    #expect(facts { _ in }["memory.ecc"] == nil)
  }

  @Test(arguments: [("kvm_amd", "1", true), ("kvm_intel", "Y", true), ("kvm_intel", "N", false)])
  func nestingIsTheModulesParameter(_ module: String, _ value: String, _ isOn: Bool) {
    #expect(facts { $0.parameter(module, "nested", value) }["kvm.nested"] == .flag(isOn))
  }

  @Test func siblingsAreInUseOrNot() {
    #expect(facts { $0.set(.file("/sys/devices/system/cpu/smt/active"), "1\n") }["cpu.smt"] == .flag(true))
    #expect(facts { _ in }["cpu.smt"] == nil)
  }
}
