// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Evidence
import HostModel
import ProbePassthrough
import Testing

/// What a machine is made of, and what nobody knows.
extension PassthroughTests {
  @Test func whatTheMachineIsMadeOfStaysWithTheHost() {
    var machine = gpu()
    for (index, code) in ["50000", "60000", "60100", "80600", "C0500", "108000", "110100", "130000"]
      .enumerated()
    {
      machine.add("0000:00:1\(index).0", id: "8086:1234", classCode: code, group: 20 + index)
    }
    #expect(units(machine).map { $0.members.map(\.description) } == [[address]])
  }

  @Test func unclassifiedFunctionIsKept() {
    let machine = gpu { $0.add(address, classCode: "zz", group: 7) }
    #expect(one(machine)?.kind == "other")
    #expect(one(machine)?.state == .unknown)
  }

  /// It may be the bridge above those that share its group, and then it is nobody's.
  @Test func unclassifiedFunctionIsNotBlamedForItsGroup() {
    var machine = PCIMachine.amd()
    machine.add("0000:05:00.0", id: "1B36:000E", classCode: "60400", group: 13)
    machine.add("0000:06:01.0", id: "8086:100E", classCode: "20000", driver: "e1000", group: 13)
    #expect(units(machine).map(\.state) == [.ready])
    machine.answers[.file("/sys/bus/pci/devices/0000:05:00.0/uevent")] = .denied
    #expect(units(machine).map(\.state).first == .unknown)
  }

  @Test func systemPeripheralInVFIOsHandsCounts() {
    #expect(one(gpu { $0.add(address, classCode: "88000", driver: "vfio-pci", group: 7) })?.kind == "other")
  }
}
