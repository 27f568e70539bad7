// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Evidence
import Importers
import Tape
import Testing

@Suite struct ProcessorDumpTests {
  private let amd = CPUIDRegisters(eax: 0x10, ebx: 0x6874_7541, ecx: 0x444d_4163, edx: 0x6974_6e65)
  private let intel = CPUIDRegisters(eax: 0xd, ebx: 0x756e_6547, ecx: 0x6c65_746e, edx: 0x4965_6e69)

  private func registers(_ host: any HostSource, _ leaf: UInt32, _ subleaf: UInt32 = 0, cpu: Int = 0)
    -> CPUIDRegisters?
  {
    host.read(.cpuid(leaf: leaf, subleaf: subleaf, cpu: cpu), as: CPUIDRegisters.init).value
  }

  @Test func instLatxKeepsTheFirstOfALeafPrintedTwice() throws {
    let host = try source(Samples.instLatx)
    #expect(registers(host, 0) == amd)
    #expect(registers(host, 0x8000_001f) == CPUIDRegisters(eax: 0x0101_fd3f, ebx: 0x4173, ecx: 0x1fd, edx: 6))
    #expect(registers(host, 0xd, 1) == CPUIDRegisters(eax: 0xf, ebx: 0x340, ecx: 0x1800, edx: 0))
    #expect(host.origin().value == .cpuid)
    #expect(host.ask(.file("/proc/cpuinfo")) == .withheld("not on this tape"))
  }

  @Test func ofOtherProcessorsOnlyComparedLeavesAreKept() throws {
    let host = try source(Samples.instLatx)
    #expect(registers(host, 0x8000_001f, cpu: 1)?.edx == 7)
    #expect(registers(host, 0xd, cpu: 1) == nil)
  }

  @Test func arraysOfLibcpuid() throws {
    let host = try source(Samples.arrays)
    #expect(registers(host, 0) == intel)
    #expect(registers(host, 0x8000_0008)?.eax == 0x3027)
    #expect(registers(host, 0x12, 1)?.eax == 0x36)
    // That libcpuid did not store it says nothing of the processor.
    #expect(host.ask(.cpuid(leaf: 0x8000_001f)) == .withheld("not on this tape"))
  }

  @Test func listingsOfCpuid() throws {
    #expect(registers(try source(Samples.cpuidRaw), 0x8000_001f)?.ecx == 0x3ee)
  }

  @Test func hwlocMaskBit2ChoosesTheSubleaf() throws {
    let host = try source(Samples.hwloc)
    #expect(registers(host, 0) == intel)
    #expect(registers(host, 0xd, 1)?.ebx == 0x988)
  }

  @Test func decimalRows() throws {
    #expect(registers(try source(Samples.rows), 0)?.ebx == 0x756e_6547)
  }

  @Test func libvirtRegistersAndModelSpecificOnes() throws {
    let host = try source(Samples.cpudata)
    #expect(registers(host, 0) == amd)
    #expect(registers(host, 0x8000_001f)?.edx == 1)
    #expect(host.msr(0x10a).value == 0x1_0c00_0069)
  }

  @Test func aBitThatMayBeEitherIsNotKnown() throws {
    let host = try source(Samples.firecracker)
    #expect(registers(host, 0) == amd)
    #expect(registers(host, 1) == nil)
    #expect(host.msr(0x10a).value == 5)
  }

  @Test func aBrokenLineIsNamed() {
    let cut = "CPUID 00000000: 00000010-68747541-444D4163-69746E65\nCPUID 00000001: 00A00F11-0040\n"
    #expect(throws: InputError("dump", line: 2, "CPUID line with broken registers")) {
      try Importer.machines(in: Array(cut.utf8), path: "dump")
    }
    let array = "basic_cpuid[0]=0000000d 756e6547\n"
    #expect(throws: InputError("dump", line: 1, "broken element of an array")) {
      try Importer.machines(in: Array(array.utf8), path: "dump")
    }
  }

  @Test func aBrokenLineInTheMiddleCostsOnlyItsLeaf() throws {
    let text = "CPUID 00000001: 00A00F11-0040\nCPUID 00000000: 00000010-68747541-444D4163-69746E65\n"
    let host = try source(text)
    #expect(registers(host, 0) == amd)
    #expect(host.ask(.cpuid(leaf: 1)) == .withheld("not on this tape"))
  }

  @Test func withoutLeaf0ThereIsNoMachine() {
    let text = "CPUID 00000001: 00A00F11-00400800-7EFA320B-178BFBFF\n"
    #expect(throws: InputError("dump", "recognised as InstLatx64 text, without leaf 0 of CPU 0")) {
      try Importer.machines(in: Array(text.utf8), path: "dump")
    }
  }

  @Test func lscpuBecomesTheFilesItReads() throws {
    let host = try source(Samples.lscpu)
    let expected = """
      processor\t: 0
      vendor_id\t: AuthenticAMD
      cpu family\t: 23
      model\t: 49
      model name\t: AMD EPYC 7742 64-Core Processor
      flags\t\t: fpu svm sme hypervisor

      """
    #expect(host.contents("/proc/cpuinfo") == expected)
    #expect(host.contents("/sys/devices/system/cpu/online") == "0-3\n")
    #expect(host.names(in: "/sys/devices/system/node").value == ["node0", "node1"])
    #expect(host.origin().value == .document)
  }

  @Test func ghwRepeatsCpuinfo() throws {
    let host = try source(Samples.ghw)
    #expect(host.contents("/proc/cpuinfo")?.contains("model name\t: AMD EPYC 9654\nflags\t: svm\n") == true)
    #expect(host.names(in: "/sys/devices/system/node").value == ["node0", "node1"])
  }

  @Test func remarksAboveCpuinfoGo() throws {
    let host = try source("# whose it is: theirs\n\n" + Samples.cpuinfo)
    #expect(host.contents("/proc/cpuinfo") == Samples.cpuinfo)
  }
}
