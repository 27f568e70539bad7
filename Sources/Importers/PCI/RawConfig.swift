// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Evidence
import Tape

/// One function's configuration space as sysfs' `config` gives it: 64, 256 or 4096 bytes.
enum RawConfig {
  static let name = "raw PCI config space"

  /// The length is right, the header's type is one of the three there are, and it is no text.
  @Sendable static func recognises(_ input: Input) -> Bool {
    guard [64, 256, 4096].contains(input.bytes.count),
      let vendor = littleEndian(input.bytes[...], as: UInt16.self)
    else { return false }
    return input.bytes[0x0e] & 0x7f <= 2 && vendor != 0
      && input.bytes.prefix(64).contains { $0 < 0x09 || $0 > 0x7e }
  }

  @Sendable static func read(_ input: Input) throws(InputError) -> [ImportedMachine] {
    var shape = PCIShape(path: input.path)
    try shape.add(address(in: input.path), input.bytes)
    return input.machine(name, try shape.tree())
  }

  /// A slot in the file's name, as `0000-3b-00.0.config` or `0000:3b:00.0`; the bytes do not tell it, so else 0000:00:00.0.
  private static func address(in path: String) -> PCIAddress {
    let last = path.split(whereSeparator: { $0 == "/" }).last.map(String.init) ?? ""
    var name = String(last.map { $0 == "-" ? ":" : $0 })
    for _ in 0..<8 {
      if let address = PCIAddress(name) { return address }
      guard let dot = name.lastIndex(of: ".") else { break }
      name = String(name[..<dot])
    }
    return PCIAddress(bus: 0, device: 0, function: 0)
  }
}
