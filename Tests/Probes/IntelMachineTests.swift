// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Evidence
import HostModel
import Importers
import Inputs
import LawKit
import ProbeIntelSGX
import ProbeIntelTDX
import Tape
import Testing

/// Xeons as wholes, from the processor to guest firmware. What is not of the machine's own is IntelHost's. The registers of
/// real parts are read from dumps beside the checkout.
@Suite struct IntelMachineTests {
  typealias H = SEVHost
  typealias I = IntelHost
  static let tdx = IntelTDXTests.host
  static let sgx = IntelSGXTests.host

  struct Machine: Sendable, CustomTestStringConvertible {
    let name: String
    let changes: [Question: Answer]
    let state: CapabilityState
    /// Where it stops, else what is the first unknown: a rung and a reason.
    let rung: String?
    let reason: Reason?
    var testDescription: String { name }

    init(
      _ name: String, _ changes: [Question: Answer], _ state: CapabilityState, _ rung: String? = nil,
      _ reason: Reason? = nil
    ) {
      (self.name, self.changes, self.state, self.rung, self.reason) = (name, changes, state, rung, reason)
    }
  }

  /// Emerald Rapids with a kernel's way of telling, libvirt and QEMU as given.
  static func emeraldRapids(
    _ release: String, log: String, libvirt: Int = 11_010_000, qemu: Int = 10_001_000,
    _ changes: [Question: Answer] = [:]
  ) -> [Question: Answer] {
    let base: [Question: Answer] = [
      I.leaf1: I.emeraldRapids, H.release: H.text("\(release)\n"), I.version: .absent,
      .kernelLog: H.text(log), H.version: H.versions(libvirt: libvirt, qemu: qemu),
      I.capacity: .bytes([]), I.current: .bytes([]),
    ]
    return base.merging(changes) { $1 }
  }
  static let range = "[    0.4] virt/tdx: BIOS enabled: private KeyID range [64, 128)\n"
  static let noTDX = I.domainCapabilities(tdx: "", types: [])

  static let machines: [Machine] = [
    Machine("Sapphire Rapids, TDX on from the BIOS to the firmware", [:], .ready),
    Machine(
      "Emerald Rapids, Ubuntu's 6.8 with TDX ported back: KVM's number for the type is not to be had",
      emeraldRapids(
        "6.8.0-1019-intel", log: range + "[    9.1] virt/tdx: module initialized\n", libvirt: 10_000_000,
        qemu: 8_002_002, [H.vmTypes: .bytes([0x1, 0, 0, 0])]), .unknown, "kvm-type", .sourceAbsent),
    Machine(
      "Emerald Rapids, Debian's 6.12 without the parameter",
      emeraldRapids(
        "6.12.107-amd64", log: "[    1.0] kvm: nothing\n", libvirt: 11_003_000, qemu: 10_000_002,
        [
          I.parameters: H.text("enable_apicv\nept\neptad\nsgx\n"), I.parameter("tdx"): .absent,
          H.flags: I.cpuinfo("tme sgx sgx_lc"), H.vmTypes: .bytes([1, 0, 0, 0]), H.domain: noTDX,
          H.firmware: H.text("30-edk2-ovmf-x64-sb.json\n"),
        ]), .blocked, "kernel-support", .kernelWithoutTDX),
    Machine(
      "Emerald Rapids, 6.16 as upstream builds it: nobody asked for TDX",
      emeraldRapids(
        "6.16.3", log: range,
        [I.parameter("tdx"): H.text("N\n"), H.vmTypes: .bytes([1, 0, 0, 0]), H.domain: noTDX]),
      .blocked, "kvm-parameter", .tdxParameterOff),
    Machine(
      "Emerald Rapids, 6.16 with kvm_intel.tdx=1",
      emeraldRapids("6.16.3", log: range + "[    9.1] virt/tdx: module initialized\n"), .ready),
    Machine(
      "Emerald Rapids, 6.16 and a libvirt that claims TDX anywhere",
      emeraldRapids(
        "6.16.3", log: range + "[    9.1] virt/tdx: module initialized\n", libvirt: 11_006_000), .unknown,
      "libvirt", .libvirtTooOld),
    Machine(
      "Emerald Rapids, 7.1, which has no tdx_host folder",
      emeraldRapids("7.1.8", log: range + "[    0.9] virt/tdx: TDX-Module initialized\n"), .ready),
    Machine(
      "Emerald Rapids, 7.1, whose log rotated: KVM vouches for the module",
      emeraldRapids("7.1.8", log: "[9.0] x: y\n"),
      .ready),
    Machine(
      "Emerald Rapids, 7.2, QEMU of Debian 13",
      emeraldRapids(
        "7.2.8", log: range, libvirt: 11_010_000, qemu: 10_000_002,
        [
          I.version: H.text("1.5.06\n"), I.capacity: H.text("tdx 63\n"), I.current: H.text("tdx 0\n"),
          H.domain: noTDX,
        ]), .blocked, "qemu", .qemuTooOld),
    Machine(
      "Emerald Rapids, 7.2, firmware of Debian 13",
      emeraldRapids(
        "7.2.8", log: range,
        [
          I.version: H.text("1.5.06\n"), I.capacity: H.text("tdx 63\n"), I.current: H.text("tdx 0\n"),
          H.firmware: H.text("30-edk2-ovmf-x64-sb.json\n"),
        ]), .blocked, "guest-firmware", .firmwareFeatureMissing),
    Machine(
      "Emerald Rapids, 7.2, all of it",
      emeraldRapids(
        "7.2.8", log: range,
        [I.version: H.text("1.5.06\n"), I.capacity: H.text("tdx 63\n"), I.current: H.text("tdx 0\n")]), .ready
    ),
  ]

