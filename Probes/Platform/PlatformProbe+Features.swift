// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Evidence
internal import HostModel

extension PlatformProbe {
  /// One bit of one register, and the word cpuinfo has for it.
  private struct Row: Sendable {
    let id: String
    let leaf: UInt32
    let register: @Sendable (CPUIDRegisters) -> UInt32
    let bit: Int
    let flag: String
  }

  /// Source: AMD APM vol. 3 appendix E; Intel SDM vol. 2A, CPUID, tables 3-8 and on.
  private static let rows: [Row] = [
    Row(id: "cpu.hypervisor", leaf: 1, register: { $0.ecx }, bit: 31, flag: "hypervisor"),
    Row(id: "cpu.svm", leaf: 0x8000_0001, register: { $0.ecx }, bit: 2, flag: "svm"),
    Row(id: "cpu.vmx", leaf: 1, register: { $0.ecx }, bit: 5, flag: "vmx"),
  ]

  static func features(_ host: any HostSource) -> [Fact] {
    guard host.processorVendor().value != nil else { return [] }
    return rows.compactMap { fact($0, host) }
  }

  private static func fact(_ row: Row, _ host: any HostSource) -> Fact? {
    if let fact = host.featureFact(row.id, leaf: row.leaf, bit: row.bit, of: row.register) { return fact }
    guard let shown = host.processorFlag(row.flag).value else { return nil }
    return Fact(row.id, .flag(shown), citing: [.file("/proc/cpuinfo")])
  }
}
