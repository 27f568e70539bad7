// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

public import Evidence

/// CPUID registers as text, as `cpuid -r` prints and `cpuid -f` reads them.
///
/// `CPU 0:` and below it `   0x8000001f 0x00: eax=0x030ffffb ebx=0x000041b3 ecx=0x000003ee edx=0x00000001`, a leaf a line;
/// without a `CPU` line all are of CPU 0. Other lines are remarks. Source: cpuid(1), options -r and -f.
public enum CPUIDListing {
  /// Whether a line is of that form, anywhere in the first thousand.
  public static func recognises(_ bytes: [UInt8]) -> Bool {
    lines(bytes[...].prefix(65_536)).prefix(1000).contains { (try? leaf(in: trimmed($0))) ?? nil != nil }
  }

  /// The answers, keyed by their questions. Errors: a leaf's line that is broken, a CPU number that is none.
  public static func parse(_ bytes: [UInt8], path: String) throws(InputError) -> [Question: Answer] {
    var answers: [Question: Answer] = [:]
    var cpu = 0
    var number = 0
    for line in bytes.split(separator: 0x0a, omittingEmptySubsequences: false) {
      number += 1
      let line = trimmed(line)
      if line.starts(with: "CPU".utf8), line.last == UInt8(ascii: ":") {
        let digits = trimmed(line.dropFirst(3).dropLast())
        // `CPU:` stands for the only one.
        guard digits.isEmpty || decimal(digits).map({ $0 < 8192 }) == true else {
          throw InputError(path, line: number, "not a CPU number")
        }
        cpu = decimal(digits).flatMap { Int(exactly: $0) } ?? 0
        continue
      }
      let found: Leaf?
      do { found = try leaf(in: line) } catch {
        throw InputError(path, line: number, "a leaf with broken registers")
      }
      guard let found else { continue }
      let question = Question.cpuid(leaf: found.leaf, subleaf: found.subleaf, cpu: cpu)
      if answers[question] == nil { answers[question] = .bytes(found.registers.bytes) }
    }
    return answers
  }

  private struct Leaf {
    let leaf, subleaf: UInt32
    let registers: CPUIDRegisters
  }

  private struct Broken: Error {}

  /// `nil`: a remark.
  private static func leaf(in line: ArraySlice<UInt8>) throws(Broken) -> Leaf? {
    guard line.starts(with: "0x".utf8), let colon = line.firstIndex(of: UInt8(ascii: ":")) else { return nil }
    let names = line[..<colon].split(separator: 0x20).map(word)
    guard names.count == 2, let leaf = names[0], let subleaf = names[1] else { return nil }
    let registers = line[line.index(after: colon)...].split(separator: 0x20)
    var values: [UInt32] = []
    for (register, name) in zip(registers, ["eax=", "ebx=", "ecx=", "edx="]) {
      guard register.starts(with: name.utf8), let value = word(register.dropFirst(4)) else { throw Broken() }
      values.append(value)
    }
    guard values.count == 4 else { throw Broken() }
    return Leaf(
      leaf: leaf, subleaf: subleaf,
      registers: CPUIDRegisters(eax: values[0], ebx: values[1], ecx: values[2], edx: values[3]))
  }

  private static func word(_ bytes: ArraySlice<UInt8>) -> UInt32? {
    guard bytes.starts(with: "0x".utf8) else { return nil }
    return hexadecimal(bytes).flatMap { UInt32(exactly: $0) }
  }
}
