// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Evidence
import Tape

/// `basic_cpuid[N]=EAX EBX ECX EDX`, as libcpuid saves what it read.
///
/// Only as many leaves as that version of libcpuid stored: one that is missing is not known, whatever leaf 0 says.
enum LibcpuidArrays {
  static let name = "libcpuid raw array"

  /// Where an array's elements go. Source: libcpuid libcpuid/cpuid_main.c, cpuid_serialize_raw_data_internal().
  private enum Place {
    case leaves(from: UInt32)
    case subleaves(of: UInt32)
  }

  private static let places: [String: Place] = [
    "basic_cpuid": .leaves(from: 0), "ext_cpuid": .leaves(from: 0x8000_0000), "intel_fn4": .subleaves(of: 4),
    "intel_fn11": .subleaves(of: 0xb), "intel_fn12h": .subleaves(of: 0x12),
    "intel_fn14h": .subleaves(of: 0x14),
    "amd_fn8000001dh": .subleaves(of: 0x8000_001d), "amd_fn80000026h": .subleaves(of: 0x8000_0026),
  ]

  @Sendable static func recognises(_ input: Input) -> Bool {
    input.lines.contains { $0.bytes.starts(with: "basic_cpuid[".utf8) }
  }

  @Sendable static func read(_ input: Input) throws(InputError) -> [ImportedMachine] {
    var dump = CPUIDDump()
    for line in input.lines {
      guard let bracket = line.bytes.firstIndex(of: UInt8(ascii: "[")),
        let place = places[text(line.bytes[..<bracket])]
      else { continue }
      guard let element = element(line.bytes[bracket...]) else {
        throw input.error(line: line.number, "broken element of an array")
      }
      switch place {
      case .leaves(let first): dump.add(first + element.index, 0, cpu: 0, element.registers)
      case .subleaves(let leaf): dump.add(leaf, element.index, cpu: 0, element.registers)
      }
    }
    return try dump.machine(name, input)
  }

  /// `[31]=0000000f 0000016f 0000000f 00000001`
  private static func element(_ line: ArraySlice<UInt8>) -> (index: UInt32, registers: CPUIDRegisters)? {
    var line = line.dropFirst()
    let digits = line.prefix { (0x30...0x39).contains($0) }
    line = line.dropFirst(digits.count)
    guard let index = decimal(digits), index < 4096, line.take("]=") else { return nil }
    let words = line.split(separator: 0x20).map { word in
      var word = word
      return word.takeHexadecimal(8...8).flatMap { word.isEmpty ? $0 : nil }
    }
    guard words.count == 4, let eax = words[0], let ebx = words[1], let ecx = words[2], let edx = words[3]
    else {
      return nil
    }
    return (UInt32(index), CPUIDRegisters(eax: eax, ebx: ebx, ecx: ecx, edx: edx))
  }
}
