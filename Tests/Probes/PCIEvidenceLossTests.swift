// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Evidence
import HostModel
import LawKit
import ProbeIOMMU
import ProbeSRIOV
import Testing

@testable import ProbePassthrough

/// The law: taking evidence away may only turn a verdict into `unknown`.
@Suite struct PCIEvidenceLossTests {
  static let losses: [Answer] = [.denied, .withheld("taken away"), .failed(code: 5, "taken away")]

  /// Hosts on which every rung comes to something at least once.
  static let hosts: [(name: String, host: PCIMachine)] = {
    var card = PCIMachine.amd()
    card.addPhysical("0000:3b:00.0", group: 7)
    card.addVirtual("0000:3b:00.2", of: "0000:3b:00.0", index: 0, driver: "vfio-pci", group: 8)
    card.addVirtual("0000:3b:00.3", of: "0000:3b:00.0", index: 1, driver: "vendor_vfio", group: 9)
    card.set(.directory("/sys/bus/pci/devices/0000:3b:00.3/vfio-dev"), "vfio0\n")
    card.set(.directory("/sys/kernel/iommu_groups"), "7\n8\n9\n")

    var gpu = PCIMachine.intel()
    gpu.add("0000:3b:00.0", driver: "nvidia", group: 7)
    gpu.add("0000:3b:00.1", classCode: "40300", driver: "snd_hda_intel", group: 7)
    gpu.add("0000:3c:00.0", id: "8086:37C9", classCode: "B4000", group: 8)
    gpu.add("0000:3d:00.0", classCode: "30000", group: 9)
    gpu.set("0000:3d:00.0", "boot_vga", "1")
    gpu.set("0000:3d:00.0", "numa_node", "-1")
    gpu.remove("0000:3d:00.0", "reset_method")
    gpu.set(.directory("/sys/bus/pci/devices/0000:3d:00.0"), "uevent\n")
    gpu.set(.directory("/sys/kernel/iommu_groups"), "7\n8\n9\n")
    gpu.set("0000:3c:00.0", "power/runtime_status", "suspended")
    gpu.set("0000:3c:00.0", "reset_method", "pm")

    var off = PCIMachine.intel()
    off.set(.file("/proc/cmdline"), "intel_iommu=off\n")
    off.set(.directory("/sys/kernel/iommu_groups"), "")
    off.addPhysical("0000:3b:00.0", total: 0)
    off.remove("0000:3b:00.0", "sriov_totalvfs")
    off.addPhysical("0000:3c:00.0", driver: nil)
    off.addPhysical("0000:3d:00.0")
    off.set("0000:3d:00.0", "ari_enabled", "0")
    off.set("0000:3d:00.0", "sriov_vf_total_msix", "3")
    off.set("0000:3d:00.0", "resource", PCIMachine.resource())
    off.addPhysical("0000:3e:00.0")
    off.set("0000:3e:00.0", "sriov_totalvfs", "0")

    var shared = PCIMachine.amd()
    shared.add("0000:00:01.0", id: "1022:1483", classCode: "60400", driver: "pcieport", group: 7)
    shared.add("0000:3b:00.0", id: "15B3:101D", classCode: "20000", driver: "mlx5_core", group: 7)
    shared.add("0000:3c:00.0", id: "1A03:2000", classCode: "30000", driver: "ast", group: 7)
    shared.add("0000:3d:00.0", classCode: "30200")
    shared.set(.file("/sys/kernel/iommu_groups/7/reserved_regions"), "0x0 0xff direct\n")
    shared.set(.file("/proc/cmdline"), "intremap=off pcie_acs_override=downstream\n")
    shared.set(.file("/sys/module/vfio/parameters/enable_unsafe_noiommu_mode"), "Y\n")

    var vgpu = PCIMachine.amd()
    vgpu.addPhysical("0000:3b:00.0", driver: "nvidia", group: 7)
    vgpu.addVirtual("0000:3b:00.4", of: "0000:3b:00.0", index: 0, group: 8)
    vgpu.add("0000:3b:00.4", id: "10DE:25B6", driver: "nvidia", group: 8)
    vgpu.set(.directory("/sys/bus/pci/devices/0000:3b:00.4/vfio-dev"), "vfio0\n")
    vgpu.set("0000:3b:00.4", "nvidia/current_vgpu_type", "0")
    vgpu.set(.file("/sys/kernel/iommu_groups/7/name"), "vfio-noiommu\n")
    vgpu.set(.file("/sys/kernel/iommu_groups/7/type"), "unknown\n")
    vgpu.set("0000:3b:00.4", "driver_override", "vfio-pci")

    var guest = gpu
    guest.set(cpuid: 1, CPUIDRegisters(ecx: 1 << 31))
    return [("card", card), ("gpu", gpu), ("off", off), ("shared", shared), ("vgpu", vgpu), ("guest", guest)]
  }()

