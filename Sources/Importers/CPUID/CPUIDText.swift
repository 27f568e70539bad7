// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Evidence
import Tape

/// What `cpuid -r` prints.
enum CPUIDText {
  static let name = "cpuid -r text"

  /// The first line is `CPU 0:` or, of one CPU, `CPU:`.
  @Sendable static func recognises(_ input: Input) -> Bool {
    guard let first = input.lines.first(where: { !trimmed($0.bytes).isEmpty }) else { return false }
    let line = trimmed(first.bytes)
    guard line.starts(with: "CPU".utf8), line.last == UInt8(ascii: ":") else { return false }
    return line.dropFirst(3).dropLast().allSatisfy { $0 == 0x20 || (0x30...0x39).contains($0) }
  }

  @Sendable static func read(_ input: Input) throws(InputError) -> [ImportedMachine] {
    guard let answers = try CPUIDListing.parse(input.bytes[...], path: input.path) else {
      throw input.error("recognised as \(name), without a processor's number")
    }
    return try CPUIDDump(answers: answers).machine(name, input)
  }
}
