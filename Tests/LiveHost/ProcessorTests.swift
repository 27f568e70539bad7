// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import CHost
import Evidence
import Glibc
import Testing

@testable import LiveHost

@Suite struct ProcessorTests {
  let host = LiveHost()

  @Test func theInstructionAndTheNodeAgree() {
    guard Processor.hasCPUID else { #expect(host.ask(.cpuid(leaf: 0)) == .absent); return }
    // Leaves without a CPU's number or a state in them.
    for leaf: UInt32 in [0, 0x8000_0000, 0x8000_0002, 0x8000_0008, 0x8000_001f] {
      var registers = chost_registers()
      let status = unsafe chost_cpuid(0, leaf, 0, &registers)
      guard status == 0 else { skip("we may not run on CPU 0"); return }
      let executed = CPUIDRegisters(
        eax: registers.eax, ebx: registers.ebx, ecx: registers.ecx, edx: registers.edx)
      #expect(host.ask(.cpuid(leaf: leaf)) == .bytes(executed.bytes), "leaf \(hex(leaf, width: 8))")
    }
  }

  @Test func theThreadIsFreeAfterwards() {
    func allowed() -> [String] {
      let status = host.read(.file("/proc/thread-self/status")) { lines($0).map { text($0) } }
      return status.value?.filter { $0.hasPrefix("Cpus_allowed:") } ?? []
    }
    let before = allowed()
    var registers = chost_registers()
    _ = unsafe chost_cpuid(0, 1, 0, &registers)
    #expect(allowed() == before)
    #expect(before.count == 1)
  }

  @Test func aCPUThatIsNotThereIsNoOther() {
    guard Processor.hasCPUID else { return }
    for cpu in [8191, 8192, Int(Int32.max), Int.max] {
      let answer = host.ask(.cpuid(leaf: 1, subleaf: 0, cpu: cpu))
      if case .bytes = answer { Issue.record("CPU \(cpu) answered") }
    }
  }

  @Test func withoutTheModuleThereIsNoRegisterToRead() {
    guard Processor.hasCPUID else { #expect(host.ask(.msr(0xc001_0010)) == .absent); return }
    let isLoaded = unsafe access("/dev/cpu/0/msr", F_OK) == 0
    let answer = host.ask(.msr(0xc001_0010))
    if isLoaded {
      #expect(answer != .absent)
    } else {
      #expect(answer == .absent)
    }
  }
}
