// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Evidence
import HostModel
import Tape

/// Tapes of a few lines, and the reports they give.
enum SampleHost {
  static func report(_ tape: Tape) -> HostReport { HostReport(tape, probes: [SampleProbe.self]) }

  private static func registers(_ eax: UInt32 = 0, ebx: UInt32 = 0, ecx: UInt32 = 0, edx: UInt32 = 0)
    -> Answer
  {
    .bytes(CPUIDRegisters(eax: eax, ebx: ebx, ecx: ecx, edx: edx).bytes)
  }

  static func words(_ text: String) -> Answer { .bytes(Array(text.utf8)) }

  /// A machine on which both ladders hold.
  static var ready: Tape {
    Tape([
      .origin: words("live\n"), .clock: words("1782907200\n"),
      .privilege: words("euid 0\ncap_eff 000001ffffffffff\n"),
      .cpuid(leaf: 0): registers(0x10), .cpuid(leaf: 1): registers(0x00a1_0f11),
      .cpuid(leaf: 0x8000_0000): registers(0x8000_0028),
      .cpuid(leaf: 0x8000_001f): registers(0x0101_fd3f, ebx: 0x4133, ecx: 0x3ee, edx: 1),
      .file("/sys/hypervisor/type"): .absent,
      .file("/sys/class/dmi/id/sys_vendor"): words("Example Systems\n"),
      .file("/sys/class/dmi/id/product_name"): words("Rack 1\n"),
      .file("/sys/class/dmi/id/bios_vendor"): words("Example Firmware\n"),
      .msr(0xc001_0010): .bytes(littleEndianBytes(0xb40000 as UInt64)),
      .file("/proc/cmdline"): words("BOOT_IMAGE=/vmlinuz-6.12.107-amd64 root=/dev/sda1 ro quiet\n"),
      .file("/sample/version"): words("58\n"),
      .file("/sys/module/kvm_amd/parameters/sev"): words("Y\n"),
      .file("/sys/module/kvm_amd/parameters/sev_snp"): words("Y\n"),
      .file("/proc/cpuinfo"): words("model name\t: AMD EPYC 9454P 48-Core Processor\nflags\t: svm sev\n"),
      .file("/proc/sys/kernel/osrelease"): words("6.12.107-amd64\n"),
    ])
  }

  static func ready(_ changes: [Question: Answer]) -> Tape {
    var tape = ready
    for (question, answer) in changes { tape[question] = answer }
    return tape
  }

  static let sevSNP = Question.file("/sys/module/kvm_amd/parameters/sev_snp")
  static let sev = Question.file("/sys/module/kvm_amd/parameters/sev")

  /// `iommu=pt` keeps SEV-SNP off, and the firmware is old.
  static var blocked: Tape {
    ready([
      .file("/proc/cmdline"): words("BOOT_IMAGE=/vmlinuz-6.12.107-amd64 root=/dev/sda1 ro quiet iommu=pt\n"),
      .file("/sample/version"): words("49\n"), sevSNP: words("N\n"),
    ])
  }

  /// The same machine, asked as nobody.
  static var denied: Tape {
    ready([
      .privilege: words("euid 65534\ncap_eff 0000000000000000\n"), .msr(0xc001_0010): .denied, sev: .denied,
      sevSNP: .denied,
    ])
  }

  static var absent: Tape { ready([.cpuid(leaf: 0x8000_001f): registers(0), sev: .absent, sevSNP: .absent]) }

  static var guest: Tape {
    ready([
      .cpuid(leaf: 1): registers(0x00a1_0f11, ecx: 1 << 31),
      .cpuid(leaf: 0x4000_0000): registers(0x4000_0001, ebx: 0x4b4d_564b, ecx: 0x564b_4d56, edx: 0x4d),
      sev: .absent, sevSNP: .absent,
    ])
  }

  /// Nothing is on it.
  static var empty: Tape { Tape() }

  static let all: [(name: String, tape: Tape)] = [
    ("ready", ready), ("blocked", blocked), ("denied", denied), ("absent", absent), ("guest", guest),
    ("empty", empty),
  ]
}
