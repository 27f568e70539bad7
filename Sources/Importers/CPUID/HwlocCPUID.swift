// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Evidence
import Tape

/// `MASK inEAX inEBX inECX inEDX => EAX EBX ECX EDX`, as hwloc-gather-cpuid writes it, one file a processor.
enum HwlocCPUID {
  static let name = "hwloc CPUID dump"
  /// The file that stands beside the processors' files. Source: hwloc utils/hwloc/hwloc-gather-cpuid.c.
  static let marker = "hwloc-cpuid-info"

  /// A single processor's file.
  @Sendable static func recognises(_ input: Input) -> Bool {
    input.bytes.starts(with: "# mask e[abcd]x => e[abcd]x".utf8)
  }

  @Sendable static func read(_ input: Input) throws(InputError) -> [ImportedMachine] {
    var dump = CPUIDDump()
    try add(input, cpu: 0, to: &dump)
    return try dump.machine(name, input)
  }

  /// The folder at `folder`, every file `puN` in it. Not x86, or no such file: an error.
  static func dump(in tree: FileTree, folder: String, path: String) throws(InputError) -> CPUIDDump {
    var dump = CPUIDDump()
    for name in tree.children(of: folder) where name.hasPrefix("pu") {
      guard let cpu = decimal(Array(name.dropFirst(2).utf8)[...]), cpu < UInt64(CPUIDDump.processorLimit),
        let bytes = tree.contents(of: "\(folder)/\(name)")
      else { continue }
      try add(Input(bytes, path: "\(path):\(name)"), cpu: Int(cpu), to: &dump)
    }
    guard dump.holdsLeaf0() else { throw InputError(path, "recognised as \(name), without leaf 0 of pu0") }
    return dump
  }

  private static func add(_ input: Input, cpu: Int, to dump: inout CPUIDDump) throws(InputError) {
    for line in input.lines where line.bytes.first != UInt8(ascii: "#") && !trimmed(line.bytes).isEmpty {
      let words = line.bytes.split(separator: 0x20)
      let numbers = words.enumerated().filter { $0.offset != 5 }.map { word($0.element) }
      guard words.count == 10, words[5].elementsEqual("=>".utf8), numbers.allSatisfy({ $0 != nil }) else {
        throw input.error(line: line.number, "not MASK, four registers, =>, four registers")
      }
      let values = numbers.compactMap { $0 }
      // MASK bit 0: EAX chose the leaf; bit 2: ECX chose the sub-leaf.
      let subleaf = values[0].bit(2) ? values[3] : 0
      dump.add(
        values[1], subleaf, cpu: cpu,
        CPUIDRegisters(eax: values[5], ebx: values[6], ecx: values[7], edx: values[8]))
    }
  }

  private static func word(_ bytes: ArraySlice<UInt8>) -> UInt32? {
    var bytes = bytes
    return bytes.takeHexadecimal(1...8).flatMap { bytes.isEmpty ? $0 : nil }
  }
}
