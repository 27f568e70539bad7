// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Catalog
import Evidence
import HostModel
import Tape

/// Machines as tapes: enough for every command to have something to say.
enum Machines {
  static func words(_ text: String) -> Answer { .bytes(Array(text.utf8)) }

  static func registers(_ eax: UInt32, _ ebx: UInt32 = 0, _ ecx: UInt32 = 0, _ edx: UInt32 = 0) -> Answer {
    .bytes(CPUIDRegisters(eax: eax, ebx: ebx, ecx: ecx, edx: edx).bytes)
  }

  /// An EPYC host whose BIOS has memory encryption off, with one GPU in VFIO.
  static let host = Tape([
    .origin: words("live\n"), .clock: words("1782907200\n"),
    .privilege: words("euid 0\ncap_eff 000001ffffffffff\n"),
    .cpuid(leaf: 0): registers(0x10, 0x6874_7541, 0x444d_4163, 0x6974_6e65),
    .cpuid(leaf: 1): registers(0x00a0_0f11),
    .cpuid(leaf: 0x8000_0000): registers(0x8000_0028, 0x6874_7541, 0x444d_4163, 0x6974_6e65),
    .cpuid(leaf: 0x8000_0001): registers(0x00a0_0f11, 0, 0x75c2_37ff, 0x2fd3_fbff),
    .cpuid(leaf: 0x8000_001f): registers(0x0101_fd3f, 0x4133, 0x3ee, 0x64),
    .file("/sys/hypervisor/type"): .absent,
    .file("/sys/class/dmi/id/sys_vendor"): words("Example Systems\n"),
    .file("/sys/class/dmi/id/product_name"): words("Rack 1\n"),
    .file("/sys/class/dmi/id/bios_vendor"): words("Example Firmware\n"),
    .msr(0xc001_0010): .bytes(littleEndianBytes(0 as UInt64)),
    .msr(0xc001_0114): .bytes(littleEndianBytes(0 as UInt64)),
    .file("/proc/cpuinfo"): words(
      "vendor_id\t: AuthenticAMD\nmodel name\t: AMD EPYC\u{1b}[2J\nflags\t: svm\n"),
    .file("/proc/sys/kernel/osrelease"): words("6.12.107-amd64\n"),
  ])

  /// A KVM guest.
  static var guest: Tape {
    var tape = host
    tape[.cpuid(leaf: 1)] = registers(0x00a0_0f11, 0, 1 << 31)
    tape[.cpuid(leaf: 0x4000_0000)] = registers(0x4000_0001, 0x4b4d_564b, 0x564b_4d56, 0x4d)
    return tape
  }

  /// A worker node: an SEV-SNP guest with an H100 and a ConnectX VF, on 2026-11-25.
  static var worker: Tape {
    var tape = guest
    let more: [Question: Answer] = [
      .clock: words("1795600000\n"), .msr(0xc001_0131): .bytes(littleEndianBytes(7 as UInt64)),
      .cpuid(leaf: 0x8000_001f): registers(0x1a, 51),
      .directory("/sys/bus/platform/devices"): words("serial8250\nsev-guest\n"),
      .directory("/sys/class/misc"): words("cpu_dma_latency\nsev-guest\n"),
      .kernelLog: words("[    0.27] Memory Encryption Features active: AMD SEV SEV-ES SEV-SNP\n"),
      .directory("/sys/bus/pci/devices"): words("0000:00:04.0\n0000:00:05.0\n"),
      .link("/sys/bus/pci/devices/0000:00:04.0"): words("../../../devices/pci0000:00/0000:00:04.0"),
      .link("/sys/bus/pci/devices/0000:00:05.0"): words("../../../devices/pci0000:00/0000:00:05.0"),
      .link("/sys/bus/pci/devices/0000:00:05.0/physfn"): .absent,
      .file("/sys/bus/pci/devices/0000:00:04.0/uevent"): words(
        "DRIVER=nvidia\nPCI_CLASS=30200\nPCI_ID=10DE:2331\nPCI_SUBSYS_ID=10DE:1626\n"),
      .file("/sys/bus/pci/devices/0000:00:05.0/uevent"): words(
        "DRIVER=mlx5_core\nPCI_CLASS=20000\nPCI_ID=15B3:101E\nPCI_SUBSYS_ID=15B3:0016\n"),
    ]
    for (question, answer) in more { tape[question] = answer }
    return tape
  }

  static func bytes(_ tape: Tape) -> [UInt8] {
    var bytes: [UInt8] = []
    tape.write(into: &bytes)
    return bytes
  }
}
