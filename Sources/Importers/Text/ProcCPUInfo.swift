// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Evidence
import Tape

/// A copy of /proc/cpuinfo, whole or a part of it.
enum ProcCPUInfo {
  static let name = "/proc/cpuinfo"

  /// Keys of which every architecture prints one at least. Source: kernel arch/*/kernel/*, show_cpuinfo().
  private static let keys: Set<String> = [
    "processor", "vendor_id", "model name", "CPU implementer", "CPU architecture", "cpu model", "isa",
    "uarch",
    "bogomips per cpu", "cpu", "features", "Features", "machdep.cpu.vendor",
  ]

  @Sendable static func recognises(_ input: Input) -> Bool {
    for line in input.lines.prefix(64) {
      guard let pair = line.bytes.keyAndValue(separator: UInt8(ascii: ":")) else { continue }
      if keys.contains(pair.key) { return true }
    }
    return false
  }

  @Sendable static func read(_ input: Input) throws(InputError) -> [ImportedMachine] {
    if input.lines.contains(where: { $0.bytes.starts(with: "machdep.".utf8) }) {
      throw Format.nothingToJudge(input, "sysctl text of a Mac")
    }
    var tree = FileTree(input.path, others: .origin(.document))
    try tree.addFile("/proc/cpuinfo", withoutRemarks(input.bytes[...]))
    return input.machine(name, tree)
  }

  /// Without what somebody wrote above it, behind `#`, who it is from. s390's own `# processors` never comes first.
  private static func withoutRemarks(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var rest = bytes
    while let first = rest.first, first == UInt8(ascii: "#") || first == 0x0a {
      rest = rest.drop { $0 != 0x0a }.dropFirst()
    }
    return rest
  }
}
