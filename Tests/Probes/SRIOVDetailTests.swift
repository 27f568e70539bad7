// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Evidence
import HostModel
import ProbePCI
import ProbeSRIOV
import Testing

@Suite struct SRIOVDetailTests {
  private let address = "0000:3b:00.0"
  private let path = "/sys/bus/pci/devices/0000:3b:00.0"

  private func one(_ change: (inout PCIMachine) -> Void) -> PhysicalFunction? {
    var machine = PCIMachine.amd()
    machine.addPhysical(address)
    change(&machine)
    return SRIOVProbe.examine(machine).physicalFunctions.first
  }

  @Test func everyVFIsCountedOnce() {
    let function = one {
      $0.addVirtual("0000:3b:00.2", of: address, index: 0, driver: "mlx5_core")
      $0.addVirtual("0000:3b:00.3", of: address, index: 1, driver: "vfio-pci")
      $0.addVirtual("0000:3b:00.4", of: address, index: 2)
      $0.addVirtual("0000:3b:00.5", of: address, index: 3)
    }
    #expect(function?.vfsByUse == VirtualFunctionUse(host: 1, vfio: 1, idle: 2))
    #expect(one { _ in }?.vfsByUse == VirtualFunctionUse(host: 0, vfio: 0, idle: 0))
    let denied = one {
      $0.addVirtual("0000:3b:00.2", of: address, index: 0, driver: "iavf")
      $0.answers[.directory("/sys/bus/pci/devices/0000:3b:00.2/vfio-dev")] = .denied
    }
    #expect(denied?.vfsByUse == nil)
  }

  @Test func shareIsByTheRegisterNotByTheDriversLimit() {
    // 64 VFs of 16 KiB; the driver keeps one back, as ixgbe does.
    let room = "0x0000380000000000 0x00003800000fffff 0x000000000014220c"
    func change(_ machine: inout PCIMachine) {
      var config = PCIConfig()
      config.addSRIOV(total: 64)
      machine.answers[.pciConfig(PCIAddress(bus: 0x3b, device: 0, function: 0))] = .bytes(config.bytes)
      machine.set(address, "sriov_totalvfs", "63")
      machine.set(address, "resource", PCIMachine.resource(vf: room))
    }
    let bar = PCIBAR(index: 0, bytes: 16 << 10, kind: .memory64, isPrefetchable: true)
    #expect(one(change)?.vfApertures == [VFAperture(index: 0, bytes: 1 << 20, bar: bar)])
    let unreadable = one {
      change(&$0)
      $0.answers[.pciConfig(PCIAddress(bus: 0x3b, device: 0, function: 0))] = .denied
    }
    #expect(unreadable?.vfApertures == [VFAperture(index: 0, bytes: 1 << 20, bar: nil)])
    // A VF's own register tells as well.
    let enabled = one {
      change(&$0)
      $0.addVirtual("0000:3b:00.2", of: address, index: 0)
      $0.answers[.pciConfig(PCIAddress(bus: 0x3b, device: 0, function: 0))] = .denied
      let own = "0x0000380000000000 0x0000380000003fff 0x000000000014220c"
      $0.set("0000:3b:00.2", "resource", PCIMachine.resource(bar: own))
    }
    #expect(enabled?.vfApertures?.map(\.bar) == [bar])
  }

  @Test func noRoomIsNotAnUnknownOne() {
    #expect(one { $0.set(address, "resource", PCIMachine.resource()) }?.vfApertures == [])
    #expect(one { $0.answers[.file("\(path)/resource")] = .denied }?.vfApertures == nil)
    let six = Array(repeating: PCIMachine.empty, count: 7).joined(separator: "\n")
    #expect(one { $0.set(address, "resource", six) }?.vfApertures == nil)
  }

