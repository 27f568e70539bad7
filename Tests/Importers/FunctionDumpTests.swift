// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Evidence
import Foundation
import Importers
import Tape
import Testing

@Suite struct FunctionDumpTests {
  private let devices = "/sys/bus/pci/devices"

  @Test func lspciBytesBecomeAttributes() throws {
    let host = try source(Samples.lspci)
    #expect(host.names(in: devices).value == ["0000:81:00.0", "0000:81:10.0"])
    #expect(host.contents("\(devices)/0000:81:00.0/vendor") == "0x8086\n")
    #expect(host.contents("\(devices)/0000:81:00.0/class") == "0x020000\n")
    #expect(host.contents("\(devices)/0000:81:00.0/subsystem_device") == "0x0003\n")
    #expect(host.origin().value == .pci)
    #expect(host.ask(.link("\(devices)/0000:81:00.0/driver")) == .withheld("not in this copy"))
  }

  @Test func theConfigurationIsAsLongAsTheKernelGivesIt() throws {
    let host = try source(Samples.lspci)
    guard case .bytes(let long) = host.ask(.pciConfig(PCIAddress(bus: 0x81, device: 0, function: 0))),
      case .bytes(let short) = host.ask(.pciConfig(PCIAddress(bus: 0x81, device: 0x10, function: 0)))
    else {
      Issue.record("no configuration")
      return
    }
    #expect(long.count == 4096)
    #expect(long[0x40] == 0xff)
    #expect(short.count == 64)
  }

  /// Its own registers read ffff:ffff; First VF Offset 0x80 of 81:00.0 is 81:10.0.
  @Test func aVirtualFunctionHasItsIdentityFromItsPhysicalOne() throws {
    let host = try source(Samples.lspci)
    #expect(host.contents("\(devices)/0000:81:10.0/vendor") == "0x8086\n")
    #expect(host.contents("\(devices)/0000:81:10.0/device") == "0x10ed\n")
    #expect(host.linkName("\(devices)/0000:81:10.0/physfn").value == "0000:81:00.0")
    #expect(host.linkName("\(devices)/0000:81:00.0/virtfn0").value == "0000:81:10.0")
  }

  @Test func withoutItsPhysicalFunctionItHasNone() throws {
    let second = try #require(Samples.lspci.range(of: "0000:81:10.0")).lowerBound
    let host = try source(String(Samples.lspci[second...]))
    #expect(host.ask(.file("\(devices)/0000:81:10.0/vendor")) == .withheld("not in this copy"))
    #expect(host.contents("\(devices)/0000:81:10.0/class") == "0x020000\n")
  }

  @Test func aSlotASecondTimeIsAnotherMachine() throws {
    let machines = try Importer.machines(in: Array((Samples.lspci + Samples.lspci).utf8), path: "dump")
    #expect(machines.map(\.name) == ["dump", "dump:2"])
  }

