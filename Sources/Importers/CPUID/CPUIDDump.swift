// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Evidence
import Tape

/// Registers of a machine's processors, as a dump gives them, on the way to becoming a tape.
struct CPUIDDump {
  private(set) var tape = Tape([.origin: .bytes(Array((Origin.cpuid.rawValue + "\n").utf8))])
  /// Leaves read so far, of every processor.
  private(set) var leaves = 0

  /// Highest number of a processor. Source: kernel arch/x86/Kconfig, NR_CPUS_RANGE_END.
  static let processorLimit = 8192
  /// Leaves of one processor that are kept: the largest real dump has some 300.
  private static let leafLimit = 65_536
  /// What is kept of processors other than the first: identity, features, encryption. A dump may hold 512 of them.
  private static let comparedLeaves: Set<UInt32> = [0, 1, 7, 0x8000_0000, 0x8000_0001, 0x8000_001f]

  init() {}

  init(answers: [Question: Answer]) {
    for (question, answer) in answers {
      guard case .cpuid(let leaf, let subleaf, let cpu) = question, case .bytes(let bytes) = answer,
        let registers = CPUIDRegisters(bytes[...])
      else { continue }
      add(leaf, subleaf, cpu: cpu, registers)
    }
  }

  /// Keeps one leaf. One that is there already stays: dumps that print a leaf twice print the sub-leaf's own value first.
  mutating func add(_ leaf: UInt32, _ subleaf: UInt32, cpu: Int, _ registers: CPUIDRegisters) {
    guard cpu == 0 || Self.comparedLeaves.contains(leaf), cpu < Self.processorLimit, leaves < Self.leafLimit
    else { return }
    let question = Question.cpuid(leaf: leaf, subleaf: subleaf, cpu: cpu)
    guard tape[question] == nil else { return }
    tape[question] = .bytes(registers.bytes)
    leaves += 1
  }

  mutating func add(msr register: UInt32, cpu: Int = 0, _ value: UInt64) {
    tape[.msr(register, cpu: cpu)] = .bytes(littleEndianBytes(value))
  }

  /// Whether leaf 0 of a processor is there, without which nothing can be said.
  func holdsLeaf0(cpu: Int = 0) -> Bool { tape[.cpuid(leaf: 0, cpu: cpu)] != nil }

  /// The one machine. Errors: no leaf 0, as in a dump of another architecture or an empty one.
  func machine(_ format: String, _ input: Input) throws(InputError) -> [ImportedMachine] {
    guard leaves > 0 else { throw input.error("recognised as \(format), without any leaf") }
    guard holdsLeaf0() else { throw input.error("recognised as \(format), without leaf 0 of CPU 0") }
    return input.machine(format, tape)
  }
}
