// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Evidence
import HostModel
import ProbePCI
import Tape
import Testing

@Suite struct PCITests {
  private func only(_ machine: some HostSource) -> PCIFunction? { PCIProbe.examine(machine).functions.first }

  @Test func ueventAndAttributesSayTheSame() {
    var event = PCIMachine.amd()
    event.add("0000:3b:00.0", driver: "vfio-pci", group: 7)
    var files = event
    files.remove("0000:3b:00.0", "uevent")
    let attributes = [
      ("vendor", "0x10de"), ("device", "0x2331"), ("subsystem_vendor", "0x10de"),
      ("subsystem_device", "0x2331"),
      ("class", "0x030200"),
    ]
    for (name, value) in attributes { files.set("0000:3b:00.0", name, value) }
    files.link("0000:3b:00.0", "driver", "../../../../bus/pci/drivers/vfio-pci")
    #expect(only(event) == only(files))
    #expect(only(event)?.classCode == 0x030200)
    #expect(only(event)?.driver == "vfio-pci")
    #expect(only(event)?.iommuGroup == 7)
    #expect(only(event)?.numaNode == 1)
  }

  @Test func noDriverInUeventIsNoDriver() {
    var machine = PCIMachine.amd()
    machine.add("0000:3b:00.0")
    #expect(only(machine)?.isDriverKnown == true)
    #expect(only(machine)?.driver == nil)
  }

  @Test func deniedIsNeverNoDriver() {
    var machine = PCIMachine.amd()
    machine.add("0000:3b:00.0")
    machine.answers[.file("/sys/bus/pci/devices/0000:3b:00.0/uevent")] = .denied
    machine.answers[.link("/sys/bus/pci/devices/0000:3b:00.0/driver")] = .denied
    #expect(only(machine)?.isDriverKnown == false)
  }

  @Test func fieldOfUeventThatDoesNotParseComesFromItsFile() {
    var machine = PCIMachine.amd()
    machine.add("0000:3b:00.0", classCode: "zz")
    machine.set("0000:3b:00.0", "class", "0x030200")
    #expect(only(machine)?.classCode == 0x030200)
  }

  @Test func vanishedFunctionCostsOnlyItself() {
    var machine = PCIMachine.amd()
    machine.add("0000:3b:00.0")
    machine.add("0000:3c:00.0", to: "/sys/bus/pci/devices")
    #expect(PCIProbe.examine(machine).functions.map(\.address.description) == ["0000:3b:00.0"])
  }

  /// `uevent` was read in time, the group's link no more.
  @Test func functionThatWentWhileItWasReadIsNoneOutsideEveryGroup() {
    var machine = PCIMachine.amd()
    machine.add("0000:3b:00.0", group: 7)
    machine.add("0000:3b:10.0")
    machine.answers[.link("/sys/bus/pci/devices/0000:3b:10.0")] = .absent
    #expect(PCIProbe.examine(machine).functions.map(\.address.description) == ["0000:3b:00.0"])
  }

  @Test func functionOfACopyIsKeptWithoutItsFiles() {
    var machine = PCIMachine.amd()
    machine.set(.origin, "tree\n")
    machine.add("0000:3b:00.0", to: "/sys/bus/pci/devices")
    #expect(PCIProbe.examine(machine).functions.count == 1)
  }

  @Test func minusOneIsNotANode() {
    var machine = PCIMachine.amd()
    machine.add("0000:3b:00.0")
    for value in ["-1", "zero", "-2", "99999999999999999999", ""] {
      machine.set("0000:3b:00.0", "numa_node", value)
      #expect(only(machine)?.numaNode == nil)
    }
  }

  @Test func namesThatAreNoAddressesAreNotFunctions() {
    var machine = PCIMachine.amd()
    machine.add("10000:e1:00.0")
    machine.add("0000:3b:00.1")
    for name in ["", "power", "0000:3b:00.8", "0000:3b:1f", "..", "0000:3b:00.0 ", "\u{1b}[2J", "00:00.0"] {
      machine.add(name, to: "/sys/bus/pci/devices")
    }
    #expect(
      PCIProbe.examine(machine).functions.map(\.address.description) == ["0000:3b:00.1", "10000:e1:00.0"])
  }

  @Test func countsAreFacts() {
    var machine = PCIMachine.amd()
    machine.addPhysical("0000:3b:00.0")
    machine.addVirtual("0000:3b:00.2", of: "0000:3b:00.0", index: 0)
    machine.add("0000:81:00.0")
    let facts = Dictionary(uniqueKeysWithValues: PCIProbe.examine(machine).facts.map { ($0.id, $0.value) })
    #expect(facts == ["pci.functions": .count(3), "pci.gpus": .count(1), "pci.virtual-functions": .count(1)])
  }

  @Test func listingThatIsDeniedCountsNothing() {
    var machine = PCIMachine.amd()
    machine.answers[.directory("/sys/bus/pci/devices")] = .denied
    #expect(PCIProbe.examine(machine).facts.isEmpty)
  }

  @Test func dumpOfConfigurationSpacesIdentifiesItsFunctions() {
    var config = PCIConfig()
    config.bytes.replaceSubrange(0x08..<0x0c, with: [0x01, 0x00, 0x00, 0x02])
    config.put(0x15b3, at: 0x2c)
    config.put(0x0016, at: 0x2e)
    let tape = Tape([
      .origin: .bytes(Array("pci\n".utf8)),
      .directory("/sys/bus/pci/devices"): .bytes(Array("0000:01:00.0\n".utf8)),
      .pciConfig(PCIAddress(bus: 1, device: 0, function: 0)): .bytes(config.bytes),
    ])
    var expected = PCIFunction(PCIAddress(bus: 1, device: 0, function: 0))
    (expected.vendor, expected.device, expected.classCode) = (0x15b3, 0x101d, 0x020000)
    (expected.subsystemVendor, expected.subsystemDevice) = (0x15b3, 0x0016)
    #expect(only(tape) == expected)
  }
}
