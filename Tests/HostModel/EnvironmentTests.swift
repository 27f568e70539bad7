// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Evidence
import HostModel
import Tape
import Testing

@Suite struct EnvironmentTests {
  static func text(_ text: String) -> Answer { .bytes(Array(text.utf8)) }
  static func leaf(_ ecx: UInt32) -> Answer { .bytes(CPUIDRegisters(ecx: ecx).bytes) }

  static let machine: [Question: Answer] = [
    .origin: text("live\n"), .cpuid(leaf: 0): .bytes(CPUIDRegisters(eax: 0x10).bytes),
    .cpuid(leaf: 1): leaf(0),
    .file("/sys/hypervisor/type"): .absent, .file("/sys/class/dmi/id/sys_vendor"): text("Dell Inc.\n"),
    .file("/sys/class/dmi/id/product_name"): text("PowerEdge R7525\n"),
    .file("/sys/class/dmi/id/bios_vendor"): text("Dell Inc.\n"),
  ]

  static func observe(_ changes: [Question: Answer]) -> Environment.Kind {
    Environment.observe(Tape(machine.merging(changes) { _, new in new })).kind
  }

  @Test func aMachineWhoseSourcesAgreeIsBareMetal() { #expect(Self.observe([:]) == .bareMetal) }

  @Test(arguments: ["\u{0}\u{1}\n", "a name of words\n", String(repeating: "x", count: 33), ""])
  func whatNamesNoHypervisorMakesNoGuest(_ type: String) {
    guard case .unknown = Self.observe([.file("/sys/hypervisor/type"): Self.text(type)]) else {
      Issue.record("taken for a hypervisor's name, or for none")
      return
    }
  }

  @Test func theHypervisorBitDecides() {
    let signature = CPUIDRegisters(eax: 0x4000_0001, ebx: 0x4b4d_564b, ecx: 0x564b_4d56, edx: 0x4d)
    let kvm: [Question: Answer] = [
      .cpuid(leaf: 1): Self.leaf(1 << 31), .cpuid(leaf: 0x4000_0000): .bytes(signature.bytes),
    ]
    #expect(Self.observe(kvm) == .guest("KVM"))
  }

  @Test func aClearBitIsTheProcessorsWordWhateverTheFirmwareIsCalled() {
    #expect(Self.observe([.file("/sys/class/dmi/id/sys_vendor"): Self.text("QEMU\n")]) == .bareMetal)
  }

  @Test func xenLeavesTheBitClearAndNamesItself() {
    #expect(Self.observe([.file("/sys/hypervisor/type"): Self.text("xen\n")]) == .guest("xen"))
  }

  @Test func onALiveHostALostSourceLeavesItOpen() {
    guard case .unknown = Self.observe([.file("/sys/hypervisor/type"): .denied]) else {
      Issue.record("a source was lost")
      return
    }
  }

  @Test func withoutCPUIDTheFirmwareNamesDecide() {
    let arm: [Question: Answer] = [
      .cpuid(leaf: 0): .absent, .cpuid(leaf: 1): .absent,
      .file("/proc/cpuinfo"): Self.text("processor\t: 0\nFeatures\t: fp asimd\nCPU implementer\t: 0x41\n"),
    ]
    #expect(Self.observe(arm) == .bareMetal)
    let guest = arm.merging([.file("/sys/class/dmi/id/sys_vendor"): Self.text("QEMU\n")]) { _, new in new }
    #expect(Self.observe(guest) == .guest("QEMU"))
    let open = arm.merging([.file("/sys/class/dmi/id/sys_vendor"): .denied]) { _, new in new }
    guard case .unknown = Self.observe(open) else {
      Issue.record("a source was lost")
      return
    }
  }

  @Test func onMainframesTheControlProgramDecides() {
    let sysinfo = Question.file("/proc/sysinfo")
    let partition: [Question: Answer] = [
      .cpuid(leaf: 0): .absent, .cpuid(leaf: 1): .absent,
      .file("/proc/cpuinfo"): Self.text("vendor_id       : IBM/S390\nfeatures\t: zarch stfle\n"),
      sysinfo: Self.text("Manufacturer:         IBM\nLPAR Number:          7\n"),
    ]
    #expect(Self.observe(partition) == .bareMetal)
    let guest = Self.text("Manufacturer:         IBM\nVM00 Control Program: KVM/Linux\n")
    #expect(Self.observe(partition.merging([sysinfo: guest]) { _, new in new }) == .guest("KVM/Linux"))
    for lost in [Answer.denied, .absent, .bytes([])] {
      guard case .unknown = Self.observe(partition.merging([sysinfo: lost]) { _, new in new }) else {
        Issue.record("a source was lost")
        return
      }
    }
  }

  @Test func aDumpOfRegistersIsWhatItsBitSays() {
    let dump: [Question: Answer] = [
      .origin: Self.text("cpuid\n"), .cpuid(leaf: 0): .bytes(CPUIDRegisters(eax: 0x10).bytes),
      .cpuid(leaf: 1): Self.leaf(0),
    ]
    #expect(Environment.observe(Tape(dump)).kind == .bareMetal)
  }

  @Test func cpuinfoStandsInForTheRegister() {
    let flags = Self.text("vendor_id\t: GenuineIntel\nflags\t\t: fpu hypervisor\n")
    #expect(
      Self.observe([.cpuid(leaf: 1): .denied, .file("/proc/cpuinfo"): flags]) == .guest("a hypervisor"))
  }

  @Test func nothingAtAllIsUnknown() {
    guard case .unknown = Environment.observe(Tape()).kind else {
      Issue.record("an empty tape was judged")
      return
    }
  }

  /// An emulated machine shows the hypervisor bit; the operator's word stands on the tape, so that a replay judges the same.
  @Test func theOperatorMaySayBareMetal() {
    let guest: [Question: Answer] = [
      .origin: .bytes(Array("live\n".utf8)), .cpuid(leaf: 0): .bytes(CPUIDRegisters(eax: 1).bytes),
      .cpuid(leaf: 1): .bytes(CPUIDRegisters(ecx: 1 << 31).bytes),
    ]
    #expect(Environment.observe(Tape(guest)).isGuest)
    let recorder = Recorder(Assuming(bareMetal: Tape(guest)))
    let assumed = Environment.observe(recorder)
    #expect(assumed.kind == .bareMetal && assumed.isAssumed)
    #expect(Environment.observe(recorder.tape) == assumed)
    // Any other word is none.
    for word in [Answer.absent, .denied, .bytes([]), .bytes(Array("guest\n".utf8))] {
      #expect(Environment.observe(Tape(guest.merging([.assumption: word]) { $1 })).isGuest)
    }
  }
}
