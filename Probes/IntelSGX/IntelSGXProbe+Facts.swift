// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Evidence
internal import HostModel

extension IntelSGXProbe {
  private struct Row: Sendable {
    let id: String
    let leaf: UInt32
    let bit: Int
    let register: @Sendable (CPUIDRegisters) -> UInt32
  }

  /// The kernel clears sgx when the BIOS has it off, so its flags say nothing of the silicon.
  /// Source: Intel SDM vol. 2A, CPUID, tables 3-8 and on.
  private static let rows: [Row] = [
    Row(id: "intel.sgx", leaf: 7, bit: 2) { $0.ebx }, Row(id: "intel.sgx-lc", leaf: 7, bit: 30) { $0.ecx },
    Row(id: "intel.sgx1", leaf: 0x12, bit: 0) { $0.eax },
    Row(id: "intel.sgx2", leaf: 0x12, bit: 1) { $0.eax },
  ]

  /// Nothing where the processor is not Intel's.
  static func facts(_ host: any HostSource) -> [Fact] {
    guard host.processorVendor().value == "GenuineIntel" else { return [] }
    return rows.compactMap { host.featureFact($0.id, leaf: $0.leaf, bit: $0.bit, of: $0.register) }
      + pageFacts(host) + nodeFacts(host)
  }

  /// As `BASE+SIZE` in bytes each, and their sum.
  private static func pageFacts(_ host: any HostSource) -> [Fact] {
    guard host.cpuid(7).value?.ebx.bit(2) == true, host.cpuid(EnclavePages.leaf).value != nil else {
      return []
    }
    let reading = host.enclavePages()
    guard let pages = reading.value else { return [] }
    let sections = pages.sections.map { "\(hex($0.base, width: 1))+\(hex($0.size, width: 1))" }
    var facts = [Fact("intel.sgx.epc-sections", .list(sections), citing: [reading.question])]
    if pages.bytes > 0 {
      facts.append(Fact("intel.sgx.epc-bytes", .count(pages.bytes), citing: [reading.question]))
    }
    return facts
  }

  /// `NODE BYTES` for each memory node that has enclave pages.
  /// Source: kernel Documentation/ABI/stable/sysfs-devices-node, x86/sgx_total_bytes.
  private static func nodeFacts(_ host: any HostSource) -> [Fact] {
    let folder = "/sys/devices/system/node"
    let nodes = (host.names(in: folder).value ?? []).compactMap { name in
      name.hasPrefix("node") ? UInt16(name.dropFirst(4)) : nil
    }
    let readings = nodes.sorted().map { node in
      (node, host.read(.file("\(folder)/node\(node)/x86/sgx_total_bytes"), as: decimal))
    }
    let found = readings.compactMap { node, reading in reading.value.map { "\(node) \($0)" } }
    guard !found.isEmpty else { return [] }
    return [Fact("intel.sgx.node-bytes", .list(found), citing: readings.map(\.1.question))]
  }
}
