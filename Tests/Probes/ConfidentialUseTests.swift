// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Evidence
import HostModel
import Testing

@testable import Devices
@testable import ProbeAccelerators

/// The ladder `pci.confidential`.
@Suite struct ConfidentialUseTests {
  private func climb(_ machine: PCIMachine) -> Climb? {
    PCIAddress(PCIMachine.gpu).flatMap { AcceleratorsProbe.ladder(for: $0, on: machine)?.climb(machine) }
  }

  private func verdict(_ rung: String, _ machine: PCIMachine) -> Verdict? {
    climb(machine)?.steps.first { $0.rung.id == rung }?.judgement.verdict
  }

  @Test func modeIsUnknownByDesign() {
    let climb = climb(.h200())
    #expect(climb?.state == .unknown)
    #expect(climb?.stopsAt == nil)
    #expect(climb?.firstUnknown?.rung.id == "cc-mode")
    #expect(climb?.firstUnknown?.judgement.reason == .ccModeUnseen)
    #expect(climb?.steps.filter { $0.judgement.verdict == .unknown }.count == 1)
  }

  @Test func driverThatHoldsItCanBeAsked() {
    #expect(climb(.h200(driver: "nvidia"))?.firstUnknown?.judgement.reason == .ccModeOfDriver)
    let gpu = AcceleratorsProbe.examine(PCIMachine.h200(driver: "nvidia")).accelerators.first
    #expect(gpu?.ccModeCheck == "nvidia-smi conf-compute -f")
  }

  @Test func olderSiliconNeverCan() {
    var machine = PCIMachine.h200()
    machine.add(PCIMachine.gpu, id: "10DE:20B5", driver: "vfio-pci")
    #expect(climb(machine)?.state == .absent)
    #expect(climb(machine)?.stopsAt?.judgement.reason == .noConfidentialSilicon)
    #expect(AcceleratorsProbe.examine(machine).accelerators.first?.ccModeCheck == nil)
  }

  @Test func hostWithoutConfidentialGuestsBlocks() {
    for value in ["N", nil] {
      var machine = PCIMachine.h200()
      machine.answers[.file("/sys/module/kvm_amd/parameters/sev_snp")] = value.map { .bytes(Array($0.utf8)) }
      #expect(climb(machine)?.state == .blocked)
      #expect(climb(machine)?.stopsAt?.judgement.reason == .hostTEEOff)
    }
    var denied = PCIMachine.h200()
    denied.answers[.file("/sys/module/kvm_amd/parameters/sev_snp")] = .denied
    #expect(verdict("host-tee", denied) == .unknown)
  }

  @Test func tdxServesAsWell() {
    var machine = PCIMachine.intel()
    machine.add(PCIMachine.gpu, id: "10DE:2335")
    machine.parameter("kvm_intel", "tdx", "Y")
    #expect(verdict("host-tee", machine) == .pass)
  }

  @Test func bitsOfTDISPAreRead() {
    var machine = PCIMachine.h200()
    #expect(verdict("tdisp", machine) == .notApplicable)
    var config = PCIConfig()
    // Device Capabilities, bit 30; DOE at 100h, IDE behind it.
    config.bytes[0x47] = 0x40
    config.put(0x002e, at: 0x100)
    config.put(0x1401, at: 0x102)
    config.put(0x0030, at: 0x140)
    config.put(0x0001, at: 0x142)
    let address = PCIAddress(PCIMachine.gpu) ?? PCIAddress(bus: 0, device: 0, function: 0)
    machine.answers[.pciConfig(address)] = .bytes(config.bytes)
    machine.add("connect", to: "/sys/bus/pci/devices/\(PCIMachine.gpu)/tsm")
    machine.add("0001:01", to: "/sys/bus/pci/devices/\(PCIMachine.gpu)/doe_features")
    machine.set(PCIMachine.gpu, "authenticated", "1")
    machine.set(.directory("/sys/class/tsm"), "tsm0\n")
    #expect(verdict("tdisp", machine) == .pass)
    #expect(verdict("tsm", machine) == .pass)
    let evidence = AcceleratorsProbe.examine(machine).accelerators.first?.tdisp
    #expect(evidence?.teeIO == true)
    #expect(evidence?.doe == true)
    #expect(evidence?.ide == true)
    #expect(evidence?.tsm == true)
    #expect(evidence?.authenticated == true)
    #expect(evidence?.doeFeatures == ["0001:01"])
    // 64 bytes do not hold them.
    machine.answers[.pciConfig(address)] = .bytes(Array(config.bytes.prefix(64)))
    let cut = AcceleratorsProbe.examine(machine).accelerators.first?.tdisp
    #expect(cut?.teeIO == nil)
    #expect(cut?.ide == nil)
    #expect(verdict("tdisp", machine) == .unknown)
  }

  @Test func virtualFunctionIsNotJudged() {
    var machine = PCIMachine.h200()
    machine.addVF(PCIMachine.gpu, of: "0000:99:00.0", id: "10DE:2335", driver: nil)
    machine.remove(PCIMachine.gpu, "sriov_totalvfs")
    #expect(climb(machine)?.steps.map(\.rung.id) == ["bare-metal", "whole-device"])
    machine.answers[.link("/sys/bus/pci/devices/\(PCIMachine.gpu)/physfn")] = .denied
    #expect(climb(machine)?.state == .unknown)
  }

  @Test func guestIsNotJudged() {
    var machine = PCIMachine.h200()
    machine.set(cpuid: 1, CPUIDRegisters(ecx: 1 << 31))
    #expect(AcceleratorsProbe.examine(machine).accelerators.first?.confidential?.state == .notApplicable)
  }

  @Test func tableAndIDsAgree() {
    for row in DeviceTable.embedded.rows {
      let byID = PCIFunction.isCCCapable(
        vendor: UInt16(row.vendor, radix: 16), device: UInt16(row.device, radix: 16))
      if row.vendor == "10de", row.kind == "gpu" {
        #expect(row.ccCapable == byID || row.ccCapable == nil, "\(row.device)")
      }
    }
  }
}
