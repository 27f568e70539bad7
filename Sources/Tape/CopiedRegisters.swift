// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

public import Evidence
internal import FoundationEssentials

/// CPUID and model-specific registers that a copy of a host holds in two files of its own, `cpuid.txt` and `msr.json`.
public struct CopiedRegisters: Sendable {
  /// What is not listed is withheld: nobody read it.
  public static let missing = Answer.withheld("not in this copy")

  private let leaves: Listing<Question>
  private let registers: Listing<UInt32>

  private enum Listing<Key: Hashable & Sendable>: Sendable {
    case answers([Key: Answer])
    /// The whole file's own answer, where it has no entries.
    case none(Answer)

    subscript(key: Key) -> Answer {
      switch self {
      case .answers(let answers): answers[key] ?? missing
      case .none(let answer): answer
      }
    }
  }

  /// - Parameters:
  ///   - cpuid: `cpuid.txt`, as `cpuid -r` prints it.
  ///   - msr: `msr.json`, an object of hexadecimal strings by hexadecimal register; it speaks for every CPU.
  public init(cpuid: Answer, msr: Answer) {
    leaves = Self.listing(cpuid, Self.leaves)
    registers = Self.listing(msr, Self.registers)
  }

  public func cpuid(_ question: Question) -> Answer { leaves[question] }
  public func msr(_ register: UInt32) -> Answer { registers[register] }

  /// Everything the two files hold, the registers as CPU 0's.
  public var answers: [Question: Answer] {
    var all: [Question: Answer] = [:]
    if case .answers(let leaves) = leaves { all = leaves }
    if case .answers(let registers) = registers {
      for (register, answer) in registers { all[.msr(register)] = answer }
    }
    return all
  }

  private static func listing<Key>(
    _ file: Answer, _ parse: ([UInt8]) throws(InputError) -> [Key: Answer]
  ) -> Listing<Key> {
    guard case .bytes(let bytes) = file else { return .none(file) }
    do throws(InputError) {
      return .answers(try parse(bytes))
    } catch {
      return .none(.failed(code: 0, "\(error)"))
    }
  }

  private static func leaves(_ bytes: [UInt8]) throws(InputError) -> [Question: Answer] {
    guard let answers = try CPUIDListing.parse(bytes[...], path: "cpuid.txt") else {
      throw InputError("cpuid.txt", line: 1, "not a CPU's header")
    }
    return answers
  }

  private static func registers(_ bytes: [UInt8]) throws(InputError) -> [UInt32: Answer] {
    guard let object = try? JSONDecoder().decode([String: String].self, from: Data(bytes)) else {
      throw InputError("msr.json", "not an object of strings")
    }
    var answers: [UInt32: Answer] = [:]
    for (key, value) in object {
      guard let register = hexadecimal(Array(key.utf8)[...]).flatMap({ UInt32(exactly: $0) }),
        let contents = hexadecimal(Array(value.utf8)[...])
      else { throw InputError("msr.json", "a register or value that is not hexadecimal") }
      answers[register] = .bytes(littleEndianBytes(contents))
    }
    return answers
  }
}
