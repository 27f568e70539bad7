// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

/// The four registers one CPUID leaf answers with.
public struct CPUIDRegisters: Hashable, Sendable {
  public var eax, ebx, ecx, edx: UInt32

  public init(eax: UInt32 = 0, ebx: UInt32 = 0, ecx: UInt32 = 0, edx: UInt32 = 0) {
    (self.eax, self.ebx, self.ecx, self.edx) = (eax, ebx, ecx, edx)
  }

  /// Reads 16 bytes as /dev/cpu/N/cpuid gives them. Source: kernel arch/x86/kernel/cpuid.c.
  public init?(_ bytes: ArraySlice<UInt8>) {
    guard bytes.count == 16, let eax = littleEndian(bytes, at: 0, as: UInt32.self),
      let ebx = littleEndian(bytes, at: 4, as: UInt32.self),
      let ecx = littleEndian(bytes, at: 8, as: UInt32.self),
      let edx = littleEndian(bytes, at: 12, as: UInt32.self)
    else { return nil }
    self.init(eax: eax, ebx: ebx, ecx: ecx, edx: edx)
  }

  /// KVM's signature with zero for the highest leaf. Source: kernel Documentation/virt/kvm/x86/cpuid.rst.
  fileprivate var isOldKVM: Bool { eax == 0 && ebx == 0x4b4d_564b && ecx == 0x564b_4d56 && edx == 0x4d }

  public var bytes: [UInt8] { [eax, ebx, ecx, edx].flatMap(littleEndianBytes) }
}

extension FixedWidthInteger where Self: UnsignedInteger {
  /// One bit.
  public func bit(_ index: Int) -> Bool { self >> index & 1 == 1 }
  /// Bits `range`, lowest first, shifted down: `ebx.bits(0...5)` is EBX[5:0].
  public func bits(_ range: ClosedRange<Int>) -> Self {
    self >> range.lowerBound & (Self.max >> (Self.bitWidth - range.count))
  }
}

extension HostSource {
  /// One leaf, only if the processor implements it.
  ///
  /// Absent: leaf 0 (or 0x8000_0000) says that the highest one is lower. Beyond it Intel processors and QEMU answer
  /// with the highest basic leaf's registers, which look like features. Source: Intel SDM vol. 2A, CPUID.
  public func cpuid(_ leaf: UInt32, _ subleaf: UInt32 = 0, cpu: Int = 0) -> Reading<CPUIDRegisters> {
    let question = Question.cpuid(leaf: leaf, subleaf: subleaf, cpu: cpu)
    let base = leaf & 0xffff_0000
    guard leaf != base || base == 0x4000_0000 else { return read(question, as: CPUIDRegisters.init) }
    let highest = read(.cpuid(leaf: base, subleaf: 0, cpu: cpu), as: CPUIDRegisters.init)
    return highest.flatMap { registers in
      if base == 0x4000_0000, leaf == base, registers.isOldKVM { return .value(registers) }
      // A processor without the range answers its base leaf with something that is not in the range.
      guard registers.eax & 0xffff_0000 == base, registers.eax >= leaf else { return .absent }
      return read(question, as: CPUIDRegisters.init).outcome
    }.citing(question)
  }

  /// One model-specific register. Absent: the msr module is not loaded, or there is no such CPU.
  /// Errors: EIO is the processor's #GP, the register does not exist or a hypervisor hides it.
  public func msr(_ register: UInt32, cpu: Int = 0) -> Reading<UInt64> {
    read(.msr(register, cpu: cpu)) { $0.count == 8 ? littleEndian($0) : nil }
  }
}

extension Reading {
  /// The same outcome under another question: the one a person would ask to see it.
  public func citing(_ question: Question) -> Reading { Reading(question, outcome) }
}
