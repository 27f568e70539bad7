// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Evidence
import Tape

/// `LEAF, SUBLEAF, EAX, EBX, ECX, EDX` in decimal, one row a line, as archspec saves a Windows machine's CPUID.
enum CPUIDRows {
  static let name = "CPUID rows"

  @Sendable static func recognises(_ input: Input) -> Bool {
    guard let first = input.lines.first(where: { !trimmed($0.bytes).isEmpty }) else { return false }
    return row(first.bytes) != nil
  }

  @Sendable static func read(_ input: Input) throws(InputError) -> [ImportedMachine] {
    var dump = CPUIDDump()
    for line in input.lines where !trimmed(line.bytes).isEmpty {
      guard let row = row(line.bytes) else { throw input.error(line: line.number, "not six decimal numbers") }
      dump.add(row[0], row[1], cpu: 0, CPUIDRegisters(eax: row[2], ebx: row[3], ecx: row[4], edx: row[5]))
    }
    return try dump.machine(name, input)
  }

  private static func row(_ line: ArraySlice<UInt8>) -> [UInt32]? {
    let numbers = line.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false).map { number in
      decimal(number).flatMap { UInt32(exactly: $0) }
    }
    let values = numbers.compactMap { $0 }
    return numbers.count == 6 && values.count == 6 ? values : nil
  }
}