  /// Every verdict and state by a name that outlives the loss.
  private func conclusions(_ host: any HostSource) -> [String: String] {
    var all: [String: String] = [:]
    for climb in IOMMUProbe.examine(host).climbs {
      all["iommu"] = climb.state.rawValue
      for step in climb.steps { all["iommu/\(step.rung.id)"] = step.judgement.verdict.rawValue }
    }
    for function in SRIOVProbe.examine(host).physicalFunctions {
      all["sriov \(function.address)"] = function.standing.state.rawValue
      for step in SRIOVProbe.ladder(for: function.address).climb(host).steps {
        all["sriov \(function.address)/\(step.rung.id)"] = step.judgement.verdict.rawValue
      }
    }
    let environment = Environment.observe(host)
    for unit in PassthroughProbe.units(host.pciFunctions().value ?? [], host) {
      let climb = unit.ladder(in: environment).climb(host, in: environment)
      for member in unit.members { all["unit \(member.address)"] = climb.state.rawValue }
      for step in climb.steps {
        all["unit \(unit.members[0].address)/\(step.rung.id)"] = step.judgement.verdict.rawValue
      }
    }
    return all
  }

  /// What the law forbids, in words.
  private func broken(_ before: [String: String], _ after: [String: String], for lost: String) -> [String] {
    after.compactMap { name, now in
      guard let then = before[name], now != then, now != "unknown" else { return nil }
      return "\(name): \(then) became \(now) without \(lost)"
    }
  }

  private func asked(_ host: some HostSource) -> [Question] {
    let log = QuestionLog(host)
    _ = conclusions(log)
    return log.questions.sorted { "\($0)" < "\($1)" }
  }

  @Test(arguments: hosts.indices, [false, true])
  func losingOneAnswerOnlyMakesUnknown(_ index: Int, asCopy: Bool) {
    var machine = Self.hosts[index].host
    if asCopy { machine.set(.origin, "tree\n") }
    let host: any HostSource = asCopy ? WithholdingCopy(machine) : machine
    let before = conclusions(host)
    #expect(!before.isEmpty)
    for question in asked(machine) {
      // On a live host all three; a copy withholds.
      for loss in asCopy ? [.withheld("taken away")] : Self.losses {
        let after = conclusions(DamagedMachine(host: host, damage: [question: loss]))
        #expect(broken(before, after, for: "\(question) (\(loss))") == [])
      }
    }
  }

  @Test(arguments: hosts.indices)
  func emptyAnswerIsALostOne(_ index: Int) {
    let host = Self.hosts[index].host
    let before = conclusions(host)
    for question in asked(host) {
      switch question {
      case .directory: continue
      case .file(let path) where EvidenceLoss.speaksWhenEmpty.contains(where: path.hasSuffix): continue
      default: break
      }
      let after = conclusions(DamagedMachine(host: host, damage: [question: .bytes([])]))
      #expect(broken(before, after, for: "\(question) (empty)") == [])
    }
  }

  @Test(arguments: hosts.indices)
  func losingManyAnswersOnlyMakesUnknown(_ index: Int) {
    let host = Self.hosts[index].host
    let before = conclusions(host)
    let questions = asked(host)
    var generator = Lehmer(state: 7)
    for _ in 0..<60 {
      let loss = Self.losses[Int(generator.next() % 3)]
      let damage = questions.filter { _ in generator.next() % 4 == 0 }.map { ($0, loss) }
      let after = conclusions(DamagedMachine(host: host, damage: Dictionary(uniqueKeysWithValues: damage)))
      #expect(broken(before, after, for: "\(damage.map(\.0))") == [])
    }
  }

  @Test(arguments: hosts.indices)
  func noAnswerBreaksAProbe(_ index: Int) {
    let host = Self.hosts[index].host
    var generator = Lehmer(state: 11)
    let questions = asked(host)
    for _ in 0..<60 {
      let noise = (0..<300).map { _ in UInt8(truncatingIfNeeded: generator.next()) }
      let long = [UInt8](repeating: UInt8(ascii: "9"), count: 5000)
      let answer: Answer = [.bytes([]), .absent, .bytes(long), .bytes(noise)][Int(generator.next() % 4)]
      let damage = questions.filter { _ in generator.next() % 8 == 0 }.map { ($0, answer) }
      #expect(
        !conclusions(DamagedMachine(host: host, damage: Dictionary(uniqueKeysWithValues: damage))).isEmpty)
    }
  }
}

/// The same numbers in every run.
private struct Lehmer: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return state >> 33
  }
}
