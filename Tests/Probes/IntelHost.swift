// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Evidence
import HostModel
import Tape

/// The lines of a Xeon on which TDX, SGX and TME are ready, kernel 7.2. The registers hold the bits that the SDM and the
/// kernel name and nothing else; the files are as kernel 7.2's source prints them.
enum IntelHost {
  typealias H = SEVHost

  static let leaf1 = Question.cpuid(leaf: 1)
  static let leaf7 = Question.cpuid(leaf: 7)
  static let pages = Question.cpuid(leaf: 0x12, subleaf: 2)
  static let tmeActivate = Question.msr(0x982)
  static let keys = Question.msr(0x87)
  static let seam = Question.msr(0x1401)
  static let machineCheck = Question.msr(0xa0)
  static let featureControl = Question.msr(0x3a)
  static let version = Question.file("/sys/devices/faux/tdx_host/version")
  static let parameters = Question.directory("/sys/module/kvm_intel/parameters")
  static func parameter(_ name: String) -> Question { .file("/sys/module/kvm_intel/parameters/\(name)") }

  /// Signatures of Sapphire Rapids, Emerald Rapids, Ice Lake-SP and Kaby Lake.
  static let (sapphireRapids, emeraldRapids, iceLake, kabyLake) = (
    H.registers(0x000806f8), H.registers(0x000c06f2), H.registers(0x000606a6), H.registers(0x000906e9)
  )

  /// SGX; TME and SGX_LC; PCONFIG.
  static func features(sgx: Bool = true, tme: Bool = true, pconfig: Bool = true) -> Answer {
    H.registers(
      2, sgx ? 1 << 2 : 0, (tme ? 1 << 13 : 0) | (sgx ? 1 << 30 : 0), pconfig ? 1 << 18 : 0)
  }
  /// The private keys above, the other keys below.
  static func partition(_ privateKeys: UInt64) -> Answer { H.msr(privateKeys << 32 | 0x3f) }
  static func cpuinfo(_ flags: String) -> Answer {
    H.text("processor\t: 0\nvendor_id\t: GenuineIntel\nflags\t\t: fpu vmx \(flags)\n\n")
  }
  static func log(_ message: String) -> Answer {
    H.text("[    0.900000] kvm: something\n[    1.000000] virt/tdx: \(message)\n")
  }

  static let answers: [Question: Answer] = virtualization.merging(machine) { $1 }

  static let machine: [Question: Answer] = [
    .origin: H.text("live\n"),
    .file("/sys/hypervisor/type"): .absent,
    .file("/sys/class/dmi/id/sys_vendor"): H.text("Supermicro\n"),
    .file("/sys/class/dmi/id/product_name"): H.text("SYS-221H-TNR\n"),
    .file("/sys/class/dmi/id/bios_vendor"): H.text("American Megatrends Inc.\n"),
    .cpuid(leaf: 0): H.registers(0x20, 0x756e_6547, 0x6c65_746e, 0x4965_6e69),
    leaf1: sapphireRapids,
    leaf7: features(),
    .cpuid(leaf: 0x12): H.registers(3, 0, 0, 0x3838),
    // One section of 2 GiB at 0x10_0000_0000.
    pages: H.registers(0x1, 0x10, 0x8000_0001, 0),
    .cpuid(leaf: 0x12, subleaf: 3): H.registers(0),
    // Lock, enable, and six bits of keys.
    tmeActivate: H.msr(0x0000_0006_0000_0003), keys: partition(32), seam: H.msr(0xc00),
    machineCheck: H.msr(0),
    // Lock, VMX, SGX launch control and SGX.
    featureControl: H.msr(0x6_0005),
    H.flags: cpuinfo("tme sgx sgx_lc tdx_host_platform"),
    H.release: H.text("7.2.8-custom\n"),
    H.command: H.text("BOOT_IMAGE=/vmlinuz ro nohibernate kvm_intel.tdx=1\n"),
    version: H.text("1.5.06\n"),
    .kernelLog: log("TDX-Module initialized"),
    parameters: H.text("enable_apicv\nept\neptad\nsgx\ntdx\n"), parameter("tdx"): H.text("Y\n"),
    parameter("sgx"): H.text("Y\n"),
    H.vmTypes: .bytes([0x21, 0, 0, 0]),
    H.misc: H.text("kvm\nsgx_enclave\nsgx_provision\nsgx_vepc\n"),
    capacity: H.text("tdx 31\n"), current: H.text("tdx 2\n"),
    .directory("/sys/devices/system/node"): H.text("has_cpu\nnode0\nonline\n"),
    .file("/sys/devices/system/node/node0/x86/sgx_total_bytes"): H.text("2147483648\n"),
  ]

  /// What a processor without TDX, or whose BIOS has it off, answers: #GP.
  static let withoutRegisters: [Question: Answer] = [
    tmeActivate: .failed(code: 5, "EIO"), keys: .failed(code: 5, "EIO"), seam: .failed(code: 5, "EIO"),
  ]

  static let amd: [Question: Answer] = [
    .cpuid(leaf: 0): H.registers(0x10, 0x6874_7541, 0x444d_4163, 0x6974_6e65), H.flags: H.cpuinfo("sev"),
  ]
  static let guest: [Question: Answer] = [
    leaf1: H.registers(0x000806f8, 0, 1 << 31),
    .cpuid(leaf: 0x4000_0000): H.registers(0x4000_0001, 0x4b4d_564b, 0x564b_4d56, 0x4d),
    tmeActivate: .failed(code: 5, "EIO"), keys: .failed(code: 5, "EIO"), seam: .failed(code: 5, "EIO"),
    machineCheck: .failed(code: 5, "EIO"), featureControl: .failed(code: 5, "EIO"), leaf7: H.registers(2),
    pages: H.registers(0), H.flags: cpuinfo("hypervisor"), parameters: .absent, parameter("tdx"): .absent,
    parameter("sgx"): .absent, version: .absent, .kernelLog: H.text("[    1.0] kvm: something\n"),
    H.misc: H.text("kvm\n"), H.vmTypes: .absent,
  ]
}
