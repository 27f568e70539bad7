// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

public import Evidence

/// The text that `cpuid -r` prints, and that `cpuid -f` and hostcap's own trees read.
///
/// A header per CPU, `CPU 0:` or, with `-1`, `CPU:`; below it a line per leaf and subleaf:
/// `   0x8000001f 0x00: eax=0x0101fd3f ebx=0x00004173 ecx=0x000001fd edx=0x00000080`.
/// Source: cpuid 20230614, man page and output.
public enum CPUIDListing {
  /// Highest CPU number the kernel can be built for. Source: arch/x86/Kconfig, NR_CPUS_RANGE_END.
  private static let cpuLimit = 8192

  /// The leaves as answers; `nil` for a text that does not begin with such a header.
  ///
  /// Errors: a line of another form, a leaf that a CPU has twice with different registers. `path` names the input.
  public static func parse(_ bytes: ArraySlice<UInt8>, path: String) throws(InputError) -> [Question: Answer]?
  {
    var answers: [Question: Answer] = [:]
    var cpu: Int?
    var number = 0
    for line in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
      number += 1
      if trimmed(line).isEmpty { continue }
      if let header = header(line) {
        cpu = header
        continue
      }
      guard let cpu else { return nil }
      guard let leaf = leaf(line) else {
        throw InputError(path, line: number, "not a leaf, a subleaf and four registers")
      }
      let question = Question.cpuid(leaf: leaf.leaf, subleaf: leaf.subleaf, cpu: cpu)
      let answer = Answer.bytes(leaf.registers.bytes)
      if let other = answers.updateValue(answer, forKey: question), other != answer {
        throw InputError(path, line: number, "\(question) for the second time, with other registers")
      }
    }
    return cpu == nil ? nil : answers
  }

  private static func header(_ line: ArraySlice<UInt8>) -> Int? {
    let words = text(line)
    guard words.hasPrefix("CPU"), words.hasSuffix(":") else { return nil }
    let digits = trimmed(Array(words.utf8.dropFirst(3).dropLast())[...])
    if digits.isEmpty { return 0 }
    guard let cpu = decimal(digits), cpu < cpuLimit else { return nil }
    return Int(cpu)
  }

  private static func leaf(
    _ line: ArraySlice<UInt8>
  ) -> (leaf: UInt32, subleaf: UInt32, registers: CPUIDRegisters)? {
    let words = trimmed(line).split(whereSeparator: { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") })
    guard words.count == 6, let leaf = word(words[0]), words[1].last == UInt8(ascii: ":"),
      let subleaf = word(words[1].dropLast()), let eax = register("eax", words[2]),
      let ebx = register("ebx", words[3]), let ecx = register("ecx", words[4]),
      let edx = register("edx", words[5])
    else { return nil }
    return (leaf, subleaf, CPUIDRegisters(eax: eax, ebx: ebx, ecx: ecx, edx: edx))
  }

  private static func register(_ name: String, _ text: ArraySlice<UInt8>) -> UInt32? {
    text.starts(with: "\(name)=".utf8) ? word(text.dropFirst(name.utf8.count + 1)) : nil
  }

  /// `0x` and digits; 32 bits.
  private static func word(_ text: ArraySlice<UInt8>) -> UInt32? {
    guard text.starts(with: "0x".utf8) else { return nil }
    return hexadecimal(text).flatMap { UInt32(exactly: $0) }
  }
}
