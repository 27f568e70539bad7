// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Evidence
import Tape

/// What lscpu prints, turned back into the files that it reads.
///
/// Newer versions indent keys by section; the keys are the same.
enum LscpuText {
  static let name = "lscpu text"

  private static let keys: Set<String> = [
    "Architecture", "CPU(s)", "Byte Order", "Thread(s) per core", "Vendor ID",
  ]

  /// lscpu's word for each line of /proc/cpuinfo. Source: util-linux sys-utils/lscpu-cputype.c, the pattern tables.
  private static let cpuinfo = [
    ("Vendor ID", "vendor_id"), ("CPU family", "cpu family"), ("Model", "model"),
    ("Model name", "model name"),
    ("Stepping", "stepping"), ("Address sizes", "address sizes"),
  ]

  @Sendable static func recognises(_ input: Input) -> Bool {
    var found: Set<String> = []
    for line in input.lines.prefix(64) {
      guard let pair = line.bytes.keyAndValue(separator: UInt8(ascii: ":")), keys.contains(pair.key) else {
        continue
      }
      found.insert(pair.key)
    }
    return found.count >= 2
  }

  @Sendable static func read(_ input: Input) throws(InputError) -> [ImportedMachine] {
    var fields: [String: String] = [:]
    for line in input.lines where !trimmed(line.bytes).isEmpty {
      // A remark, or the table that other options of lscpu print.
      guard let pair = line.bytes.keyAndValue(separator: UInt8(ascii: ":")) else { continue }
      if fields[pair.key] == nil { fields[pair.key] = pair.value }
    }
    var tree = FileTree(input.path, others: .origin(.document))
    try tree.addFile("/proc/cpuinfo", Array(cpuinfo(fields).utf8))
    try addTopology(fields, to: &tree)
    return input.machine(name, tree)
  }

  private static func cpuinfo(_ fields: [String: String]) -> String {
    var text = "processor\t: 0\n"
    for (key, name) in cpuinfo {
      if let value = fields[key] { text += "\(name)\t: \(value)\n" }
    }
    if let flags = fields["Flags"] {
      // lscpu knows more ways than the flag to see a hypervisor, and names it on a line of its own.
      let words = flags.split(separator: " ").map(String.init)
      let isGuest = fields["Hypervisor vendor"] != nil && !words.contains("hypervisor")
      text += "flags\t\t: \((isGuest ? words + ["hypervisor"] : words).joined(separator: " "))\n"
    }
    return text
  }

  /// The lists of processors and of NUMA nodes, in the kernel's own form.
  private static func addTopology(_ fields: [String: String], to tree: inout FileTree) throws(InputError) {
    if let list = fields["On-line CPU(s) list"], CPUList(Array(list.utf8)[...]) != nil {
      try tree.addFile("/sys/devices/system/cpu/online", list)
    } else if let count = fields["CPU(s)"].flatMap({ UInt32($0) }), (1...8192).contains(count) {
      // An older lscpu prints a mask, or nothing when all are on-line.
      try tree.addFile("/sys/devices/system/cpu/present", count == 1 ? "0" : "0-\(count - 1)")
    }
    for (key, value) in fields {
      // "NUMA node0 CPU(s)"
      guard key.hasPrefix("NUMA node"), key.hasSuffix(" CPU(s)"),
        let number = Int(key.dropFirst(9).dropLast(7)),
        (0..<1024).contains(number)
      else { continue }
      let isList = CPUList(Array(value.utf8)[...]) != nil
      try tree.addDirectory("/sys/devices/system/node/node\(number)")
      try tree.addFile("/sys/devices/system/node/node\(number)/\(isList ? "cpulist" : "cpumap")", value)
    }
  }
}