  @Test func portsAndRepresentorsAreTold() {
    let function = one {
      $0.set(.directory("\(path)/net"), "ens1f0np0\nens1f0npf0vf0\n")
      $0.set(.file("\(path)/net/ens1f0np0/phys_port_name"), "p0\n")
      $0.set(.file("\(path)/net/ens1f0np0/phys_switch_id"), "serial-0123456789\n")
      $0.set(.file("\(path)/net/ens1f0npf0vf0/phys_port_name"), "pf0vf0\n")
      $0.answers[.file("\(path)/net/ens1f0npf0vf0/phys_switch_id")] = .denied
      $0.set(.directory("\(path)/infiniband"), "mlx5_0\n")
    }
    #expect(
      function?.networkPorts == [
        NetworkPort(name: "ens1f0np0", physicalPortName: "p0", isSwitchPort: true),
        NetworkPort(name: "ens1f0npf0vf0", physicalPortName: "pf0vf0", isSwitchPort: nil),
      ])
    #expect(function?.rdmaDevices == ["mlx5_0"])
  }

  @Test func legacyModeIsNotSwitchdev() {
    let function = one {
      $0.set(.directory("\(path)/net"), "ens1f0\n")
      let unsupported = Answer.failed(code: 95, "Operation not supported")
      $0.answers[.file("\(path)/net/ens1f0/phys_port_name")] = unsupported
      $0.answers[.file("\(path)/net/ens1f0/phys_switch_id")] = unsupported
    }
    #expect(
      function?.networkPorts == [NetworkPort(name: "ens1f0", physicalPortName: nil, isSwitchPort: false)])
  }

  @Test func noNetworkDeviceIsNotAnUnknownOne() {
    #expect(one { _ in }?.networkPorts == [])
    #expect(one { _ in }?.rdmaDevices == [])
    #expect(one { $0.answers[.directory("\(path)/net")] = .denied }?.networkPorts == nil)
    #expect(
      one {
        $0.set(.origin, "tree\n"); $0.answers[.directory("\(path)/net")] = .withheld("x")
      }?.networkPorts == nil)
  }

  @Test func vectorsOfVFsAreAskedForOnlyWhereThereIsAPool() {
    var machine = PCIMachine.amd()
    machine.addPhysical(address)
    machine.addVirtual("0000:3b:00.2", of: address, index: 0)
    machine.addVirtual("0000:3b:00.3", of: address, index: 1)
    machine.set("0000:3b:00.2", "sriov_vf_msix_count", "8")
    machine.set("0000:3b:00.3", "sriov_vf_msix_count", "12")
    #expect(SRIOVProbe.examine(machine).physicalFunctions.first?.interruptVectorsByVF == nil)
    machine.set(address, "sriov_vf_total_msix", "256")
    let function = SRIOVProbe.examine(machine).physicalFunctions.first
    #expect(function?.vfInterruptVectors == 256)
    #expect(function?.interruptVectorsByVF == [8, 12])
    machine.remove("0000:3b:00.3", "sriov_vf_msix_count")
    #expect(SRIOVProbe.examine(machine).physicalFunctions.first?.interruptVectorsByVF == nil)
  }
}

/// The law, for what is not judged: taking evidence away may only turn a detail into one that is not known.
@Suite struct PCIDetailLossTests {
  /// Every detail by its name; what is not known is left out.
  private func details(_ host: any HostSource) -> [String: String] {
    var all: [String: String] = [:]
    func note(_ name: String, _ value: Any?) { if let value { all[name] = "\(value)" } }
    for one in PCIProbe.examine(host).functionDetails {
      let name = "\(one.address)"
      note("\(name) place", one.place)
      note("\(name) speed", one.link?.speedMTps)
      note("\(name) width", one.link?.width)
      note("\(name) bars", one.bars)
      note("\(name) rom", one.romBytes)
      note("\(name) resizable", one.resizableBARs)
      note("\(name) reset", one.resetMethods)
      note("\(name) vfio", one.vfioDevices)
      note("\(name) ari", one.isARIEnabled)
      note("\(name) tsm", one.hasTSM)
      note("\(name) doe", one.doeFeatures)
      note("\(name) acs", one.capabilities?.acs.isPresent)
      note("\(name) tee", one.capabilities?.isTEEIOSupported)
      note("\(name) flr", one.capabilities?.canFunctionLevelReset)
    }
    for one in SRIOVProbe.examine(host).physicalFunctions {
      let name = "\(one.address) PF"
      note("\(name) use", one.vfsByUse)
      note("\(name) share", one.vfApertures?.map(\.bar).contains(nil) == false ? one.vfApertures : nil)
      note("\(name) net", one.networkPorts)
      note("\(name) rdma", one.rdmaDevices)
      note("\(name) vectors", one.interruptVectorsByVF)
    }
    return all
  }

  @Test func losingAnAnswerMakesNoDetailUp() {
    let host = PCIDetailTests.host
    let before = details(host)
    #expect(before.count > 50)
    let log = QuestionLog(host)
    _ = details(log)
    for question in log.questions {
      for loss in PCIEvidenceLossTests.losses {
        let after = details(DamagedMachine(host: host, damage: [question: loss]))
        let wrong = after.filter { before[$0.key] != $0.value }
        #expect(wrong == [:], "without \(question) (\(loss)); before \(wrong.keys.map { before[$0] ?? "-" })")
      }
    }
  }

  @Test func aCopyOfAHeaderTellsNoMore() {
    var host = PCIDetailTests.host
    let before = details(host)
    for (question, answer) in host.answers {
      guard case .pciConfig = question, case .bytes(let bytes) = answer else { continue }
      host.answers[question] = .bytes(Array(bytes.prefix(64)))
    }
    let wrong = details(host).filter { before[$0.key] != $0.value }
    #expect(wrong == [:])
  }
}
