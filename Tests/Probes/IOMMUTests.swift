// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Evidence
import HostModel
import ProbeIOMMU
import Testing

@Suite struct IOMMUTests {
  private func verdicts(_ machine: some HostSource) -> [String: Verdict] {
    let steps = IOMMUProbe.examine(machine).climbs.first?.steps ?? []
    return Dictionary(uniqueKeysWithValues: steps.map { ($0.rung.id, $0.judgement.verdict) })
  }

  private func climb(_ machine: some HostSource) -> Climb? { IOMMUProbe.examine(machine).climbs.first }

  private func step(_ machine: some HostSource, _ id: String) -> Judgement? {
    climb(machine)?.steps.first { $0.rung.id == id }?.judgement
  }

  private func withGroups(_ machine: PCIMachine) -> PCIMachine {
    var machine = machine
    machine.add("0000:3b:00.0", group: 0)
    machine.add("0000:3c:00.0", group: 12)
    return machine
  }

  @Test(arguments: [PCIMachine.amd(), PCIMachine.intel()])
  func machineWithGroupsIsReady(_ machine: PCIMachine) {
    let machine = withGroups(machine)
    #expect(climb(machine)?.state == .ready)
    #expect(verdicts(machine).values.allSatisfy { $0 == .pass })
    #expect(IOMMUProbe.examine(machine).findings.isEmpty)
  }

