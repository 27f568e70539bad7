// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Evidence
import HostModel
import ProbePCI
import ProbeSRIOV
import Tape
import Testing

@Suite struct PCIDetailTests {
  /// A GPU in VFIO and a card with two VFs below ports with ACS, and a bridge that nothing needs.
  static var host: PCIMachine {
    var machine = PCIMachine.amd()
    machine.add("0000:00:01.0", id: "1022:1483", classCode: "60400", driver: "pcieport")
    machine.add("0000:00:02.0", id: "1022:1483", classCode: "60400", driver: "pcieport")
    machine.addPhysical("0000:3b:00.0", total: 2)
    machine.addVirtual("0000:3b:00.2", of: "0000:3b:00.0", index: 0, driver: "vfio-pci")
    machine.addVirtual("0000:3b:00.3", of: "0000:3b:00.0", index: 1)
    machine.add("0000:81:00.0", driver: "vfio-pci")
    machine.set(.link("/sys/bus/pci/devices/0000:00:01.0"), "../../../devices/pci0000:00/0000:00:01.0")
    machine.set(.link("/sys/bus/pci/devices/0000:00:02.0"), "../../../devices/pci0000:00/0000:00:02.0")
    machine.set(
      .link("/sys/bus/pci/devices/0000:81:00.0"), "../../../devices/pci0000:80/0000:80:01.0/0000:81:00.0")
    var card = PCIConfig()
    card.express(0x0002, device: 1 << 28, link: 0x0047_7104, status: 0x0084)
    card.addSRIOV(total: 2, number: 2, isEnabled: true)
    machine.answers[.pciConfig(address("0000:3b:00.0"))] = .bytes(card.bytes)
    var port = PCIConfig()
    port.express(0x0142, device2: 1 << 5, control2: 1 << 5)
    port.add(0x000d, at: 0x100, [0x0001_001f])
    for name in ["0000:00:01.0", "0000:00:02.0"] {
      machine.answers[.pciConfig(address(name))] = .bytes(port.bytes)
    }
    // 64 MiB of room for the BARs of two VFs.
    let room = "0x0000380000000000 0x0000380003ffffff 0x000000000014220c"
    machine.set("0000:3b:00.0", "resource", PCIMachine.resource(vf: room))
    machine.set(
      .directory("/sys/bus/pci/devices/0000:3b:00.0"), "doe_features\nreset\nuevent\nvirtfn0\nvirtfn1\n")
    machine.set(.directory("/sys/bus/pci/devices/0000:3b:00.0/doe_features"), "0001:00\n0001:01\n")
    machine.set(.directory("/sys/bus/pci/devices/0000:3b:00.2/vfio-dev"), "vfio3\n")
    machine.set(.directory("/sys/bus/pci/devices/0000:81:00.0"), "reset\ntsm\nuevent\n")
    machine.set(.directory("/sys/bus/pci/devices/0000:81:00.0/vfio-dev"), "vfio0\n")
    machine.set("0000:81:00.0", "ari_enabled", "0")
    return machine
  }

  private static func address(_ text: String) -> PCIAddress {
    PCIAddress(text) ?? PCIAddress(bus: 0, device: 0, function: 0)
  }

  private func details(_ host: any HostSource, _ name: String) -> FunctionDetails? {
    PCIProbe.examine(host).functionDetails.first { $0.address.description == name }
  }

  @Test func placeIsWhereTheLinkLeads() {
    let gpu = details(Self.host, "0000:81:00.0")
    #expect(gpu?.place?.hostBridge == "pci0000:80")
    #expect(gpu?.place?.rootPort?.description == "0000:80:01.0")
    let port = details(Self.host, "0000:00:01.0")
    #expect(port?.place == PCIPlace(hostBridge: "pci0000:00", ports: []))
  }

