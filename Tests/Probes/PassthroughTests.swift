// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Evidence
import HostModel
import ProbePassthrough
import Testing

@Suite struct PassthroughTests {
  let address = "0000:3b:00.0"

  func units(_ machine: some HostSource) -> [AssignableUnit] {
    PassthroughProbe.examine(machine).units
  }

  func one(_ machine: some HostSource) -> AssignableUnit? {
    let all = units(machine)
    return all.count == 1 ? all[0] : nil
  }

  /// An H200 alone in its group, in VFIO's hands.
  func gpu(_ change: (inout PCIMachine) -> Void = { _ in }) -> PCIMachine {
    var machine = PCIMachine.amd()
    machine.add(address, driver: "vfio-pci", group: 7)
    change(&machine)
    return machine
  }

  func headline(_ change: (inout PCIMachine) -> Void) -> Reason? {
    one(gpu(change))?.standing.headline?.judgement.reason
  }

  @Test func cardAloneInVFIOsHandsIsReady() {
    let unit = one(gpu())
    #expect(unit?.state == .ready)
    #expect(unit?.kind == "gpu")
    #expect(unit?.standing.remarks.isEmpty == true)
  }

  @Test func hostDriverIsAWarningThatLibvirtClears() {
    let unit = one(gpu { $0.add(address, driver: "amdgpu", group: 7) })
    #expect(unit?.state == .ready)
    #expect(unit?.standing.remarks.map(\.judgement.reason) == [.hostDriverBound])
  }

  @Test func variantDriverIsVFIO() {
    for driver in ["nvgrace_gpu_vfio_pci", "mlx5_vfio_pci", "xe-vfio-pci"] {
      #expect(one(gpu { $0.add(address, driver: driver, group: 7) })?.standing.remarks.isEmpty == true)
    }
  }

  @Test func companionThatTheHostUsesIsNamed() {
    let unit = one(
      gpu {
        $0.add("0000:3b:00.1", id: "10DE:22BA", classCode: "40300", driver: "snd_hda_intel", group: 7)
      })
    #expect(unit?.members.map(\.description) == ["0000:3b:00.0", "0000:3b:00.1"])
    #expect(unit?.state == .blocked)
    #expect(unit?.standing.headline?.judgement.reason == .groupNotViable)
    #expect(unit?.standing.headline?.judgement.because == "the host uses 0000:3b:00.1 (snd_hda_intel)")
  }

  @Test func interfaceOfACompanionIsNamed() {
    let unit = one(
      gpu {
        $0.add("0000:3b:00.1", id: "15B3:101D", classCode: "20000", driver: "mlx5_core", group: 7)
        $0.add("eno1", to: "/sys/bus/pci/devices/0000:3b:00.1/net")
      })
    #expect(unit?.standing.headline?.judgement.because == "the host uses 0000:3b:00.1 (mlx5_core, eno1)")
  }

  @Test func companionsWithoutADriverGoAlong() {
    #expect(one(gpu { $0.add("0000:3b:00.1", classCode: "40300", group: 7) })?.state == .ready)
  }

  @Test func nicsBehindAPortWithoutACSHoldEachOther() {
    var machine = PCIMachine.amd()
    machine.add("0000:00:01.0", id: "1022:1483", classCode: "60400", driver: "pcieport", group: 7)
    machine.add("0000:3b:00.0", id: "15B3:101D", classCode: "20000", group: 7)
    machine.add("0000:3c:00.0", id: "15B3:101D", classCode: "20000", group: 7)
    let all = units(machine)
    #expect(all.map(\.state) == [.absent, .absent])
    #expect(all.map(\.standing.headline?.judgement.reason) == [.groupForeignMembers, .groupForeignMembers])
    #expect(all.first?.standing.headline?.judgement.because == "group 7 holds 0000:3c:00.0 as well")
  }

