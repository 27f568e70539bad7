// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Evidence
import HostModel
import ProbeAMDSEV
import Tape

/// The lines of a Milan host on which SEV, SEV-ES and SEV-SNP are ready, kernel 6.12; tests change what they are about.
enum SEVHost {
  static let leaf1F = Question.cpuid(leaf: 0x8000_001f)
  static let syscfg = Question.msr(0xc001_0010)
  static let hwcr = Question.msr(0xc001_0015)
  static let rmpBase = Question.msr(0xc001_0132)
  static let rmpEnd = Question.msr(0xc001_0133)
  static let command = Question.file("/proc/cmdline")
  static let flags = Question.file("/proc/cpuinfo")
  static let release = Question.file("/proc/sys/kernel/osrelease")
  static let efr = Question.file("/sys/class/iommu/ivhd0/amd-iommu/features")
  static let groupType = Question.file("/sys/kernel/iommu_groups/0/type")
  static let misc = Question.directory("/sys/class/misc")
  static let sevStatus = Question.ioctl(.sevPlatformStatus)
  static let snpStatus = Question.ioctl(.snpPlatformStatus)
  static let vmTypes = Question.ioctl(.kvmCheckExtension(235))
  static let ccp = Question.directory("/sys/bus/pci/drivers/ccp")
  static let guestMemfd = Question.ioctl(.kvmCheckExtension(234))
  static let cpusOnline = Question.file("/sys/devices/system/cpu/online")
  static let parameters = Question.directory("/sys/module/kvm_amd/parameters")
  static func parameter(_ name: String) -> Question { .file("/sys/module/kvm_amd/parameters/\(name)") }

  static func with(_ changes: [Question: Answer]) -> Tape {
    Tape(answers.merging(virtualization) { $1 }.merging(changes) { $1 })
  }

  static func climb(_ id: String, _ changes: [Question: Answer] = [:]) -> Climb {
    let ladder = AMDSEVProbe.ladders.first { $0.id == id } ?? Ladder(id, "no such ladder", [])
    return ladder.climb(with(changes))
  }

  static func registers(_ eax: UInt32, _ ebx: UInt32 = 0, _ ecx: UInt32 = 0, _ edx: UInt32 = 0) -> Answer {
    .bytes(CPUIDRegisters(eax: eax, ebx: ebx, ecx: ecx, edx: edx).bytes)
  }
  static func msr(_ value: UInt64) -> Answer { .bytes(littleEndianBytes(value)) }
  static func text(_ text: String) -> Answer { .bytes(Array(text.utf8)) }
  static func cpuinfo(_ flags: String) -> Answer {
    text("processor\t: 0\nvendor_id\t: AuthenticAMD\nflags\t\t: fpu svm \(flags)\n\n")
  }
  /// Firmware code 0, then API 1.55, the state, flags, build 21, no guests.
  static func sev(state: UInt8, major: UInt8 = 1, minor: UInt8 = 55) -> Answer {
    .bytes([0, 0, 0, 0, major, minor, state, 0, 1, 0, 0, 21, 0, 0, 0, 0])
  }
  /// TCB of a Milan: bootloader 4, TEE 0, SNP `svn`, microcode D5h.
  static func snp(state: UInt8, rmp: UInt8, svn: UInt8 = 0x16) -> Answer {
    .bytes(
      [0, 0, 0, 0, 1, 55, state, rmp, 21, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]
        + [4, 0, 0, 0, 0, 0, svn, 0xd5] + [4, 0, 0, 0, 0, 0, svn, 0xd5])
  }

  static let answers: [Question: Answer] = [
    .origin: text("live\n"),
    .file("/sys/hypervisor/type"): .absent,
    .file("/sys/class/dmi/id/sys_vendor"): text("Supermicro\n"),
    .file("/sys/class/dmi/id/product_name"): text("AS-2024US-TRT\n"),
    .file("/sys/class/dmi/id/bios_vendor"): text("American Megatrends Inc.\n"),
    .cpuid(leaf: 0): registers(0x10, 0x6874_7541, 0x444d_4163, 0x6974_6e65),
    .cpuid(leaf: 1): registers(0x00a0_0f11, 0, 0x7ed8_320b, 0x178b_fbff),
    .cpuid(leaf: 0x8000_0000): registers(0x8000_0023, 0x6874_7541, 0x444d_4163, 0x6974_6e65),
    .cpuid(leaf: 0x8000_0001): registers(0x00a0_0f11, 0, 0x75c2_37ff, 0x2fd3_fbff),
    .cpuid(leaf: 0x8000_000a): registers(1, 0x8000, 0, 0x101b_bcff),
    // EAX of a real Milan (confidential-computing facts, fixtures); the BIOS gave SEV-ES and SEV-SNP 127 ASIDs.
    leaf1F: registers(0x0001_fc3f, 0x0000_4173, 0x1fd, 0x80),
    .msr(0xc001_0114): msr(0),
    syscfg: msr(0x03fc_0000),
    hwcr: msr(0x0900_0011),
    rmpBase: msr(0x0000_0070_0000_0000),
    // 2 GiB of memory need 8 MiB and 16 KiB.
    rmpEnd: msr(0x0000_0070_01ff_ffff),
    .file("/proc/iomem"): text(
      "00000000-0009fbff : System RAM\n00100000-7fffffff : System RAM\n  01000000-01ffffff : Kernel\n"),
    .directory("/sys/firmware/acpi/tables"): text("DSDT\nFACP\nIVRS\n"),
    .directory("/sys/class/iommu"): text("ivhd0\n"),
    efr: text("a5bf732fa2295afe:1d\n"),
    command: text("BOOT_IMAGE=/vmlinuz root=redacted ro quiet\n"),
    .directory("/sys/kernel/iommu_groups"): text("0\n1\n"),
    groupType: text("DMA-FQ\n"),
    flags: cpuinfo("sev sev_es sev_snp"),
    release: text("6.12.107-amd64\n"),
    parameters: text("npt\nsev\nsev_es\nsev_snp\n"),
    parameter("sev"): text("Y\n"),
    parameter("sev_es"): text("Y\n"),
    parameter("sev_snp"): text("Y\n"),
    .file("/sys/module/kvm/parameters/mmio_caching"): text("Y\n"),
    .file("/sys/devices/system/cpu/present"): text("0-127\n"),
    cpusOnline: text("0-127\n"),
    misc: text("cpu_dma_latency\nkvm\nsev\n"),
    sevStatus: sev(state: 1),
    // The RMP is there, and the firmware has looked for aliases.
    snpStatus: snp(state: 1, rmp: 3),
    .file("/sys/module/ccp/parameters/psp_init_on_probe"): text("Y\n"),
    vmTypes: .bytes([0x1d, 0, 0, 0]),
    guestMemfd: .bytes([1, 0, 0, 0]),
    .file("/proc/meminfo"): text("MemTotal:       263899652 kB\nMemAvailable:   201326592 kB\n"),
    .file("/sys/fs/cgroup/misc.capacity"): text("sev 382\nsev_es 127\n"),
    .file("/sys/fs/cgroup/misc.current"): text("sev_es 3\n"),
    .kernelLog: text("kvm_amd: SEV enabled (ASIDs 128 - 509)\n"),
  ]
}
