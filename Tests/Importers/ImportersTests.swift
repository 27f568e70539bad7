// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Evidence
import Importers
import Tape
import Testing

/// A minimal dump of every text format, literal.
enum Samples {
  static let instLatx = """
    ------[ CPUID Registers / Logical CPU #0 ]------
    CPUID 00000000: 00000010-68747541-444D4163-69746E65 [Auth]
    CPUID 00000001: 00A00F11-00400800-7EFA320B-178BFBFF
    CPUID 0000000D: 00000207-00000988-00000988-00000000 [SL 00]
    CPUID 0000000D: 0000000F-00000340-00001800-00000000 [SL 01]
    CPUID 80000000: 80000023-68747541-444D4163-69746E65
    CPUID 8000001F: 0101FD3F-00004173-000001FD-00000006
    CPUID 8000001F: 00000000-00000000-00000000-00000000 [SL 00]
    ------[ Logical CPU #1 ]------
    CPUID 00000000: 00000010-68747541-444D4163-69746E65
    CPUID 0000000D: 00000001-00000001-00000001-00000001
    CPUID 8000001F: 0101FD3F-00004173-000001FD-00000007

    """
  static let arrays = """
    basic_cpuid[0]=0000000d 756e6547 6c65746e 49656e69
    basic_cpuid[1]=000806e9 00100800 7ffafbbf bfebfbff
    ext_cpuid[8]=00003027 00000000 00000000 00000000
    intel_fn12h[1]=00000036 00000000 0000001f 00000000

    """
  static let cpuidRaw = """
    CPU 0:
       0x00000000 0x00: eax=0x00000010 ebx=0x68747541 ecx=0x444d4163 edx=0x69746e65
       0x8000001f 0x00: eax=0x030ffffb ebx=0x000041b3 ecx=0x000003ee edx=0x00000001

    """
  static let hwloc = """
    # mask e[abcd]x => e[abcd]x
    5 0 0 0 0 => d 756e6547 6c65746e 49656e69
    5 d 0 1 0 => f 988 1800 0

    """
  static let rows =
    "0, 0, 20, 1970169159, 1818588270, 1231384169\n1, 0, 526017, 68159488, 2147154943, 3219913727\n"
  static let cpudata = """
    <!-- AMD EPYC -->
    <cpudata arch='x86'>
      <cpuid eax_in='0x00000000' ecx_in='0x00' eax='0x00000010' ebx='0x68747541' ecx='0x444d4163' edx='0x69746e65'/>
      <cpuid eax_in='0x8000001f' eax='0x030ffffb' ebx='0x000041b3' ecx='0x000003ee' edx='0x00000001'/>
      <msr index='0x10a' edx='0x00000001' eax='0x0c000069'/>
    </cpudata>
    """
  static let firecracker = """
    {"guest_cpu_config": {"cpuid_modifiers": [
      {"leaf": "0x0", "subleaf": "0x0", "flags": 0, "modifiers": [
        {"register": "eax", "bitmap": "0b00000000000000000000000000010000"},
        {"register": "ebx", "bitmap": "0b01101000011101000111010101000001"},
        {"register": "ecx", "bitmap": "0b01000100010011010100000101100011"},
        {"register": "edx", "bitmap": "0b01101001011101000110111001100101"}]},
      {"leaf": "0x1", "subleaf": "0x0", "flags": 0, "modifiers": [
        {"register": "eax", "bitmap": "0bxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"}]}],
     "msr_modifiers": [{"addr": "0x10a",
       "bitmap": "0b0000000000000000000000000000000000000000000000000000000000000101"}]}}
    """
  static let lscpu = """
    Architecture:        x86_64
    CPU(s):              4
    On-line CPU(s) list: 0-3
    Vendor ID:           AuthenticAMD
    CPU family:          23
    Model:               49
    Model name:          AMD EPYC 7742 64-Core Processor
    Hypervisor vendor:   KVM
    NUMA node0 CPU(s):   0-1
    NUMA node1 CPU(s):   2-3
    Flags:               fpu svm sme

    """
  static let cpuinfo = "processor\t: 0\nvendor_id\t: AuthenticAMD\nflags\t\t: fpu svm\n"
  static let acpi = """
    SSDT @ 0x0000000000000000
        0000: 53 53 44 54 14 00 00 00 01 6F 41 4D 44 20 20 20  SSDT.....oAMD
        0010: 50 4F 57 45                                      POWE

    Firmware Warning (ACPI): Incorrect checksum in table [SSDT]
    SSDT @ 0x0000000000000000
        0000: 53 53 44 54                                      SSDT

    DMAR @ 0x00000000BF79E0D0
        0000: 44 4D 41 52 58 00 00 00                          DMARX...

    """
  static let lspci = """
    0000:81:00.0 Ethernet controller: a device
    \tCapabilities: text
    00: 86 80 fb 10 06 05 10 00 01 00 00 02 10 00 80 00
    10: 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00
    20: 00 00 00 00 00 00 00 00 00 00 00 00 86 80 03 00
    30: 00 00 00 00 40 00 00 00 00 00 00 00 0b 01 00 00
    100: 10 00 01 00 00 00 00 00 01 00 00 00 08 00 40 00
    110: 02 00 00 00 80 00 02 00 00 00 ed 10 00 00 00 00

    0000:81:10.0 Ethernet controller: a virtual function
    00: ff ff ff ff 04 00 10 00 01 00 00 02 00 00 00 00
    10: 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00
    20: 00 00 00 00 00 00 00 00 00 00 00 00 86 80 03 00
    30: 00 00 00 00 40 00 00 00 00 00 00 00 00 00 00 00

    """
  static let umockdev = """
    P: /devices/pci0000:00/0000:00:03.0/0000:08:00.0
    E: SUBSYSTEM=pci
    E: DRIVER=nvidia
    E: PCI_SLOT_NAME=0000:08:00.0
    A: vendor=0x10de\\n
    A: power/control=auto\\n
    H: config=DE10B81E
    L: driver=../../../../bus/pci/drivers/nvidia
    L: iommu_group=../../../../kernel/iommu_groups/90

    P: /devices/pci0000:00/0000:00:03.0
    E: SUBSYSTEM=pci
    A: vendor=0x8086\\n

    """
  static let udev = """
    P: /devices/pci0000:00/0000:00:02.0
    E: DEVPATH=/devices/pci0000:00/0000:00:02.0
    E: PCI_CLASS=30200
    E: PCI_ID=10DE:20B0
    E: PCI_SLOT_NAME=0000:00:02.0
    E: SUBSYSTEM=pci
    L: 0

    P: /devices/system/cpu/cpu0
    E: MODALIAS=cpu:type:x86,ven0002fam0017mod0031:feature:,0000,00C2,0260,0261
    E: SUBSYSTEM=cpu

    P: /devices/virtual/dmi/id
    E: MODALIAS=dmi:bvnDellInc.:bvr1:svnDellInc.:pnPowerEdgeR7525:
    E: SUBSYSTEM=dmi

    """
  static let ttar = """
    # Archive created by ttar -c -f fixtures.ttar fixtures/
    Directory: fixtures/sys/class
    Mode: 755
    # ttar - - - -
    Path: fixtures/proc/cpuinfo
    Lines: 1
    processor : 0NULLBYTEEOF
    Mode: 444
    # ttar - - - -
    Path: fixtures/sys/class/link
    SymlinkTo: ../../proc/cpuinfo

    """
  static let nodeDevice = """
    <device>
      <name>pci_0000_81_00_0</name>
      <driver><name>mlx5_core</name></driver>
      <capability type='pci'>
        <class>0x020000</class>
        <domain>0</domain><bus>129</bus><slot>0</slot><function>0x0</function>
        <product id='0x1013'>ConnectX</product><vendor id='0x15b3'>Mellanox</vendor>
        <capability type='virt_functions' maxCount='16'>
          <address domain='0x0000' bus='0x81' slot='0x00' function='0x2'/>
        </capability>
        <iommuGroup number='15'><address domain='0x0000' bus='0x81' slot='0x00' function='0x0'/></iommuGroup>
        <numa node='1'/>
      </capability>
    </device>
    """
  static let domainCapabilities =
    "<domainCapabilities><features><sev supported='no'/></features></domainCapabilities>"
  static let ghw = """
    {"cpu": {"processors": [{"id": 0, "vendor": "AuthenticAMD", "model": "AMD EPYC 9654", "capabilities": ["svm"]}]},
     "topology": {"nodes": [{"id": 0}, {"id": 1}]}}
    """

