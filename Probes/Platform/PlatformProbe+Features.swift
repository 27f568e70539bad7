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
    /// `nil`: the kernel's flag means something else, or there is none.
    let flag: String?
  }

  /// Source: AMD APM vol. 3 appendix E; Intel SDM vol. 2A, CPUID, tables 3-8 and on.
  private static let common: [Row] = [
    Row(id: "cpu.hypervisor", leaf: 1, register: { $0.ecx }, bit: 31, flag: "hypervisor"),
    Row(id: "cpu.svm", leaf: 0x8000_0001, register: { $0.ecx }, bit: 2, flag: "svm"),
    Row(id: "cpu.vmx", leaf: 1, register: { $0.ecx }, bit: 5, flag: "vmx"),
  ]

  /// The kernel clears sgx and tme when the BIOS has them off, so its flags say nothing of the silicon.
  private static let intel: [Row] = [
    Row(id: "intel.sgx", leaf: 7, register: { $0.ebx }, bit: 2, flag: nil),
    Row(id: "intel.sgx-lc", leaf: 7, register: { $0.ecx }, bit: 30, flag: nil),
    Row(id: "intel.tme", leaf: 7, register: { $0.ecx }, bit: 13, flag: nil),
    Row(id: "intel.pconfig", leaf: 7, register: { $0.edx }, bit: 18, flag: nil),
    Row(id: "intel.sgx1", leaf: 0x12, register: { $0.eax }, bit: 0, flag: nil),
    Row(id: "intel.sgx2", leaf: 0x12, register: { $0.eax }, bit: 1, flag: nil),
  ]

  static func features(_ host: any HostSource) -> [Fact] {
    guard let vendor = host.processorVendor().value else { return [] }
    let rows = common + (vendor == "GenuineIntel" ? intel : [])
    return rows.compactMap { fact($0, host) } + (vendor == "GenuineIntel" ? enclavePages(host) : [])
  }

  private static func fact(_ row: Row, _ host: any HostSource) -> Fact? {
    let leaf = host.cpuid(row.leaf)
    if let registers = leaf.value {
      return Fact(row.id, .flag(row.register(registers).bit(row.bit)), citing: [leaf.question])
    }
    // A leaf the processor does not have holds no feature.
    if leaf.isAbsent, host.cpuid(0).value != nil {
      return Fact(row.id, .flag(false), citing: [leaf.question])
    }
    guard let flag = row.flag, let shown = host.processorFlag(flag).value else { return nil }
    return Fact(row.id, .flag(shown), citing: [.file("/proc/cpuinfo")])
  }

  /// Most sub-leaves any processor uses. Source: kernel arch/x86/kernel/cpu/sgx/sgx.h, SGX_MAX_EPC_SECTIONS 8.
  private static let maxSections: UInt32 = 8

  /// The Enclave Page Cache, as `BASE+SIZE` in bytes each. Source: Intel SDM vol. 2A, CPUID leaf 12H, sub-leaves 2 and on.
  private static func enclavePages(_ host: any HostSource) -> [Fact] {
    guard host.cpuid(7).value?.ebx.bit(2) == true, host.cpuid(0x12).value != nil else { return [] }
    var sections: [String] = []
    var citing: [Question] = []
    for subleaf in 2..<(2 + maxSections) {
      let leaf = host.cpuid(0x12, subleaf)
      citing.append(leaf.question)
      guard let r = leaf.value, r.eax.bits(0...3) == 1 else { break }
      let base = UInt64(r.ebx.bits(0...19)) << 32 | UInt64(r.eax & 0xffff_f000)
      let size = UInt64(r.edx.bits(0...19)) << 32 | UInt64(r.ecx & 0xffff_f000)
      sections.append("\(hex(base, width: 1))+\(hex(size, width: 1))")
    }
    return [Fact("intel.sgx.epc-sections", .list(sections), citing: citing)]
  }
}