  @Test func groupsUnitsAndTypeAreFacts() {
    let facts = IOMMUProbe.examine(withGroups(.amd())).facts
    #expect(
      Dictionary(uniqueKeysWithValues: facts.map { ($0.id, $0.value) }) == [
        "iommu.groups": .count(2), "iommu.units": .list(["ivhd0"]), "iommu.type": .text("DMA-FQ"),
      ])
  }

  @Test func withheldDirectoryIsNoFact() {
    var machine = withGroups(.amd())
    machine.answers[.directory("/sys/kernel/iommu_groups")] = .withheld("not in this copy")
    #expect(IOMMUProbe.examine(machine).facts.map(\.id) == ["iommu.units"])
  }

  @Test func linksOfACopyCountWhereItsListingIsMissing() {
    var machine = withGroups(.amd())
    machine.set(.origin, "tree\n")
    machine.answers[.directory("/sys/kernel/iommu_groups")] = nil
    let copy = WithholdingCopy(machine)
    #expect(IOMMUProbe.examine(copy).facts.first?.value == .count(2))
    #expect(verdicts(copy)["active-groups"] == .pass)
  }

  @Test func firmwareWithoutATableIsToBlame() {
    var machine = PCIMachine.amd()
    machine.set(.directory("/sys/firmware/acpi/tables"), "APIC\n")
    machine.set(.directory("/sys/kernel/iommu_groups"), "")
    #expect(climb(machine)?.stopsAt?.judgement.reason == .iommuTableAbsent)
    #expect(step(machine, "active-groups")?.reason == .iommuTableAbsent)
    #expect(climb(machine)?.state == .blocked)
  }

  @Test func deniedTablesAreNeverNoTables() {
    var machine = PCIMachine.amd()
    machine.answers[.directory("/sys/firmware/acpi/tables")] = .denied
    machine.set(.directory("/sys/kernel/iommu_groups"), "")
    #expect(verdicts(machine)["acpi-table"] == .unknown)
  }

  @Test func groupsVouchForTablesThatCannotBeSeen() {
    var machine = withGroups(.amd())
    machine.answers[.directory("/sys/firmware/acpi/tables")] = .denied
    #expect(climb(machine)?.state == .ready)
  }

  @Test func intelWithoutTheOptionIsTold() {
    var machine = PCIMachine.intel()
    machine.set(.file("/proc/cmdline"), "quiet\n")
    machine.set(.directory("/sys/kernel/iommu_groups"), "")
    #expect(step(machine, "active-groups")?.reason == .iommuNotEnabledByKernel)
  }

  @Test(arguments: ["iommu=off", "iommu=pt,off", "amd_iommu=off", "amd_iommu=fullflush,off"])
  func optionsThatSwitchItOffAreFound(_ option: String) {
    var machine = PCIMachine.amd()
    machine.set(.file("/proc/cmdline"), "ro \(option) quiet\n")
    machine.set(.directory("/sys/kernel/iommu_groups"), "")
    #expect(climb(machine)?.stopsAt?.judgement.reason == .iommuCommandLineOff)
  }

  @Test(arguments: [
    "iommu=pt", "intel_iommu=off", "amd_iommu=on", "iommu=off,force", "xiommu=off", "iommu=soft",
  ])
  func optionsThatMeanSomethingElseAreNot(_ option: String) {
    var machine = withGroups(.amd())
    machine.set(.file("/proc/cmdline"), "\(option)\n")
    #expect(verdicts(machine)["command-line"] == .pass)
  }

  @Test func amdIOMMUOnIsNoOption() {
    var machine = withGroups(.amd())
    machine.set(.file("/proc/cmdline"), "amd_iommu=on\n")
    #expect(climb(machine)?.state == .ready)
    #expect(IOMMUProbe.examine(machine).findings.map(\.reason) == [.iommuOptionWithoutEffect])
  }

  @Test func copyWithoutGroupsSaysNothing() {
    var machine = PCIMachine.amd()
    machine.set(.origin, "tree\n")
    machine.set(.directory("/sys/kernel/iommu_groups"), "")
    #expect(verdicts(machine)["active-groups"] == .unknown)
  }

  @Test func unitThatCannotRemapStopsTheLadder() {
    var machine = withGroups(.intel())
    // ECAP[3] = 0 in the second of two units.
    machine.set(.directory("/sys/class/iommu"), "dmar0\ndmar1\n")
    machine.set(.file("/sys/class/iommu/dmar1/intel-iommu/ecap"), "f050d2\n")
    #expect(climb(machine)?.stopsAt?.judgement.reason == .interruptRemappingOff)
  }

  @Test(arguments: ["intremap=off", "nointremap"])
  func remappingThatIsSwitchedOffStopsTheLadder(_ option: String) {
    var machine = withGroups(.amd())
    machine.set(.file("/proc/cmdline"), "\(option)\n")
    #expect(climb(machine)?.stopsAt?.judgement.reason == .interruptRemappingOff)
  }

  /// CAP[21:16] = 26h in the second of two units: 39 bits, one less than QEMU's usual guest has.
  @Test func aNarrowUnitIsTold() {
    var machine = withGroups(.intel())
    #expect(step(machine, "translation-width")?.because == "48 bits or more in every unit")
    machine.set(.directory("/sys/class/iommu"), "dmar0\ndmar1\n")
    #expect(verdicts(machine)["translation-width"] == .unknown)
    machine.set(.file("/sys/class/iommu/dmar1/intel-iommu/ecap"), "f050da\n")
    machine.set(.file("/sys/class/iommu/dmar1/intel-iommu/cap"), "1c0000c402f0462\n")
    #expect(verdicts(machine)["translation-width"] == .pass)
    machine.set(.file("/sys/class/iommu/dmar1/intel-iommu/cap"), "1c0000c40260462\n")
    #expect(IOMMUProbe.examine(machine).findings.map(\.reason) == [.translationNarrow])
    #expect(step(machine, "translation-width")?.because == "dmar1: MGAW of 39 bits")
    #expect(climb(machine)?.state == .ready)
  }

  @Test func unsafeSettingsAreFindings() {
    var machine = withGroups(.amd())
    machine.set(.file("/sys/module/vfio/parameters/enable_unsafe_noiommu_mode"), "Y\n")
    machine.set(.file("/sys/module/vfio_iommu_type1/parameters/allow_unsafe_interrupts"), "Y\n")
    machine.set(.file("/proc/cmdline"), "pcie_acs_override=downstream pci=noaer,disable_acs_redir=00:01.0\n")
    let result = IOMMUProbe.examine(machine)
    #expect(result.findings.map(\.reason) == [.noIOMMUMode, .unsafeInterrupts, .isolationOverridden])
    #expect(result.climbs.first?.state == .ready)
  }

  @Test func guestIsNotJudged() {
    var machine = PCIMachine.amd()
    machine.set(cpuid: 1, CPUIDRegisters(ecx: 1 << 31))
    machine.set(.directory("/sys/kernel/iommu_groups"), "")
    #expect(climb(machine)?.state == .notApplicable)
    #expect(!verdicts(machine).values.contains(.fail))
  }
}
