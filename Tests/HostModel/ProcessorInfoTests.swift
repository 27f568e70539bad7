// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Evidence
import HostModel
import Tape
import Testing

@Suite struct ProcessorInfoTests {
  static func info(_ text: String) -> Tape { Tape([.file("/proc/cpuinfo"): .bytes(Array(text.utf8))]) }

  @Test func onlyTheFirstProcessorCounts() {
    let tape = Self.info("processor\t: 0\nflags\t\t: fpu sev\n\nprocessor\t: 1\nflags\t\t: fpu sme\n")
    #expect(tape.processorFlag("sev").value == true)
    #expect(tape.processorFlag("sme").value == false)
  }

  @Test func aFlagIsAWholeWord() {
    #expect(Self.info("flags\t: sev_es\n").processorFlag("sev").value == false)
  }

  @Test func anArchitectureWithoutFlagsHasNoAnswer() {
    #expect(Self.info("processor\t: 0\nCPU implementer\t: 0x41\n").processorFlag("sev").isAbsent)
  }

  @Test func noColonIsNoCpuinfo() { #expect(Self.info("garbage\n").processorInfo().value == nil) }

  @Test func theVendorComesFromCPUIDFirst() {
    let leaf = CPUIDRegisters(eax: 0x10, ebx: 0x6874_7541, ecx: 0x444d_4163, edx: 0x6974_6e65)
    #expect(Tape([.cpuid(leaf: 0): .bytes(leaf.bytes)]).processorVendor().value == "AuthenticAMD")
    #expect(Self.info("vendor_id\t: GenuineIntel\n").processorVendor().value == "GenuineIntel")
    #expect(Self.info("CPU implementer\t: 0x41\n").processorVendor().isAbsent)
  }
}
