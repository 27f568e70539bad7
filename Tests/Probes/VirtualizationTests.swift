// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Evidence
import HostModel
import LawKit
import ProbeAMDSEV
import Tape
import Testing
import Virtualization

/// QEMU, libvirt and guest firmware: rungs A20 to A22 and what contradicts them.
@Suite struct VirtualizationTests {
  typealias H = SEVHost

  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let ladder: String
    let changes: [Question: Answer]
    let rung: String
    let verdict: Verdict
    let reason: Reason?
    let state: CapabilityState
    var testDescription: String { name }

    init(
      _ name: String, _ ladder: String, _ changes: [Question: Answer], _ rung: String, _ verdict: Verdict,
      _ reason: Reason?, _ state: CapabilityState
    ) {
      (self.name, self.ladder, self.changes, self.rung) = (name, ladder, changes, rung)
      (self.verdict, self.reason, self.state) = (verdict, reason, state)
    }
  }

  static let sevOnly =
    "<launchSecurity supported='yes'><enum name='sectype'><value>sev</value></enum></launchSecurity>"
  static let noSEV = "<sev supported='no'/>"
  /// Debian 13's ovmf 2025.02-8 lists amd-sev and no more.
  static let debian13 = H.descriptor(["acpi-s3", "amd-sev"], file: "/usr/share/edk2/ovmf/OVMF.amdsev.fd")

  static let qemuAndLibvirt: [Case] = [
    Case(
      "QEMU 9.0 does not know SEV-SNP", "amd.sev-snp",
      [H.version: H.versions(qemu: 9_000_004), H.domain: H.domainCapabilities(security: sevOnly)], "qemu",
      .fail, .qemuTooOld, .blocked),
    Case(
      "a back-ported QEMU is believed when libvirt lists the type", "amd.sev-snp",
      [H.version: H.versions(qemu: 9_000_004)], "qemu", .pass, nil, .ready),
    Case(
      "QEMU 2.11 does not know SEV", "amd.sev",
      [
        H.version: H.versions(libvirt: 4_005_000, qemu: 2_011_001),
        H.domain: H.domainCapabilities(sev: noSEV, security: ""),
      ], "qemu", .fail, .qemuTooOld, .blocked),
    Case(
      "QEMU 5.2 does not know SEV-ES", "amd.sev-es", [H.version: H.versions(qemu: 5_002_000)], "qemu", .fail,
      .qemuTooOld, .blocked),
    Case(
      "a libvirt without QEMU", "amd.sev-es", [H.version: H.versions(qemu: nil)], "qemu", .unknown,
      .qemuNotFound, .unknown),
    Case(
      "libvirt says no to SEV", "amd.sev", [H.domain: H.domainCapabilities(sev: noSEV, security: sevOnly)],
      "libvirt", .fail, .libvirtWithoutSEV, .blocked),
    Case(
      "a libvirt that knows sev and does not mention it", "amd.sev",
      [H.domain: H.domainCapabilities(sev: "", security: "")], "libvirt", .fail, .libvirtWithoutSEV, .blocked),
    Case(
      "libvirt 4.4 does not know sev", "amd.sev",
      [
        H.domain: H.domainCapabilities(sev: "", security: ""),
        H.version: H.versions(libvirt: 4_004_000),
      ], "libvirt", .unknown, .libvirtTooOld, .unknown),
    Case(
      "no SEV-ES guests", "amd.sev-es",
      [
        H.domain: H.domainCapabilities(sev: "<sev supported='yes'><maxESGuests>0</maxESGuests></sev>")
      ], "libvirt", .fail, .noASIDsForSEVES, .blocked),
    Case(
      "libvirt 7 does not count SEV-ES guests", "amd.sev-es",
      [
        H.domain: H.domainCapabilities(sev: "<sev supported='yes'><cbitpos>51</cbitpos></sev>", security: ""),
        H.version: H.versions(libvirt: 7_010_000),
      ], "libvirt", .unknown, .libvirtTooOld, .unknown),
    Case(
      "a stale cache lists sev only", "amd.sev-snp", [H.domain: H.domainCapabilities(security: sevOnly)],
      "libvirt", .fail, .libvirtWithoutType, .blocked),
    Case(
      "libvirt 10.4 lists no types", "amd.sev-snp",
      [H.domain: H.domainCapabilities(security: ""), H.version: H.versions(libvirt: 10_004_000)], "libvirt",
      .unknown, .libvirtTooOld, .unknown),
    Case(
      "capabilities of emulated guests", "amd.sev", [H.domain: H.domainCapabilities(type: "qemu")], "libvirt",
      .unknown, .sourceUnreadable, .unknown),
  ]

  /// Every way of libvirt's to keep silent, each with words of its own.
  static let silence: [Case] =
    [
      (
        "the library is missing", Answer.withheld("libvirt.so.0 is not installed"), Reason.libvirtNotInstalled
      ),
      ("nobody listens", .failed(code: 2, "Failed to connect socket"), .libvirtNotRunning),
      ("a socket is left over", .failed(code: 111, "Connection refused"), .libvirtNotRunning),
      ("the daemon hangs", .failed(code: 110, "no reply within 10 s"), .libvirtHangs),
      ("we may not ask", .denied, .sourceDenied),
      ("it was left out", .withheld("left out by --skip libvirt"), .sourceLeftOut),
      ("QEMU's probing failed", .failed(code: 5, "KVM is not supported"), .libvirtRefuses),
    ].map { name, answer, reason in
      Case(name, "amd.sev", [H.domain: answer, H.version: answer], "libvirt", .unknown, reason, .unknown)
    } + [
      Case(
        "we may only read", "amd.sev", [H.domain: .denied], "libvirt", .unknown, .libvirtReadOnly, .unknown)
    ]

  static let container = "/proc/1834/root"
  static let inContainer: [Question: Answer] = [
    .link("/proc/1834/ns/mnt"): H.text("mnt:[4026532999]"), H.firmware: H.text("60-edk2-x86_64.json\n"),
    .file("/usr/share/qemu/firmware/60-edk2-x86_64.json"): debian13,
    .directory("\(container)/etc/qemu/firmware"): .absent,
    .directory("\(container)/usr/share/qemu/firmware"): H.text("60-snp.json\n"),
    .file("\(container)/usr/share/qemu/firmware/60-snp.json"): H.descriptor(
      ["amd-sev-snp"], file: "/opt/snp/OVMF.fd"),
    .directory("\(container)/opt/snp"): H.text("OVMF.fd\n"),
  ]

  static let firmware: [Case] = [
    Case(
      "Debian 13's firmware is for plain SEV", "amd.sev-snp", [H.amdsev: debian13], "guest-firmware", .fail,
      .firmwareFeatureMissing, .blocked),
    Case(
      "and for plain SEV it is enough", "amd.sev", [H.amdsev: debian13], "guest-firmware", .pass, nil, .ready),
    Case(
      "but not for SEV-ES", "amd.sev-es", [H.amdsev: debian13], "guest-firmware", .fail,
      .firmwareFeatureMissing, .blocked),
    Case(
      "firmware for another machine", "amd.sev-snp",
      [
        H.amdsev: H.descriptor(
          ["amd-sev-snp"], machine: "pc-i440fx-*", file: "/usr/share/edk2/ovmf/OVMF.amdsev.fd")
      ], "guest-firmware", .fail, .firmwareFeatureMissing, .blocked),
    Case(
      "a descriptor of a file that is not there", "amd.sev-snp",
      [H.executables: H.text("OVMF_CODE.secboot.fd\n")], "guest-firmware", .fail, .firmwareExecutableMissing,
      .blocked),
    Case(
      "a descriptor of a folder that is not there", "amd.sev-snp", [H.executables: .absent], "guest-firmware",
      .fail, .firmwareExecutableMissing, .blocked),
    Case(
      "no descriptors at all", "amd.sev-snp", [H.firmware: .absent], "guest-firmware", .unknown,
      .noFirmwareDescriptors, .unknown),
    Case(
      "an empty descriptor hides its namesake", "amd.sev-snp",
      [
        .directory("/etc/qemu/firmware"): H.text("60-edk2-ovmf-x64-amdsev.json\n"),
        .file("/etc/qemu/firmware/60-edk2-ovmf-x64-amdsev.json"): .bytes([]),
      ], "guest-firmware", .unknown, .firmwareMasked, .unknown),
    Case(
      "a descriptor that is none", "amd.sev-snp", [H.amdsev: H.text("{\"features\":7}")], "guest-firmware",
      .unknown, .sourceUnreadable, .unknown),
    Case(
      "libvirt's container has the firmware", "amd.sev-snp", inContainer, "guest-firmware", .pass, nil, .ready
    ),
    Case(
      "the host's firmware is no use to libvirt's container", "amd.sev", inContainer, "guest-firmware", .fail,
      .firmwareFeatureMissing, .blocked),
    Case(
      "who answers leaves no trace", "amd.sev", [H.daemonFile: .absent], "guest-firmware", .unknown,
      .sourceWithheld, .unknown),
    Case(
      "a number that is another's", "amd.sev", [.file("/proc/1834/comm"): H.text("cron\n")], "guest-firmware",
      .unknown, .sourceUnreadable, .unknown),
  ]

  static func complete(_ changes: [Question: Answer]) -> [Question: Answer] {
    let noDaemon: [Question: Answer] = [
      .file("/var/run/virtqemud.pid"): .absent, .file("/var/run/libvirtd.pid"): .absent,
    ]
    return noDaemon.merging(changes) { $1 }
  }

  @Test(arguments: qemuAndLibvirt + silence + firmware) func everyRowHasItsVerdict(_ row: Case) throws {
    let climb = H.climb(row.ladder, Self.complete(row.changes))
    let step = try #require(climb.steps.first { $0.rung.id == row.rung })
    #expect(step.judgement.verdict == row.verdict, "\(step.judgement)")
    #expect(step.judgement.reason == row.reason, "\(step.judgement)")
    #expect(climb.state == row.state)
    #expect(!step.judgement.citing.isEmpty)
  }

  @Test(arguments: qemuAndLibvirt + silence + firmware) func losingEvidenceOnlyMakesUnknown(_ row: Case) {
    let host = H.with(Self.complete(row.changes))
    let violations = EvidenceLoss.violations(on: host, probes: [AMDSEVProbe.self])
    #expect(violations.isEmpty, "\(violations.prefix(5).joined(separator: "\n"))")
  }

  @Test func everySilenceHasWordsOfItsOwn() {
    let words = Self.silence.map { row in
      H.climb("amd.sev", row.changes).steps.first { $0.rung.id == "libvirt" }?.judgement.because ?? ""
    }
    #expect(Set(words).count == words.count, "\(words)")
  }

  /// Trap of libvirt 11.3: it lists sev-snp wherever QEMU and the SEV firmware answer.
  @Test func libvirtsWordForSNPDoesNotOverruleTheKernel() {
    let changes = AMDSEVTests.snp([H.flags: H.cpuinfo("sev sev_es")])
    let climb = H.climb("amd.sev-snp", changes)
    #expect(climb.state == .blocked)
    #expect(climb.stopsAt?.rung.id == "kernel-flag")
    #expect(climb.steps.first { $0.rung.id == "libvirt" }?.judgement.verdict == .pass)
    #expect(contradictions(changes).contains("libvirt.snp-listed-kvm-off"))
  }

  @Test func aRefusalOfLibvirtsIsHeldAgainstTheKernel() {
    let refused = [H.domain: H.domainCapabilities(sev: Self.noSEV, security: "")]
    #expect(contradictions(refused) == ["libvirt.sev-refused-kvm-on"])
    // Without the firmware's word libvirt may well be right.
    #expect(contradictions(refused.merging([H.sevStatus: .denied]) { $1 }) == [])
  }

  @Test func noESGuestsBesideSNPIsAContradiction() {
    let sev = "<sev supported='yes'><maxESGuests>0</maxESGuests></sev>"
    #expect(contradictions([H.domain: H.domainCapabilities(sev: sev)]) == ["libvirt.snp-listed-no-asids"])
  }

  @Test func reducedPhysicalBitsAreNoConflict() { #expect(contradictions([:]) == []) }

  @Test func nobodyListeningMeansTheHostsOwnFirmware() {
    let climb = H.climb(
      "amd.sev",
      Self.complete([
        H.daemonFile: .absent, H.domain: .failed(code: 2, "ENOENT"), H.version: .failed(code: 2, "ENOENT"),
      ]))
    #expect(climb.steps.first { $0.rung.id == "guest-firmware" }?.judgement.verdict == .pass)
    #expect(climb.firstUnknown?.judgement.reason == .libvirtNotRunning)
  }

  /// In libvirt's container, not on the host around it.
  @Test func qemuIsSoughtWhereLibvirtLives() {
    func installed(_ changes: [Question: Answer]) -> Bool? {
      H.with(Self.complete(changes)).isQEMUInstalled().value
    }
    let here: [Question: Answer] = [.directory("/usr/share/qemu"): H.text("firmware\n")]
    #expect(installed(here) == true)
    #expect(
      installed([.directory("/usr/share/qemu"): .absent, .directory("/usr/share/qemu-kvm"): .absent]) == false
    )
    #expect(
      installed([.directory("/usr/share/qemu"): .denied, .directory("/usr/share/qemu-kvm"): .absent]) == nil)
    let inside = Self.inContainer.merging(here) { $1 }.merging([
      .directory("\(Self.container)/usr/share/qemu"): .absent,
      .directory("\(Self.container)/usr/share/qemu-kvm"): .absent,
    ]) { $1 }
    #expect(installed(inside) == false)
  }

  @Test func theSameRungsServeTDX() {
    let rungs = VirtualizationRungs.all(for: .tdx)
    let verdicts = rungs.map { $0.judge(H.with([:])).reason }
    // QEMU 10.0 is older than tdx-guest; libvirt 11.3 does not know tdx; no firmware lists intel-tdx.
    #expect(verdicts == [.qemuTooOld, .libvirtTooOld, .firmwareFeatureMissing])
    #expect(
      VirtualizationRungs.all(for: .sgx).map(\.id) + VirtualizationRungs.all(for: .secureExecution).map(\.id)
        == ["qemu", "libvirt", "qemu", "libvirt"])
  }

  private func contradictions(_ changes: [Question: Answer]) -> [String] {
    AMDSEVProbe.examine(H.with(changes)).contradictions.map(\.id).filter { $0.hasPrefix("libvirt.") }
  }
}
