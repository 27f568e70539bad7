// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Evidence
import Testing

@Suite struct CPUIDRegistersTests {
  /// AMD EPYC 9334: the highest extended leaf is 8000_0028; 8000_001F as libvirt's cputestdata has it.
  private struct Genoa: HostSource {
    var more: [Question: Answer] = [:]
    func ask(_ question: Question) -> Answer {
      if let answer = more[question] { return answer }
      return switch question {
      case .cpuid(leaf: 0, _, _): .bytes(CPUIDRegisters(eax: 0x10).bytes)
      case .cpuid(leaf: 0x8000_0000, _, _): .bytes(CPUIDRegisters(eax: 0x8000_0028).bytes)
      case .cpuid(leaf: 0x8000_001f, _, _):
        .bytes(CPUIDRegisters(eax: 0x030f_fffb, ebx: 0x41b3, ecx: 0x3ee, edx: 1).bytes)
      // As Intel processors answer beyond the highest leaf.
      case .cpuid: .bytes(CPUIDRegisters(eax: .max, ebx: .max, ecx: .max, edx: .max).bytes)
      default: .withheld("not given")
      }
    }
  }

  @Test func registersReadBackFromTheirBytes() {
    let registers = CPUIDRegisters(eax: 0x0403_0201, ebx: 5, ecx: 6, edx: .max)
    #expect(registers.bytes == [1, 2, 3, 4, 5, 0, 0, 0, 6, 0, 0, 0, 0xff, 0xff, 0xff, 0xff])
    #expect(CPUIDRegisters(registers.bytes[...]) == registers)
    #expect(CPUIDRegisters(registers.bytes.dropLast()) == nil)
    #expect(CPUIDRegisters([]) == nil)
  }

  @Test func aLeafWithinTheRangeIsRead() {
    let reading = Genoa().cpuid(0x8000_001f)
    #expect(reading.value?.ecx == 0x3ee)
    #expect(reading.question == .cpuid(leaf: 0x8000_001f))
  }

  @Test(arguments: [0x11, 0x20, 0x8000_0029, 0xc000_0001, 0x8086_0001] as [UInt32])
  func aLeafBeyondTheHighestIsAbsent(leaf: UInt32) {
    let reading = Genoa().cpuid(leaf)
    #expect(reading.isAbsent)
    #expect(reading.question == .cpuid(leaf: leaf))
  }

  @Test func withoutTheHighestLeafNothingIsAbsent() {
    let denied = Genoa(more: [.cpuid(leaf: 0x8000_0000): .denied]).cpuid(0x8000_001f)
    #expect(denied.value == nil && !denied.isAbsent)
    let cut = Genoa(more: [.cpuid(leaf: 0x8000_0000): .bytes([1, 2, 3])]).cpuid(0x8000_001f)
    #expect(cut.value == nil && !cut.isAbsent)
  }

  /// Old KVM leaves EAX of its signature leaf zero. Source: kernel Documentation/virt/kvm/x86/cpuid.rst.
  @Test func anOldHypervisorsSignatureIsRead() {
    let signature = CPUIDRegisters(eax: 0, ebx: 0x4b4d_564b, ecx: 0x564b_4d56, edx: 0x4d)
    let host = Genoa(more: [.cpuid(leaf: 0x4000_0000): .bytes(signature.bytes)])
    #expect(host.cpuid(0x4000_0000).value == signature)
    #expect(host.cpuid(0x4000_0002).isAbsent)
  }

  @Test func aRegisterIsEightBytes() {
    func value(_ bytes: [UInt8]) -> UInt64? { Genoa(more: [.msr(0x10): .bytes(bytes)]).msr(0x10).value }
    #expect(value([1, 0, 0, 0, 0, 0, 0, 0x80]) == 0x8000_0000_0000_0001)
    #expect(value([1, 0, 0, 0]) == nil)
    #expect(value([UInt8](repeating: 0, count: 16)) == nil)
  }
}