  /// What the first open port lacks is said, and decides nothing.
  @Test(arguments: [
    (PCIConfig.port(capability: nil), "group 7 holds 0000:3c:00.0 as well: port 0000:00:01.0 has no ACS"),
    (
      PCIConfig.port(capability: 0x1d, control: 0x11),
      "group 7 holds 0000:3c:00.0 as well: port 0000:00:01.0 has ACS without ReqRedir, CmpltRedir"
    ),
    (PCIConfig.port(capability: 0x1d, control: 0x1d), "group 7 holds 0000:3c:00.0 as well"),
  ]) func theOpenPortIsNamed(_ port: PCIConfig, _ because: String) throws {
    var machine = PCIMachine.amd()
    machine.add("0000:3b:00.0", id: "15B3:101D", classCode: "20000", group: 7)
    machine.add("0000:3c:00.0", id: "15B3:101D", classCode: "20000", group: 7)
    machine.set(
      .link("/sys/bus/pci/devices/0000:3b:00.0"), "../../../devices/pci0000:00/0000:00:01.0/0000:3b:00.0")
    let address = try #require(PCIAddress("0000:00:01.0"))
    machine.answers[.pciConfig(address)] = .bytes(port.bytes)
    let first = units(machine).first?.standing.headline?.judgement
    #expect(first?.reason == .groupForeignMembers)
    #expect(first?.because == because)
    machine.answers[.pciConfig(address)] = .denied
    #expect(
      units(machine).first?.standing.headline?.judgement.because == "group 7 holds 0000:3c:00.0 as well")
  }

  @Test func portInTheGroupIsNoOtherSlot() {
    let unit = one(
      gpu { $0.add("0000:00:01.0", id: "1022:1483", classCode: "60400", driver: "pcieport", group: 7) })
    #expect(unit?.state == .ready)
  }

  /// It leaves the bus before it leaves the group: either listing may be the older one.
  @Test func aMemberThatIsListedButGoneLeavesTheGroupOpen() {
    let unit = one(gpu { $0.add("0000:3c:00.0", to: "/sys/kernel/iommu_groups/7/devices") })
    #expect(unit?.state == .unknown)
    #expect(unit?.standing.headline?.judgement.because == "group 7 lists 0000:3c:00.0, which is not there")
  }

  @Test(arguments: ["f\u{1}lr", "FLR", String(repeating: "x", count: 32)])
  func whatNoResetIsCalledIsNoReset(_ methods: String) {
    let unit = one(gpu { $0.set("0000:3b:00.0", "reset_method", methods) })
    #expect(unit?.state == .unknown)
  }

  @Test func hostWithoutIOMMUBlocksEveryUnitForOneCause() {
    var machine = PCIMachine.amd()
    machine.set(.file("/proc/cmdline"), "iommu=off\n")
    machine.set(.directory("/sys/kernel/iommu_groups"), "")
    machine.add("0000:3b:00.0")
    machine.add("0000:3c:00.0")
    let all = units(machine)
    #expect(all.map(\.state) == [.blocked, .blocked])
    #expect(all.allSatisfy { $0.standing.remarks.map(\.judgement.reason) == [.iommuCommandLineOff] })
  }

  @Test func functionOutsideEveryGroupNeedsAnotherSlot() {
    let machine = gpu {
      $0.add("0000:3c:00.0", id: "15B3:101D", classCode: "20000")
    }
    #expect(units(machine).map(\.standing.headline?.judgement.reason) == [nil, .noIOMMUGroup])
  }

  // MARK: what only advises

  private func remark(_ reason: Reason, _ machine: PCIMachine) -> String? {
    let unit = units(machine).first { $0.members.first?.description == address } ?? units(machine).first
    return unit?.standing.remarks.first { $0.judgement.reason == reason }?.judgement.because
  }

  @Test func nvswitchesJoinTheGPUs() {
    let machine = gpu {
      $0.add("0000:83:00.0", id: "10DE:22A3", classCode: "68000", driver: "vfio-pci", group: 8)
      $0.add("0000:84:00.0", id: "10DE:22A3", classCode: "68000", driver: "vfio-pci", group: 9)
    }
    #expect(remark(.fabricShared, machine) == "2 NVSwitches, 0000:83:00.0 first, join the GPUs")
    #expect(units(machine).map(\.state) == [.ready, .ready, .ready])
    #expect(remark(.fabricShared, gpu()) == nil)
  }

  @Test func aLargeBARWantsAWideGuest() {
    // 256 GiB, as an H200 has.
    let bar = "0x0000380000000000 0x0000383fffffffff 0x000000000014220c"
    let machine = gpu { $0.set(address, "resource", PCIMachine.resource(bar: bar)) }
    #expect(remark(.guestTooNarrow, machine) == "256 GiB of BARs")
    #expect(one(machine)?.state == .ready)
  }

  // 0 to ffffffffffffffffh is what a size of 0 leaves: resource_set_size() in the kernel's include/linux/ioport.h.
  @Test(arguments: [("f", nil), ("7", "17179869183 GiB of BARs" as String?)])
  func sizesPastCountingEndNothing(_ digit: String, _ told: String?) {
    let bars = String(repeating: "0x0 0x\(digit)fffffffffffffff 0x14220c\n", count: 13)
    #expect(remark(.guestTooNarrow, gpu { $0.set(address, "resource", bars) }) == told)
  }

  @Test func aDomainThatNovaCannotHoldIsTold() {
    var machine = PCIMachine.amd()
    machine.add("10000:01:00.0", driver: "vfio-pci", group: 7)
    #expect(remark(.domainTooWide, machine) == "domain 0x10000 is above FFFFh")
    #expect(one(machine)?.state == .ready)
  }

  @Test func whatTheHostUsesIsCalledByItsName() {
    let unit = one(
      gpu {
        $0.add("0000:3b:00.1", id: "144D:A80A", classCode: "10802", driver: "nvme", group: 7)
        $0.add("nvme0", to: "/sys/bus/pci/devices/0000:3b:00.1/nvme")
      })
    #expect(unit?.standing.headline?.judgement.because == "the host uses 0000:3b:00.1 (nvme, nvme0)")
  }

  // MARK: VFIO itself

  private func withoutVFIO(_ change: (inout PCIMachine) -> Void = { _ in }) -> AssignableUnit? {
    var machine = PCIMachine.amd()
    machine.add(address, group: 7)
    machine.answers[.directory("/sys/module/vfio_pci")] = nil
    machine.set(.file("/proc/sys/kernel/osrelease"), "6.12.107-amd64\n")
    machine.set(.file("/lib/modules/6.12.107-amd64/modules.builtin"), "kernel/drivers/char/mem.ko\n")
    change(&machine)
    return one(machine)
  }

  @Test func aKernelWithoutVFIOHandsOutNothing() {
    #expect(withoutVFIO()?.standing.headline?.judgement.reason == .vfioMissing)
    #expect(withoutVFIO()?.state == .blocked)
    let modules = "/lib/modules/6.12.107-amd64"
    #expect(
      withoutVFIO { $0.add("vfio-pci.ko.xz", to: "\(modules)/kernel/drivers/vfio/pci") }?.state == .ready)
    #expect(
      withoutVFIO {
        $0.set(.file("\(modules)/modules.builtin"), "kernel/drivers/vfio/pci/vfio-pci.ko\n")
      }?.state == .ready)
    // One of the places cannot be seen.
    #expect(withoutVFIO { $0.answers[.directory("/sys/module/vfio_pci")] = .denied }?.state == .unknown)
    #expect(
      withoutVFIO { $0.answers[.file("\(modules)/modules.builtin")] = .absent }?.state == .unknown)
  }

  @Test func directRegionIsFirmwaresHold() {
    let regions = Question.file("/sys/kernel/iommu_groups/7/reserved_regions")
    #expect(headline { $0.set(regions, "0x00 0xff direct\n0xfee00000 0xfeefffff msi\n") } == .directRegion)
    #expect(headline { $0.set(regions, "0x00 0xff direct-relaxable\n") } == nil)
    #expect(one(gpu { $0.set(regions, "garbage\n") })?.state == .unknown)
  }

  @Test func groupOfNoIOMMUModeProtectsNobody() {
    #expect(headline { $0.set(.file("/sys/kernel/iommu_groups/7/name"), "vfio-noiommu\n") } == .noIOMMUMode)
  }

  @Test func memoryBARWithoutAnAddressIsFirmwares() {
    let unset = "0x0000000000000000 0x0000001fffffffff 0x000000002014220c"
    #expect(headline { $0.set(address, "resource", PCIMachine.resource(bar: unset)) } == .barNotAssigned)
    // I/O ports are not needed.
    let ports = "0x0000000000000000 0x000000000000007f 0x0000000020040101"
    #expect(headline { $0.set(address, "resource", PCIMachine.resource(bar: ports)) } == nil)
  }

  @Test func resetIsWeakMissingOrSwitchedOff() {
    #expect(
      one(gpu { $0.set(address, "reset_method", "pm") })?.standing.remarks.map(\.judgement.reason) == [
        .resetPowerManagementOnly
      ])
    #expect(headline { $0.set(address, "reset_method", "") } == .resetDisabled)
    #expect(
      headline {
        $0.remove(address, "reset_method")
        $0.add("uevent", to: "/sys/bus/pci/devices/\(address)")
      } == .noReset)
    let old = one(
      gpu {
        $0.remove(address, "reset_method")
        $0.add("reset", to: "/sys/bus/pci/devices/\(address)")
      })
    #expect(old?.standing.remarks.isEmpty == true)
  }

  @Test func cardOfSeveralFunctionsWithoutResetIsAWarning() {
    let unit = one(
      gpu {
        $0.add("0000:3b:00.1", classCode: "40300", group: 7)
        $0.remove(address, "reset_method")
        $0.add("uevent", to: "/sys/bus/pci/devices/\(address)")
      })
    #expect(unit?.state == .ready)
    #expect(unit?.standing.remarks.map(\.judgement.reason) == [.noReset])
  }

  @Test func deviceThatFellOffTheBusDoesNotAnswer() {
    let config = Question.pciConfig(PCIAddress(bus: 0x3b, device: 0, function: 0))
    #expect(headline { $0.answers[config] = .bytes([UInt8](repeating: 0xff, count: 64)) } == .notResponding)
    let unit = one(gpu { $0.answers[config] = .bytes([]) })
    #expect(unit?.state == .unknown)
  }

  @Test func sleepingFunctionIsLeftAsleep() {
    let log = QuestionLog(gpu { $0.set(address, "power/runtime_status", "suspended") })
    let unit = PassthroughProbe.examine(log).units.first
    #expect(unit?.state == .ready)
    #expect(unit?.standing.remarks.map(\.judgement.reason) == [.suspended])
  }

  @Test func consoleStaysWithTheHost() {
    #expect(
      headline {
        $0.add(address, classCode: "30000", group: 7)
        $0.set(address, "boot_vga", "1")
      } == .bootDisplay)
  }

  @Test(arguments: ["1A03:2000", "102B:0533", "19E5:1711"])
  func managementDisplayIsNeverOffered(_ id: String) {
    let unit = one(
      gpu {
        $0.add(address, id: id, classCode: "30000", driver: "ast", group: 7)
        $0.set(address, "boot_vga", "1")
      })
    #expect(unit?.state == .absent)
    #expect(unit?.standing.headline?.judgement.reason == .managementDisplay)
  }

  @Test func denylistHoldsUnlessItIsSwitchedOff() {
    let parameter = Question.file("/sys/module/vfio_pci/parameters/disable_denylist")
    func unit(_ value: String?) -> AssignableUnit? {
      one(
        gpu {
          $0.add(address, id: "8086:37C9", classCode: "B4000", group: 7)
          if let value { $0.set(parameter, value) }
        })
    }
    #expect(unit(nil)?.standing.headline?.judgement.reason == .vfioDenylisted)
    #expect(unit("N")?.state == .blocked)
    #expect(unit("Y")?.state == .ready)
  }

  @Test func physicalFunctionWithVFsIsRefusedAndItsVFsAreNot() {
    var machine = PCIMachine.amd()
    machine.addPhysical(address, group: 7)
    machine.addVirtual("0000:3b:00.2", of: address, index: 0, group: 8)
    machine.set(.directory("/sys/kernel/iommu_groups"), "7\n8\n")
    let all = units(machine)
    #expect(all.map(\.kind) == ["network", "vf"])
    #expect(all.map(\.state) == [.blocked, .ready])
    #expect(all.first?.standing.headline?.judgement.reason == .vfsEnabled)
  }

  @Test func vgpuWithoutATypeIsNotOne() {
    var machine = PCIMachine.amd()
    machine.addPhysical(address, driver: "nvidia", group: 7)
    machine.addVirtual("0000:3b:00.4", of: address, index: 0, group: 8)
    machine.add("0000:3b:00.4", id: "10DE:25B6", driver: "nvidia", group: 8)
    machine.set(.directory("/sys/bus/pci/devices/0000:3b:00.4/vfio-dev"), "vfio0\n")
    machine.set("0000:3b:00.4", "nvidia/current_vgpu_type", "0")
    #expect(units(machine).last?.standing.headline?.judgement.reason == .vgpuTypeNotSet)
    machine.set("0000:3b:00.4", "nvidia/current_vgpu_type", "1145")
    #expect(units(machine).last?.state == .ready)
  }

  @Test func overrideThatDidNotComeTrueIsRemarked() {
    let unit = one(
      gpu {
        $0.add(address, group: 7)
        $0.set(address, "driver_override", "vfio-pci")
      })
    #expect(unit?.state == .ready)
    #expect(unit?.standing.remarks.map(\.judgement.reason) == [.overrideMismatch])
  }

  @Test func unknownNodeMattersOnlyWhereThereAreSeveral() {
    #expect(
      one(gpu { $0.set(address, "numa_node", "-1") })?.standing.remarks.map(\.judgement.reason) == [
        .numaUnknown
      ])
    let single = one(
      gpu {
        $0.set(address, "numa_node", "-1")
        $0.set(.directory("/sys/devices/system/node"), "node0\nonline\n")
      })
    #expect(single?.standing.remarks.isEmpty == true)
  }

  @Test func guestIsNotJudged() {
    let machine = gpu {
      $0.set(cpuid: 1, CPUIDRegisters(ecx: 1 << 31))
      $0.set(address, "reset_method", "")
    }
    #expect(one(machine)?.state == .notApplicable)
  }

  @Test func ladderOfAUnitClimbsAsTheReportDid() {
    let machine = gpu { $0.set(address, "reset_method", "") }
    let members = [PCIAddress(bus: 0x3b, device: 0, function: 0)]
    let climb = PassthroughProbe.ladder(for: members, on: machine).climb(machine)
    #expect(Standing(climb) == one(machine)?.standing)
    #expect(climb.steps.map(\.rung.id) == PassthroughProbe.ladders[0].rungs.map(\.id))
    #expect(Set(climb.steps.map(\.rung.id)).count == climb.steps.count)
  }
}