  static let all = [
    instLatx, arrays, cpuidRaw, hwloc, rows, cpudata, firecracker, lscpu, cpuinfo, acpi, lspci, umockdev,
    udev, ttar,
    nodeDevice, domainCapabilities, ghw,
  ]
}

func source(_ text: String) throws -> any HostSource {
  try #require(try Importer.machines(in: Array(text.utf8), path: "dump").first).source
}

extension HostSource {
  /// A file's bytes as text; `nil`: anything else.
  func contents(_ path: String) -> String? {
    if case .bytes(let bytes) = ask(.file(path)) { String(decoding: bytes, as: UTF8.self) } else { nil }
  }
}

@Suite struct PrefixTests {
  @Test(arguments: Samples.all) func everyPrefixIsMachinesOrARefusal(_ sample: String) {
    let bytes = Array(sample.utf8)
    for length in 0...bytes.count {
      do throws(InputError) {
        let machines = try Importer.machines(in: Array(bytes.prefix(length)), path: "dump")
        #expect(!machines.isEmpty)
        for machine in machines { _ = machine.source.ask(.directory("/sys/bus/pci/devices")) }
      } catch { #expect(error.path.hasPrefix("dump")) }
    }
  }

  @Test(arguments: Samples.all) func aByteChangedIsMachinesOrARefusal(_ sample: String) {
    let bytes = Array(sample.utf8)
    for at in bytes.indices {
      for byte in [UInt8(0), 0x0a, 0x2d, 0x39, 0xff] {
        var changed = bytes
        changed[at] = byte
        let machines = try? Importer.machines(in: changed, path: "dump")
        #expect(machines?.isEmpty != true)
      }
    }
  }

  @Test func whatNobodyKnowsIsRefused() {
    for text in ["", "hello\n", "<a/>", "{}", "[1, 2", "\u{0}\u{1}\u{2}"] {
      #expect(throws: InputError.self) { try Importer.machines(in: Array(text.utf8), path: "dump") }
    }
  }
}
