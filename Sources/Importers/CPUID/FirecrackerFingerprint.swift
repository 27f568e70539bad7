// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Evidence
import Tape

/// firecracker's CPU fingerprint: the registers that a guest under KVM sees, each bit by itself.
enum FirecrackerFingerprint {
  static let name = "firecracker fingerprint JSON"

  private struct Document: Decodable {
    struct Configuration: Decodable {
      var cpuid_modifiers: [Leaf]
      var msr_modifiers: [Register]?
    }
    struct Leaf: Decodable {
      struct Modifier: Decodable {
        var register, bitmap: String
      }
      var leaf, subleaf: String
      var modifiers: [Modifier]
    }
    struct Register: Decodable {
      var addr, bitmap: String
    }
    var guest_cpu_config: Configuration
  }

  static func read(_ input: Input) throws(InputError) -> [ImportedMachine] {
    let configuration = try JSONInput.decode(Document.self, input).guest_cpu_config
    var dump = CPUIDDump()
    for element in configuration.cpuid_modifiers {
      guard let leaf = word(element.leaf), let subleaf = word(element.subleaf) else {
        throw input.error("\(element.leaf.prefix(20)): not the number of a leaf")
      }
      guard let registers = registers(element.modifiers) else { continue }
      dump.add(leaf, subleaf, cpu: 0, registers)
    }
    for register in configuration.msr_modifiers ?? [] {
      guard let index = word(register.addr) else {
        throw input.error("\(register.addr.prefix(20)): not the number of a register")
      }
      guard let value = bits(register.bitmap, width: 64) else { continue }
      dump.add(msr: index, value)
    }
    return try dump.machine(name, input)
  }

  private static func word(_ text: String) -> UInt32? {
    hexadecimal(Array(text.utf8)[...]).flatMap { UInt32(exactly: $0) }
  }

  /// `nil`: a register is missing, or a bit of it may be either.
  private static func registers(_ modifiers: [Document.Leaf.Modifier]) -> CPUIDRegisters? {
    func register(_ name: String) -> UInt32? {
      modifiers.first { $0.register == name }.flatMap { bits($0.bitmap, width: 32) }.map {
        UInt32(truncatingIfNeeded: $0)
      }
    }
    guard let eax = register("eax"), let ebx = register("ebx"), let ecx = register("ecx"),
      let edx = register("edx")
    else { return nil }
    return CPUIDRegisters(eax: eax, ebx: ebx, ecx: ecx, edx: edx)
  }

  /// `0b` and a digit for each bit, highest first; `x` is a bit that does not matter to firecracker.
  private static func bits(_ text: String, width: Int) -> UInt64? {
    let digits = text.utf8.dropFirst(2)
    guard text.hasPrefix("0b"), digits.count == width, digits.allSatisfy({ $0 == 0x30 || $0 == 0x31 }) else {
      return nil
    }
    return digits.reduce(0) { $0 << 1 | UInt64($1 - 0x30) }
  }
}
