// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Evidence
import Tape

/// `CPUID LEAF: EAX-EBX-ECX-EDX [SL xx]`, as InstLatx64 collects and AIDA64 prints it; libcpuid's .test files hold the
/// same. Text of other kinds may surround it.
enum InstLatxText {
  static let name = "InstLatx64 text"

  @Sendable static func recognises(_ input: Input) -> Bool {
    input.lines.contains { leaf(in: $0.bytes) != nil }
  }

  @Sendable static func read(_ input: Input) throws(InputError) -> [ImportedMachine] {
    var dump = CPUIDDump()
    var cpu = 0
    var previous: UInt32?
    var broken: Int?
    for line in input.lines {
      guard var rest = leaf(in: line.bytes) else { continue }
      // A block begins at leaf 0; headings differ from version to version. A leaf may be printed twice.
      if rest.leaf == 0, let previous, previous != 0 { cpu += 1 }
      previous = rest.leaf
      guard let registers = registers(&rest.bytes) else {
        broken = line.number
        continue
      }
      broken = nil
      dump.add(rest.leaf, subleaf(rest.bytes), cpu: cpu, registers)
    }
    // One in the middle costs its leaf, which then is not known; at the end the file is cut off.
    if let broken { throw input.error(line: broken, "CPUID line with broken registers") }
    return try dump.machine(name, input)
  }

  /// The leaf that begins a line, and the rest, which begins with a register.
  /// Older files have blanks and no colon behind the leaf.
  private static func leaf(in line: ArraySlice<UInt8>) -> (leaf: UInt32, bytes: ArraySlice<UInt8>)? {
    var line = line
    line.skipBlanks()
    // Most lines of such a file are not ours, and there are many.
    guard line.first == UInt8(ascii: "C"), line.take("CPUID") else { return nil }
    line.skipBlanks()
    guard let leaf = line.takeHexadecimal(8...8) else { return nil }
    let length = line.count
    _ = line.take(":")
    line.skipBlanks()
    var digits = line
    guard line.count < length, digits.takeHexadecimal(8...8) != nil, digits.take("-") else { return nil }
    return (leaf, line)
  }

  private static func registers(_ line: inout ArraySlice<UInt8>) -> CPUIDRegisters? {
    guard let eax = line.takeHexadecimal(8...8), line.take("-"), let ebx = line.takeHexadecimal(8...8),
      line.take("-"),
      let ecx = line.takeHexadecimal(8...8), line.take("-"), let edx = line.takeHexadecimal(8...8)
    else { return nil }
    return CPUIDRegisters(eax: eax, ebx: ebx, ecx: ecx, edx: edx)
  }

  /// `[SL 02]`; without it 0. Any other bracket is a remark.
  private static func subleaf(_ line: ArraySlice<UInt8>) -> UInt32 {
    for bracket in line.split(separator: UInt8(ascii: "[")) {
      var bracket = bracket
      if bracket.take("SL "), let subleaf = bracket.takeHexadecimal(1...8) { return subleaf }
    }
    return 0
  }
}
