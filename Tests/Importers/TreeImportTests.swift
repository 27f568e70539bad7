// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Evidence
import Importers
import Tape
import Testing

@Suite struct TreeImportTests {
  private func machines(_ files: [String: String]) throws -> [ImportedMachine] {
    var tree = FileTree("dump")
    for (path, text) in files { try tree.addFile(path, Array(text.utf8)) }
    return try Importer.machines(in: tree, path: "dump")
  }

  @Test func oneDirectoryAboveProcAndSysIsStripped() throws {
    let found = try machines([
      "box/proc/cpuinfo": "processor : 0\n", "box/sys/kernel/x": "1\n", "box/notes": "n",
    ])
    #expect(found.map(\.name) == ["dump:box"])
    #expect(found[0].source.contents("/proc/cpuinfo") == "processor : 0\n")
    #expect(found[0].source.origin().value == .tree)
    #expect(found[0].source.ask(.file("/proc/cmdline")) == .withheld("not in this copy"))
  }

  @Test func registersBesideATreeJoinIt() throws {
    let found = try machines([
      "m/cpuid/hwloc-cpuid-info": "Architecture: x86\n", "m/cpuid/pu0": Samples.hwloc,
      "m/fsroot/proc/cpuinfo": "processor : 0\n",
    ])
    #expect(found.count == 1)
    #expect(found[0].source.contents("/proc/cpuinfo") == "processor : 0\n")
    #expect(found[0].source.cpuid(0).value?.eax == 0xd)
    #expect(found[0].source.origin().value == .tree)
  }

  @Test func aFolderOfRegistersIsAMachine() throws {
    let found = try machines([
      "m/hwloc-cpuid-info": "Architecture: x86\n", "m/pu0": Samples.hwloc, "m/pu1": Samples.hwloc,
    ])
    #expect(found.map(\.format) == ["hwloc CPUID dump"])
    #expect(found[0].source.cpuid(0, cpu: 1).value?.eax == 0xd)
  }

  @Test func aBranchOfSysfsStandsWhereItBelongs() throws {
    let found = try machines(["x/system/cpu/present": "0-3\n", "x/system/node/node0/cpulist": "0-3\n"])
    #expect(found.map(\.name) == ["dump:x/system"])
    #expect(found[0].source.contents("/sys/devices/system/cpu/present") == "0-3\n")
  }

  @Test func aCollectionGivesAMachineAMemberAndTellsOfTheRest() throws {
    var tree = FileTree("dump")
    for (path, text) in ["a.txt": Samples.instLatx, "b.txt": Samples.lscpu, "README": "hello\n"] {
      try tree.addFile(path, Array(text.utf8))
    }
    let imports = try Importer.imports(in: .tree(tree), path: "dump") { (bytes, _) throws(InputError) in
      .file(bytes)
    }
    #expect(imports.machines.map(\.name) == ["dump:a.txt", "dump:b.txt"])
    #expect(imports.refused == [InputError("dump:README", "not a format hostcap knows")])
  }

  @Test func modaliasTellsWhatIsMissing() throws {
    let found = try machines([
      "sys/bus/pci/devices/0000:00:02.0/modalias": "pci:v00001013d000000B8sv00001AF4sd00001100bc03sc00i00\n"
    ])
    let folder = "/sys/bus/pci/devices/0000:00:02.0"
    #expect(found[0].source.contents("\(folder)/class") == "0x030000\n")
    #expect(found[0].source.contents("\(folder)/device") == "0x00b8\n")
  }

  @Test func ttarHoldsATree() throws {
    let host = try source(Samples.ttar)
    #expect(host.contents("/proc/cpuinfo") == "processor : 0\u{0}")
    #expect(host.contents("/sys/class/link") == "processor : 0\u{0}")
  }

  @Test func acpiTablesAreNamedAsTheKernelNamesThem() throws {
    let host = try source(Samples.acpi)
    #expect(host.names(in: "/sys/firmware/acpi/tables").value == ["DMAR", "SSDT1", "SSDT2"])
    #expect(host.contents("/sys/firmware/acpi/tables/SSDT2") == "SSDT")
    #expect(host.ask(.file("/sys/firmware/acpi/tables/IVRS")) == .absent)
  }

  @Test func whatIsKnownButHoldsNothingSaysSo() {
    for (text, format) in [
      ("<topology version='2.0'/>", "hwloc topology XML"), ("{\"return\": {}}", "QEMU monitor JSON"),
      ("000906ea\nfamily: 6\nmodel: 158\n", "libvirt CPU signature text"), ("<list/>", "lshw XML"),
    ] {
      #expect(throws: InputError("dump", "recognised as \(format); it holds nothing hostcap judges")) {
        try Importer.machines(in: Array(text.utf8), path: "dump")
      }
    }
  }
}
