// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Evidence
import Tape

/// One binary ACPI table, as /sys/firmware/acpi/tables holds it.
enum ACPITable {
  static let name = "binary ACPI table"

  /// The length in the header is the file's, and all bytes add up to 0. Source: ACPI 6.5, 5.2.6.
  @Sendable static func recognises(_ input: Input) -> Bool {
    guard input.bytes.count >= 36, input.bytes.prefix(4).allSatisfy({ (0x30...0x5a).contains($0) }),
      let length = littleEndian(input.bytes[...], at: 4, as: UInt32.self), Int(length) == input.bytes.count
    else { return false }
    return input.bytes.reduce(0, &+) == 0
  }

  @Sendable static func read(_ input: Input) throws(InputError) -> [ImportedMachine] {
    var tree = FileTree(input.path, others: .origin(.tree))
    let signature = String(decoding: input.bytes.prefix(4), as: UTF8.self)
    try tree.addFile("/sys/firmware/acpi/tables/\(signature)", input.bytes)
    return input.machine(name, tree)
  }
}