  @Test(arguments: machines) func endsWhereItShould(_ machine: Machine) {
    let climb = Self.tdx.climb("intel.tdx", machine.changes)
    let step = climb.stopsAt ?? climb.firstUnknown
    #expect(climb.state == machine.state, "\(String(describing: step))")
    #expect(step?.rung.id == machine.rung)
    #expect(step?.judgement.reason == machine.reason)
    #expect(Self.tdx.contradictions(machine.changes).isEmpty)
  }

  @Test(arguments: machines) func losingEvidenceOnlyMakesUnknown(_ machine: Machine) {
    Self.tdx.expectLaw(machine.changes)
  }

  /// Sapphire Rapids without TDX: the registers are #GP or empty, and no bit tells such a part from one that is set up
  /// wrong.
  static let fusedOff: [Question: Answer] = [
    H.flags: I.cpuinfo("tme"), I.version: .absent, .kernelLog: H.text("[    1.0] kvm: nothing\n"),
    I.parameter("tdx"): H.text("N\n"), H.vmTypes: .bytes([1, 0, 0, 0]), I.capacity: .bytes([]),
    I.current: .bytes([]), H.domain: noTDX, I.keys: .failed(code: 5, "EIO"), I.seam: .failed(code: 5, "EIO"),
  ]

  @Test(arguments: [
    [:], [I.keys: I.partition(0), I.seam: H.msr(0)], [I.tmeActivate: H.msr(0)],
    [I.parameters: H.text("ept\n"), I.parameter("tdx"): .absent, H.release: H.text("6.12.107-amd64\n")],
  ]) func aSapphireRapidsWithoutTDXIsUnknown(_ changes: [Question: Answer]) {
    let changes = Self.fusedOff.merging(changes) { $1 }
    #expect(Self.tdx.climb("intel.tdx", changes).state == .unknown)
    Self.tdx.expectLaw(changes)
  }

  /// The leaves that the ladders ask for, from a dump; `nil`: there is no corpus here.
  private func leaves(_ dump: String) throws -> [Question: Answer]? {
    guard SharedMaterial.has(dump) else { return nil }
    let found = try Inputs.machines(at: "\(SharedMaterial.folder)/\(dump)")
    let source = try #require(found.first).source
    let asked = [0, 1, 7, 0x12].map { Question.cpuid(leaf: $0) }
    return Dictionary(uniqueKeysWithValues: asked.map { ($0, source.ask($0)) })
  }

  /// A workstation's Sapphire Rapids, which has TME and PCONFIG and, by Intel's list, no TDX.
  @Test func aRealXeonW7IsUnknown() throws {
    guard let leaves = try leaves("corpus/raw/libcpuid/intel/x86-64/golden-cove/intel-xeon-w7-2475x.test.xz")
    else { return }
    let changes = Self.fusedOff.merging(leaves) { $1 }
    let climb = Self.tdx.climb("intel.tdx", changes)
    #expect(climb.state == .unknown)
    #expect(climb.steps.first { $0.rung.id == "silicon" }?.judgement.reason == .tdxNotTold)
    Self.tdx.expectLaw(changes)
  }

  /// Emerald Rapids whose BIOS had SGX off: CPUID has the bit, and leaf 12H is empty.
  @Test(arguments: ["intel-xeon-gold-5520+", "intel-xeon-silver-4514y"])
  func aRealEmeraldRapidsWithSGXOffInTheBIOS(_ name: String) throws {
    guard let leaves = try leaves("corpus/raw/libcpuid/intel/x86-64/raptor-cove/\(name).test.xz") else {
      return
    }
    // The dumps end at sub-leaf 1; with SGX off the processor lists no section behind it either.
    let changes = IntelSGXTests.off(leaves).merging([
      I.pages: H.registers(0), I.featureControl: H.msr(5),
      H.domain: I.domainCapabilities(sgx: "<sgx supported='no'/>"),
    ]) { $1 }
    let climb = Self.sgx.climb("intel.sgx", changes)
    #expect(climb.state == .blocked)
    #expect(climb.stopsAt?.judgement.reason == .sgxOff)
    #expect(Self.sgx.contradictions(changes).map(\.id) == ["intel.sgx-without-pages"])
    let asNobody = changes.merging([I.featureControl: .denied]) { $1 }
    #expect(Self.sgx.climb("intel.sgx", asNobody).stopsAt?.judgement.reason == .sgxNoPages)
    Self.sgx.expectLaw(changes)
    // And TDX on the same part.
    #expect(Self.tdx.climb("intel.tdx", leaves).state == .ready)
  }

  @Test func aHostThatIsFullIsReady() {
    let climb = Self.tdx.climb("intel.tdx", [I.current: H.text("tdx 31\n")])
    #expect(climb.state == .ready)
    #expect(climb.steps.last?.judgement.reason == .tdxKeysInUse)
    #expect(Self.tdx.climb("intel.tdx").steps.last?.judgement.because == "29 of 31 free")
    Self.tdx.expectLaw([I.current: H.text("tdx 31\n")])
  }

  @Test func withoutTheCountTheRegisterGivesTheTotal() {
    let step = Self.tdx.climb("intel.tdx", [I.capacity: .absent, I.current: .absent]).steps.last
    #expect(step?.judgement.verdict == .unknown)
    #expect(step?.judgement.because == "misc.capacity: not there; the BIOS gave keys for 31 guests")
  }

  @Test func withoutAQuotingServiceGuestsStart() {
    let none: [Question: Answer] = [I.quotingUnit: .absent]
    let climb = Self.tdx.climb("intel.tdx", none)
    #expect(climb.state == .ready)
    #expect(climb.steps.first { $0.rung.id == "quoting-service" }?.judgement.reason == .noQuotingService)
    Self.tdx.expectLaw(none)
  }
}