  @Test func brokenBytesAndTooManyAreNamed() {
    for (text, reason) in [
      ("00:00.0 x\n00: 86 8\n", "not bytes in hexadecimal"),
      ("00:00.0 x\nfff: 86 80\n", "past the 4096 bytes of a configuration space"),
      ("00:00.0 x\nffffffff: 86\n", "past the 4096 bytes of a configuration space"),
    ] {
      #expect(throws: InputError("dump", line: 2, reason)) {
        try Importer.machines(in: Array(text.utf8), path: "dump")
      }
    }
  }

  @Test func rawBytesTakeTheirSlotFromTheName() throws {
    var bytes = [UInt8](repeating: 0, count: 256)
    bytes.replaceSubrange(0..<4, with: [0x86, 0x80, 0x22, 0x15])
    bytes.replaceSubrange(9..<12, with: [0x00, 0x00, 0x02])
    let named = try #require(try Importer.machines(in: bytes, path: "a/0005-90-01.2.config").first)
    #expect(named.source.contents("\(devices)/0005:90:01.2/device") == "0x1522\n")
    let unnamed = try #require(try Importer.machines(in: bytes, path: "a/config").first)
    #expect(unnamed.source.names(in: devices).value == ["0000:00:00.0"])
  }

  @Test func umockdevBecomesTheSysfsItWasTakenFrom() throws {
    let host = try source(Samples.umockdev)
    #expect(host.contents("\(devices)/0000:08:00.0/vendor") == "0x10de\n")
    #expect(host.contents("\(devices)/0000:08:00.0/power/control") == "auto\n")
    #expect(
      host.ask(.pciConfig(PCIAddress(bus: 8, device: 0, function: 0))) == .bytes([0xde, 0x10, 0xb8, 0x1e]))
    #expect(host.linkName("\(devices)/0000:08:00.0/driver").value == "nvidia")
    #expect(host.names(in: "/sys/kernel/iommu_groups/90/devices").value == ["0000:08:00.0"])
    #expect(host.ask(.link("\(devices)/0000:00:03.0/driver")) == .absent)
    #expect(
      host.ask(.link("\(devices)/0000:08:00.0"))
        == .bytes(Array("../../../devices/pci0000:00/0000:00:03.0/0000:08:00.0".utf8)))
  }

  @Test func udevPropertiesBecomeAttributes() throws {
    let host = try source(Samples.udev)
    #expect(host.contents("\(devices)/0000:00:02.0/class") == "0x030200\n")
    #expect(host.contents("\(devices)/0000:00:02.0/device") == "0x20b0\n")
    #expect(host.ask(.link("\(devices)/0000:00:02.0/driver")) == .absent)
    #expect(host.contents("/sys/class/dmi/id/product_name") == "PowerEdgeR7525\n")
    #expect(
      host.contents("/proc/cpuinfo")
        == "processor\t: 0\nvendor_id\t: AuthenticAMD\ncpu family\t: 23\nmodel\t\t: 49\nflags\t\t: svm sme sev\n"
    )
  }

  @Test func anOldKernelsFlagsAreNotGuessed() throws {
    let host = try source(Samples.udev.replacing(",0260,0261", with: ",00EA"))
    #expect(host.contents("/proc/cpuinfo")?.contains("flags") == false)
  }

  @Test func nodeDevicesBecomeAttributes() throws {
    let host = try source(Samples.nodeDevice)
    let folder = "\(devices)/0000:81:00.0"
    #expect(host.contents("\(folder)/vendor") == "0x15b3\n")
    #expect(host.contents("\(folder)/class") == "0x020000\n")
    #expect(host.contents("\(folder)/sriov_totalvfs") == "16\n")
    #expect(host.contents("\(folder)/sriov_numvfs") == "1\n")
    #expect(host.contents("\(folder)/numa_node") == "1\n")
    #expect(host.linkName("\(folder)/virtfn0").value == "0000:81:00.2")
    #expect(host.linkName("\(folder)/driver").value == "mlx5_core")
    #expect(host.linkName("\(folder)/iommu_group").value == "15")
    #expect(host.origin().value == .document)
  }

  @Test func severalNodeDevicesInOneFileAreOneMachine() throws {
    let other = Samples.nodeDevice.replacing("<bus>129</bus>", with: "<bus>1</bus>")
    let host = try source("<?xml version='1.0'?>\n\(Samples.nodeDevice)\n<?xml version='1.0'?>\n\(other)\n")
    #expect(host.names(in: devices).value == ["0000:01:00.0", "0000:81:00.0"])
  }

  @Test func anAddressThatCannotBeIsRefused() {
    let text = Samples.nodeDevice.replacing("<bus>129</bus>", with: "<bus>4294967295</bus>")
    #expect(throws: InputError("dump", "pci_0000_81_00_0: not a PCI address")) {
      try Importer.machines(in: Array(text.utf8), path: "dump")
    }
  }
}
