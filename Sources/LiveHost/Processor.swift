// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import CHost
internal import Evidence
internal import Glibc

/// CPUID leaves and model-specific registers through the kernel's device nodes.
struct Processor {
  let files: FileReader

  #if arch(x86_64)
    static let hasCPUID = true
  #else
    static let hasCPUID = false
  #endif

  /// Source: kernel arch/x86/kernel/cpuid.c: the position is the leaf, and the subleaf above it.
  func cpuidRecord(_ leaf: UInt32, _ subleaf: UInt32, _ cpu: Int) -> Answer {
    files.record("/dev/cpu/\(cpu)/cpuid", at: UInt64(subleaf) << 32 | UInt64(leaf), count: 16)
  }

  /// The node answers for any CPU but wants privilege and a module; the instruction wants neither.
  func cpuid(_ leaf: UInt32, _ subleaf: UInt32, _ cpu: Int) -> Answer {
    guard Self.hasCPUID else { return .absent }
    let record = cpuidRecord(leaf, subleaf, cpu)
    if case .bytes = record { return record }
    guard let number = Int32(exactly: cpu) else { return .absent }
    var registers = chost_registers()
    // Safe: `registers` lives until the call returns.
    switch unsafe chost_cpuid(number, leaf, subleaf, &registers) {
    case 0:
      let all = CPUIDRegisters(
        eax: registers.eax, ebx: registers.ebx, ecx: registers.ecx, edx: registers.edx)
      return .bytes(all.bytes)
    case -EINVAL: return .withheld("this process may not run on CPU \(cpu)")
    case let status: return SystemError(-status).answer("CPUID on CPU \(cpu)")
    }
  }

  /// Source: kernel arch/x86/kernel/msr.c: the position is the register, EIO its #GP, ENXIO no such CPU.
  func msr(_ register: UInt32, _ cpu: Int) -> Answer {
    guard Self.hasCPUID else { return .absent }
    let path = "/dev/cpu/\(cpu)/msr"
    do throws(SystemError) {
      // No such device node: the msr module is not loaded, or there is no such CPU.
      guard try files.place.has(path) else { return .absent }
    } catch {
      return error.answer(path)
    }
    return files.record(path, at: UInt64(register), count: 8)
  }
}
