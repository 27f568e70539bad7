// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Evidence
import HostModel
import LawKit
import ProbeAccelerators
import ProbePCI
import Tape
import Testing

@Suite struct AcceleratorTests {
  private func all(_ machine: some HostSource) -> [Accelerator] {
    AcceleratorsProbe.examine(machine).accelerators
  }

  private func one(_ machine: some HostSource) -> Accelerator? {
    let found = all(machine)
    return found.count == 1 ? found[0] : nil
  }

  private func at(_ address: String, _ machine: some HostSource = PCIMachine.assortment()) -> Accelerator? {
    all(machine).first { $0.address.description == address }
  }

  @Test func wholeH200IsClassified() {
    let gpu = one(PCIMachine.h200())
    #expect(gpu?.kind == .gpu)
    #expect(gpu?.model?.name == "NVIDIA H200 SXM 141GB")
    #expect(gpu?.model?.memoryGiB == 141)
    #expect(gpu?.model?.units == 132)
    #expect(gpu?.model?.unit == "SM")
    #expect(gpu?.model?.scsNamePiece == "GNg-132-141h")
    #expect(gpu?.model?.isMIGCapable == true)
    #expect(gpu?.isCCCapable == true)
    #expect(gpu?.sharing == .unknownUntilVFsEnabled)
    #expect(gpu?.novaDeviceType == "type-PF")
    #expect(gpu?.tdisp.teeIO == false)
    #expect(gpu?.tdisp.tsm == false)
    #expect(gpu?.ccModeCheck == "nvidia_gpu_tools.py --gpu-bdf=0000:41:00.0 --query-cc-mode")
  }

  @Test func sameCardWithoutSRIOVIsWhole() {
    var machine = PCIMachine.h200()
    machine.remove(PCIMachine.gpu, "sriov_totalvfs")
    #expect(one(machine)?.sharing == .whole)
    #expect(one(machine)?.novaDeviceType == "type-PCI")
  }

  @Test func l40sIsSharedByTheVendorsDriver() {
    let gpu = one(PCIMachine.l40s())
    #expect(gpu?.sharing == .vendorVFIO)
    #expect(gpu?.virtualGPUs.map(\.state) == [.typed, .free])
    #expect(gpu?.virtualGPUs.map(\.type) == ["1145", nil])
    #expect(gpu?.vgpuTypes.map(\.id) == ["1145", "1146"])
    #expect(gpu?.vgpuTypes.map(\.name) == ["NVIDIA L40S-1B", "NVIDIA L40S-2B"])
    #expect(gpu?.vgpuTypes.map(\.offeredBy) == [1, 1])
    #expect(gpu?.vgpuTypes.map(\.inUse) == [1, 0])
    #expect(gpu?.vgpuTypes.map(\.available) == [nil, nil])
  }

  @Test func emptyListIsFullAndAHeadingIsNoType() {
    for list in ["", "ID    : vGPU Name\n"] {
      var machine = PCIMachine.l40s()
      machine.addVendorVFIO("0000:26:00.5", current: "0", creatable: list)
      #expect(one(machine)?.virtualGPUs.map(\.state) == [.typed, .full])
    }
    var machine = PCIMachine.l40s()
    machine.addVendorVFIO("0000:26:00.5", current: "0", creatable: "1145  : NVIDIA L40S-1B\n")
    #expect(one(machine)?.virtualGPUs.last?.state == .free)
    machine.answers[.file("/sys/bus/pci/devices/0000:26:00.5/nvidia/creatable_vgpu_types")] = .denied
    #expect(one(machine)?.virtualGPUs.last?.state == .unknown)
  }

  @Test func mediatedDevicesAreCountedOverAllVFs() {
    let gpu = one(PCIMachine.a2())
    #expect(gpu?.model?.name == "NVIDIA A2")
    #expect(gpu?.sharing == .mdev)
    #expect(gpu?.vgpuTypes.map(\.id) == ["nvidia-742", "nvidia-743"])
    #expect(gpu?.vgpuTypes.map(\.name) == ["NVIDIA A2-1B", "NVIDIA A2-2B"])
    #expect(gpu?.vgpuTypes.map(\.available) == [1, 2])
    #expect(gpu?.vgpuTypes.map(\.offeredBy) == [2, 2])
    var machine = PCIMachine.a2()
    let lost = "/sys/bus/pci/devices/0000:08:00.5/mdev_supported_types/nvidia-742/available_instances"
    machine.answers[.file(lost)] = .denied
    #expect(one(machine)?.vgpuTypes.map(\.available) == [nil, 2])
  }

  @Test func a16IsFourGPUs() {
    let cards = all(PCIMachine.assortment()).filter { $0.model?.name == "NVIDIA A16 (one of four GPUs)" }
    #expect(cards.map(\.address.bus) == [0xa1, 0xa2, 0xa3, 0xa4])
    #expect(cards.allSatisfy { $0.sharing == .unknownUntilVFsEnabled && $0.isCCCapable == false })
  }

  @Test func everyKindIsFoundWhateverItsClass() {
    #expect(at("0000:05:00.0")?.model?.name == "AMD Instinct MI300X")
    #expect(at("0000:05:00.0")?.kind == .gpu)
    #expect(at("0000:05:00.0")?.sharing == .whole)
    #expect(at("0000:06:00.0")?.model?.name == "Intel Data Center GPU Flex 170")
    #expect(at("0000:06:00.0")?.sharing == .sriov)
    #expect(at("0000:07:00.0")?.kind == .ai)
    #expect(at("0000:0b:01.0")?.kind == .dma)
    #expect(at("0000:0e:00.0")?.kind == .fabric)
    #expect(at("0000:0f:00.0")?.kind == .dpu)
    #expect(at("0000:10:00.0")?.kind == .fpga)
  }

