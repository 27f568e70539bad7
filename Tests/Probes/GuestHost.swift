// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Evidence
import HostModel
import ProbeGuest
import Tape

/// Guests under KVM, each in the lines that matter: SEV-SNP with a GPU and a VF, TDX, and one that is not protected.
enum GuestHost {
  static let leaf = Question.cpuid(leaf: 0x8000_001f)
  static let highest = Question.cpuid(leaf: 0x8000_0000)
  static let signature = Question.cpuid(leaf: 0x4000_0000)
  static let status = Question.msr(0xc001_0131)
  static let platform = Question.directory("/sys/bus/platform/devices")
  static let misc = Question.directory("/sys/class/misc")
  static let tdxLeaf = Question.cpuid(leaf: 0x21)
  static let info = Question.file("/proc/cpuinfo")
  static let functions = Question.directory("/sys/bus/pci/devices")
  static let gpu = "0000:00:04.0"
  static let vf = "0000:00:05.0"

  static let snp = LadderHost(answers: snpAnswers, probe: GuestProbe.self)
  static let tdx = LadderHost(answers: tdxAnswers, probe: GuestProbe.self)
  static let plain = LadderHost(
    answers: snpAnswers.merging([
      leaf: registers(0), status: .failed(code: 5, "EIO"), platform: text("serial8250\n"),
      misc: text("cpu_dma_latency\n"), .kernelLog: text("Linux version 6.12.107\n"),
      functions: text("0000:00:02.0\n"),
    ]) { $1 }, probe: GuestProbe.self)

  static func registers(_ eax: UInt32, _ ebx: UInt32 = 0, _ ecx: UInt32 = 0, _ edx: UInt32 = 0) -> Answer {
    .bytes(CPUIDRegisters(eax: eax, ebx: ebx, ecx: ecx, edx: edx).bytes)
  }
  static func text(_ text: String) -> Answer { .bytes(Array(text.utf8)) }
  static func msr(_ value: UInt64) -> Answer { .bytes(littleEndianBytes(value)) }
  static func active(_ words: String) -> Answer {
    text("[    0.271828] Memory Encryption Features active: \(words)\n[    0.3] kvm-guest: setup\n")
  }

  static func event(_ address: String) -> Question { .file("/sys/bus/pci/devices/\(address)/uevent") }
  static func event(_ id: String, class code: String, driver: String?) -> Answer {
    text(
      (driver.map { "DRIVER=\($0)\n" } ?? "") + "PCI_CLASS=\(code)\nPCI_ID=\(id)\nPCI_SUBSYS_ID=1AF4:1100\n")
  }

  /// Bochs's display beside an H100 and a ConnectX VF.
  private static let pci: [Question: Answer] = [
    functions: text("0000:00:02.0\n\(gpu)\n\(vf)\n"),
    .link("/sys/bus/pci/devices/0000:00:02.0"): text("../../../devices/pci0000:00/0000:00:02.0"),
    .link("/sys/bus/pci/devices/\(gpu)"): text("../../../devices/pci0000:00/\(gpu)"),
    .link("/sys/bus/pci/devices/\(vf)"): text("../../../devices/pci0000:00/\(vf)"),
    .link("/sys/bus/pci/devices/\(vf)/physfn"): .absent,
    event("0000:00:02.0"): event("1234:1111", class: "30000", driver: "bochs-drm"),
    event(gpu): event("10DE:2331", class: "30200", driver: "nvidia"),
    event(vf): event("15B3:101E", class: "20000", driver: "mlx5_core"),
  ]

  private static let kvm: [Question: Answer] = [
    .origin: text("live\n"), .cpuid(leaf: 1): registers(0x00a0_0f11, 0, 1 << 31),
    signature: registers(0x4000_0001, 0x4b4d_564b, 0x564b_4d56, 0x4d),
  ]

  private static let snpAnswers: [Question: Answer] = pci.merging(kvm) { $1 }.merging([
    .cpuid(leaf: 0): registers(0x10, 0x6874_7541, 0x444d_4163, 0x6974_6e65),
    highest: registers(0x8000_001f),
    // As QEMU 9.1 shows it: SEV, SEV-ES and SEV-SNP, C-bit 51.
    leaf: registers(0x1a, 51), status: msr(7), .kernelLog: active("AMD SEV SEV-ES SEV-SNP"),
    platform: text("serial8250\nsev-guest\n"), misc: text("cpu_dma_latency\nsev-guest\n"),
    info: text("vendor_id\t: AuthenticAMD\nflags\t\t: fpu svm hypervisor\n"),
  ]) { $1 }

  private static let tdxAnswers: [Question: Answer] = pci.merging(kvm) { $1 }.merging([
    .cpuid(leaf: 0): registers(0x23, 0x756e_6547, 0x6c65_746e, 0x4965_6e69),
    tdxLeaf: registers(0, 0x6574_6e49, 0x2020_2020, 0x5844_546c),
    misc: text("cpu_dma_latency\ntdx_guest\n"),
    info: text("vendor_id\t: GenuineIntel\nflags\t\t: fpu hypervisor tdx_guest\n"),
  ]) { $1 }
}
