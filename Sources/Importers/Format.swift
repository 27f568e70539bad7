// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Evidence
import Markup
import Tape

/// One foreign format: its name, how to tell it, how to read it.
struct Format: Sendable {
  /// In FORMATS' words, for people.
  let name: String
  let recognises: @Sendable (Input) -> Bool
  /// At least one machine, or an error that says why there is none.
  let read: @Sendable (Input) throws(InputError) -> [ImportedMachine]

  /// In the order in which they are tried: what is surest to be told comes first.
  static let all: [Format] = [
    Format(name: "tape", recognises: isTape) { (input) throws(InputError) in
      input.machine("tape", try Tape(parsing: input.bytes, path: input.path))
    },
    Format(name: "XML", recognises: { $0.firstByte == UInt8(ascii: "<") }, read: XMLInput.read),
    Format(name: "JSON", recognises: JSONInput.recognises, read: JSONInput.read),
    Format(name: "ttar archive", recognises: TtarText.recognises, read: TtarText.read),
    Format(name: "device records", recognises: DeviceRecords.recognises, read: DeviceRecords.read),
    Format(name: "acpidump text", recognises: ACPIDump.recognises, read: ACPIDump.read),
    Format(name: CPUIDText.name, recognises: CPUIDText.recognises, read: CPUIDText.read),
    Format(name: "InstLatx64 text", recognises: InstLatxText.recognises, read: InstLatxText.read),
    Format(name: "libcpuid raw array", recognises: LibcpuidArrays.recognises, read: LibcpuidArrays.read),
    Format(name: "hwloc CPUID dump", recognises: HwlocCPUID.recognises, read: HwlocCPUID.read),
    Format(name: "CPUID rows", recognises: CPUIDRows.recognises, read: CPUIDRows.read),
    Format(name: "lspci hex text", recognises: LspciHex.recognises, read: LspciHex.read),
    Format(name: "lscpu text", recognises: LscpuText.recognises, read: LscpuText.read),
    Format(name: "/proc/cpuinfo", recognises: ProcCPUInfo.recognises, read: ProcCPUInfo.read),
    Format(
      name: "libvirt CPU signature text", recognises: SignatureText.recognises, read: SignatureText.read),
    Format(name: "raw PCI config space", recognises: RawConfig.recognises, read: RawConfig.read),
    Format(name: "binary ACPI table", recognises: ACPITable.recognises, read: ACPITable.read),
  ]

  /// The first line names the form. Source: Tape.write.
  @Sendable private static func isTape(_ input: Input) -> Bool {
    var line = input.bytes.prefix { $0 != 0x0a }
    line.skipBlanks()
    guard line.take("{") else { return false }
    line.skipBlanks()
    return line.take("\"hostcap-tape\"")
  }

  /// The refusal of a format that is known, and that says nothing about what hostcap judges.
  static func nothingToJudge(_ input: Input, _ format: String) -> InputError {
    input.error("recognised as \(format); it holds nothing hostcap judges")
  }
}