  @Test func qatIsUpOrDown() {
    #expect(at("0000:09:00.0")?.qatState == "up")
    #expect(at("0000:09:00.0")?.qatServices == "sym;asym")
    #expect(at("0000:0a:00.0")?.qatState == "down")
    #expect(at("0000:0a:00.0")?.qatServices == nil)
  }

  @Test func nvmeCountsOnlyWithVirtualFunctions() {
    #expect(at("0000:0c:00.0")?.kind == .storage)
    #expect(at("0000:0c:00.0")?.sharing == .sriov)
    #expect(at("0000:0d:00.0") == nil)
  }

  @Test func unknownIDIsListedUnclassified() {
    let gpu = at("0000:11:00.0")
    #expect(gpu?.kind == .gpu)
    #expect(gpu?.model == nil)
    #expect(gpu?.isCCCapable == nil)
    #expect(gpu?.confidential?.state == .unknown)
    #expect(gpu?.confidential?.remarks.map(\.judgement.reason).contains(.deviceUnclassified) == true)
  }

  @Test func managementDisplaysAreNoAcceleratorsAndCompanionsGoAlong() {
    #expect(at("0000:12:00.0") == nil)
    #expect(at("0000:13:00.0") == nil)
    #expect(at("0000:14:00.1") == nil)
    #expect(at("0000:14:00.0")?.companions.map(\.description) == ["0000:14:00.1"])
  }

  @Test func virtualFunctionsOfOthersAreNotLookedAt() {
    var machine = PCIMachine.amd()
    machine.addPhysical("0000:3b:00.0")
    for index in 0..<6 {
      machine.addVirtual("0000:3b:00.\(index + 2)", of: "0000:3b:00.0", index: index, driver: "mlx5_core")
    }
    let functions = QuestionLog(machine)
    _ = functions.pciFunctions()
    let log = QuestionLog(machine)
    #expect(AcceleratorsProbe.examine(log).accelerators.map(\.kind) == [.nic])
    let more = log.questions.subtracting(functions.questions).filter { "\($0)".contains("0000:3b:00.2") }
    #expect(more.isEmpty)
  }

  @Test func loneVirtualFunctionHasItsParentsNameAndNoFigures() {
    var machine = PCIMachine.amd()
    machine.add("0000:00:05.0", id: "1002:74B5", classCode: "120000")
    #expect(one(machine)?.model?.name == "AMD Instinct MI300X (virtual function)")
    #expect(one(machine)?.model?.memoryGiB == nil)
  }

  @Test func countsAreFacts() {
    let facts = Dictionary(
      uniqueKeysWithValues: AcceleratorsProbe.examine(PCIMachine.assortment()).facts.map { ($0.id, $0.value) }
    )
    #expect(facts["gpu.count"] == .count(8))
    #expect(facts["gpu.unclassified"] == .count(1))
    #expect(facts["gpu.count.nvidia-a16-one-of-four-gpus"] == .count(4))
    #expect(facts["gpu.count.amd-instinct-mi300x"] == .count(1))
    // One GPU is not classified, so that nobody can count these.
    #expect(facts["gpu.cc-capable"] == nil)
    var machine = PCIMachine.h200()
    #expect(AcceleratorsProbe.examine(machine).facts.first { $0.id == "gpu.cc-capable" }?.value == .count(1))
    machine.add("0000:42:00.0", classCode: "zz")
    #expect(AcceleratorsProbe.examine(machine).facts.isEmpty)
  }

  @Test func variantDriverIsMissed() {
    var machine = PCIMachine.amd()
    machine.add("0009:01:00.0", id: "10DE:2342", driver: "vfio-pci")
    machine.add("0000:3b:00.2", id: "15B3:101E", classCode: "20000", driver: "vfio-pci")
    machine.add("0000:3b:00.3", id: "15B3:101E", classCode: "20000", driver: "vfio-pci")
    machine.add("0000:3b:00.4", id: "15B3:101E", classCode: "20000", driver: "mlx5_vfio_pci")
    let findings = AcceleratorsProbe.examine(machine).findings
    #expect(findings.map(\.reason) == [.variantDriverMissing, .variantDriverMissing])
    #expect(findings.map(\.subject) == ["0009:01:00.0", "0000:3b:00.2"])
    #expect(
      findings.last?.because
        == "vfio-pci is bound to 0000:3b:00.2 and 1 more, where mlx5_vfio_pci belongs")
  }

  static let hosts: [PCIMachine] = [.h200(), .h200(driver: "nvidia"), .l40s(), .a2(), .assortment()]

  /// With every function's parent.
  static let probes: [any Probe.Type] = [PCIProbe.self, AcceleratorsProbe.self]

  @Test(arguments: hosts.indices) func aTapeKeepsWhatIsJudged(_ index: Int) {
    let host = Self.hosts[index]
    #expect(all(Redactor(host)) == all(host))
  }

  @Test(arguments: hosts.indices) func losingEvidenceOnlyMakesUnknown(_ index: Int) {
    #expect(EvidenceLoss.violations(on: Self.hosts[index], probes: Self.probes) == [])
    var copy = Self.hosts[index]
    copy.set(.origin, "tree\n")
    #expect(EvidenceLoss.violations(on: WithholdingCopy(copy), probes: Self.probes) == [])
  }
}