  @Test(arguments: [
    ("../../../devices/pci0000:00/0000:00:0e.0/pci10000:e0/10000:e0:06.0/10000:e1:00.0", "pci10000:e0"),
    ("../../../devices/platform/4010000000.pcie/pci0000:00/10000:e1:00.0", "pci0000:00"),
    ("../../../devices/pci0000:00/0000:00:01.0/0000:3b:00.0", nil),
    ("../../../devices/pci0000:00/usb1/10000:e1:00.0", nil), ("../../../devices/10000:e1:00.0", nil),
    ("", nil),
  ])
  func lastHostBridgeCounts(_ target: String, _ expected: String?) {
    var machine = PCIMachine.amd()
    machine.add("10000:e1:00.0")
    machine.set(.link("/sys/bus/pci/devices/10000:e1:00.0"), target)
    #expect(details(machine, "10000:e1:00.0")?.place?.hostBridge == expected)
  }

  @Test func virtualFunctionHasItsPhysicalOnesPlaceLinkAndShare() {
    let physical = details(Self.host, "0000:3b:00.0")
    let virtual = details(Self.host, "0000:3b:00.2")
    #expect(physical?.link == PCILink(speedMTps: 16000, width: 8, maximumSpeedMTps: 16000, maximumWidth: 16))
    #expect(virtual?.link == physical?.link)
    #expect(virtual?.place == physical?.place)
    #expect(virtual?.isARIEnabled == true)
    #expect(
      virtual?.bars == [PCIBAR(index: 0, bytes: 32 << 20, kind: .memory64, isPrefetchable: true)])
    #expect(virtual?.vfioDevices == ["vfio3"])
    #expect(details(Self.host, "0000:3b:00.3")?.vfioDevices == [])
    #expect(virtual?.capabilities == nil)
  }

  @Test func namesInTheDirectoryTellWhatTheKernelOffers() {
    let card = details(Self.host, "0000:3b:00.0"), gpu = details(Self.host, "0000:81:00.0")
    #expect(card?.doeFeatures == ["0001:00", "0001:01"])
    #expect(card?.hasTSM == false)
    #expect(gpu?.hasTSM == true)
    #expect(gpu?.doeFeatures == [])
    #expect(gpu?.vfioDevices == ["vfio0"])
    #expect(gpu?.isARIEnabled == false)
  }

  @Test func configurationSpaceIsReadOnlyWhereSomethingNeedsIt() {
    var machine = Self.host
    machine.add("0000:00:14.0", classCode: "C0330", driver: "xhci_hcd")
    machine.add("0000:00:18.0", classCode: "60000")
    machine.add("0000:01:00.0", classCode: "10802", driver: "nvme")
    machine.set("0000:01:00.0", "sriov_totalvfs", "0")
    machine.add("0000:02:00.0", classCode: "10802", driver: "vfio-pci")
    let log = QuestionLog(machine)
    _ = PCIProbe.examine(log)
    let read = log.questions.compactMap { question -> String? in
      if case .pciConfig(let address) = question { address.description } else { nil }
    }
    // An NVMe drive that has VFs to give, one in VFIO, a GPU, a card; and the one port above the card.
    #expect(
      read.sorted() == ["0000:00:01.0", "0000:01:00.0", "0000:02:00.0", "0000:3b:00.0", "0000:81:00.0"])
    #expect(details(machine, "0000:00:01.0")?.capabilities?.acs.value?.missing == 0x1c)
    #expect(details(machine, "0000:00:02.0")?.capabilities == nil)
  }

  @Test func insideAGuestTheHypervisorsRegistersAreLeftAlone() {
    var machine = Self.host
    machine.set(cpuid: 1, CPUIDRegisters(ecx: 1 << 31))
    let log = QuestionLog(machine)
    #expect(PCIProbe.examine(log).functionDetails.allSatisfy { $0.capabilities == nil })
    #expect(!log.questions.contains { if case .pciConfig = $0 { true } else { false } })
  }

  @Test func linkComesFromSysfsWhereTheRegistersAreWithheld() {
    var machine = Self.host
    machine.answers[.pciConfig(Self.address("0000:81:00.0"))] = .bytes(Array(PCIConfig().bytes[..<64]))
    machine.set("0000:81:00.0", "current_link_speed", "2.5 GT/s PCIe")
    machine.set("0000:81:00.0", "max_link_speed", "64.0 GT/s PCIe")
    machine.set("0000:81:00.0", "current_link_width", "0")
    machine.set("0000:81:00.0", "max_link_width", "255")
    #expect(details(machine, "0000:81:00.0")?.link == PCILink(speedMTps: 2500, maximumSpeedMTps: 64000))
    for (text, speed) in [("8 GT/s", 8000), ("Unknown", nil), ("16.0", nil), ("", nil), ("9.99 GT/s", nil)]
      as [(String, Int?)]
    {
      machine.set("0000:81:00.0", "current_link_speed", text)
      #expect(details(machine, "0000:81:00.0")?.link?.speedMTps == speed)
    }
  }

  @Test func noMethodIsNotAnUnknownOne() {
    var machine = Self.host
    #expect(details(machine, "0000:81:00.0")?.resetMethods == ["flr", "bus"])
    machine.set("0000:81:00.0", "reset_method", "")
    #expect(details(machine, "0000:81:00.0")?.resetMethods == [])
    // A kernel before 5.15: there is a method, and nobody says which.
    machine.remove("0000:81:00.0", "reset_method")
    #expect(details(machine, "0000:81:00.0")?.resetMethods == nil)
    machine.set(.directory("/sys/bus/pci/devices/0000:81:00.0"), "uevent\n")
    #expect(details(machine, "0000:81:00.0")?.resetMethods == [])
    machine.set(.origin, "tree\n")
    #expect(details(machine, "0000:81:00.0")?.resetMethods == nil)
  }

  @Test func registersHaveSizesByTheirLines() {
    var machine = Self.host
    let lines = [
      "0x0000000000003000 0x000000000000303f 0x0000000000040101", PCIMachine.empty,
      "0x00000000a0000000 0x00000000a0ffffff 0x0000000000040200",
      "0x0000380000000000 0x000039ffffffffff 0x000000000014220c", PCIMachine.empty,
      "0xffffffffffffffff 0x0000000000000000 0x0000000000040200",
      "0x00000000b0000000 0x00000000b007ffff 0x0000000000046200",
    ]
    machine.set("0000:81:00.0", "resource", lines.joined(separator: "\n"))
    let gpu = details(machine, "0000:81:00.0")
    #expect(gpu?.bars?.map(\.index) == [0, 2, 3])
    #expect(gpu?.bars?.map(\.bytes) == [64, 16 << 20, 2 << 40])
    #expect(gpu?.bars?.map(\.kind) == [.io, .memory32, .memory64])
    #expect(gpu?.romBytes == 512 << 10)
    machine.answers[.file("/sys/bus/pci/devices/0000:81:00.0/resource")] = .denied
    #expect(details(machine, "0000:81:00.0")?.bars == nil)
    #expect(details(machine, "0000:81:00.0")?.romBytes == nil)
  }

  @Test func resizableBARsComeFromSysfsWhereTheRegistersAreWithheld() {
    var machine = Self.host
    machine.answers[.pciConfig(Self.address("0000:81:00.0"))] = .denied
    #expect(details(machine, "0000:81:00.0")?.resizableBARs == nil)
    machine.set(.directory("/sys/bus/pci/devices/0000:81:00.0"), "resource0\nresource0_resize\n")
    machine.set("0000:81:00.0", "resource0_resize", "0000000000000720")
    let bar = details(machine, "0000:81:00.0")?.resizableBARs?.first
    #expect(bar?.bytes == 32 << 20)
    #expect(bar?.supportedBytes == [32 << 20, 256 << 20, 512 << 20, 1 << 30])
  }
}
