// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Evidence
import HostModel
import LawKit
import ProbeArmCCA
import ProbeSecureExecution
import Tape
import Testing

@Suite struct SecureExecutionTests {
  typealias H = SEVHost
  static let host = LadderHost(answers: answers, probe: SecureExecutionProbe.self)
  static let ladder = "ibm.secure-execution"

  static let info = Question.file("/proc/cpuinfo")
  static let sysinfo = Question.file("/proc/sysinfo")
  static let uv = Question.directory("/sys/firmware/uv")
  static let protVirtHost = Question.file("/sys/firmware/uv/prot_virt_host")
  static let capability = Question.ioctl(.kvmCheckExtension(180))

  static func cpuinfo(_ facilities: String, machine: String = "8561") -> Answer {
    H.text(
      "vendor_id       : IBM/S390\n# processors    : 2\nfeatures\t: esan3 zarch stfle sie\n"
        + "facilities      : 0 1 2 3 \(facilities)\n"
        + "processor 0: version = FF,  identification = redacted,  machine = \(machine)\n\ncpu number      : 0\n"
    )
  }

  /// A z15's LPAR, files as kernel 6.12's arch/s390 prints them.
  static let answers: [Question: Answer] = [
    .origin: H.text("live\n"),
    .cpuid(leaf: 0): .absent, .cpuid(leaf: 1): .absent,
    .file("/sys/hypervisor/type"): .absent,
    H.domain: domainCapabilities(), H.version: H.versions(libvirt: 11_003_000, qemu: 10_000_002),
    info: cpuinfo("155 156 158 161"),
    sysinfo: H.text("Manufacturer:         IBM\nType:                 8561\n\nLPAR Number:          7\n"),
    H.command: H.text("root=redacted prot_virt=1\n"),
    uv: H.text("prot_virt_guest\nprot_virt_host\nquery\n"),
    protVirtHost: H.text("1\n"),
    capability: .bytes([1, 0, 0, 0]),
    .file("/sys/firmware/uv/query/max_guests"): H.text("1023\n"),
    .file("/sys/firmware/uv/query/max_cpus"): H.text("248\n"),
  ]

  /// Its features as the s390x document has them that KubeVirt tests with, which is of emulated guests.
  static func domainCapabilities(
    _ offer: String = "<s390-pv supported='yes'/>",
    security: String = "<launchSecurity supported='yes'><enum name='sectype'><value>s390-pv</value></enum>"
      + "</launchSecurity>"
  ) -> Answer {
    H.text(
      "<domainCapabilities><path>/usr/bin/qemu-system-s390x</path><domain>kvm</domain>"
        + "<machine>s390-ccw-virtio-10.0</machine><arch>s390x</arch><features>\(offer)<sev supported='no'/>"
        + "<sgx supported='no'/>\(security)</features></domainCapabilities>\n")
  }
  static let unoffered = domainCapabilities(
    "<s390-pv supported='no'/>", security: "<launchSecurity supported='no'/>")

  static func off(_ changes: [Question: Answer]) -> [Question: Answer] {
    let base: [Question: Answer] = [protVirtHost: H.text("0\n"), capability: .bytes([0, 0, 0, 0])]
    return base.merging(changes) { $1 }
  }

  static let cases: [LadderCase] = [
    LadderCase(
      ladder, off([info: cpuinfo("155", machine: "3906"), uv: .absent, protVirtHost: .absent]), "facility",
      .noSecureExecution, .absent),
    LadderCase(
      ladder, off([info: cpuinfo("155"), uv: .absent, protVirtHost: .absent]), "facility",
      .secureExecutionNotEnabled),
    LadderCase(ladder, off([uv: .absent, protVirtHost: .absent]), "ultravisor", .kernelWithoutUltravisor),
    LadderCase(ladder, off([H.command: H.text("root=redacted\n")]), "asked", .protVirtNotAsked),
    LadderCase(ladder, off([H.command: H.text("prot_virt=0\n")]), "asked", .protVirtNotAsked),
    // What others call ready: asked for on the command line, and the folder is there.
    LadderCase(ladder, off([:]), "host", .protVirtFailed),
    LadderCase(ladder, [capability: .bytes([0, 0, 0, 0])], "kvm", .kvmWithoutProtected),
    LadderCase(
      ladder, [H.domain: unoffered, H.version: H.versions(libvirt: 7_006_000, qemu: 5_002_000)], "qemu",
      .qemuTooOldForSecureExecution),
    LadderCase(ladder, [H.domain: unoffered], "libvirt", .libvirtWithoutSecureExecution),
    LadderCase(
      ladder, [H.domain: domainCapabilities("", security: "")], "libvirt", .libvirtWithoutSecureExecution),
    LadderCase(
      ladder,
      [
        .cpuid(leaf: 0): H.registers(0x10, 0x6874_7541, 0x444d_4163, 0x6974_6e65),
        .cpuid(leaf: 1): H.registers(0x00a0_0f11), info: H.cpuinfo("sev"), uv: .absent,
      ], "vendor", .otherVendor, .absent),
  ]

  @Test func aHealthyHostIsReady() {
    let climb = Self.host.climb(Self.ladder)
    #expect(climb.state == .ready)
    #expect(climb.steps.allSatisfy { $0.judgement.verdict == .pass && !$0.judgement.implied })
    let facts = SecureExecutionProbe.examine(Self.host.with([:])).facts
    let values = Dictionary(uniqueKeysWithValues: facts.map { ($0.id, $0.value) })
    #expect(
      values == [
        "ibm.secure-execution.slots-total": .count(1023), "ibm.secure-execution.max-cpus": .count(248),
      ])
  }

  @Test(arguments: cases) func stopsWithItsCause(_ row: LadderCase) { Self.host.expectStop(row) }

  @Test(arguments: [[:], zVM] + cases.map(\.changes)) func losingEvidenceOnlyMakesUnknown(
    _ changes: [Question: Answer]
  ) {
    Self.host.expectLaw(changes)
  }

  @Test func deniedIsNeverNo() { Self.host.expectDeniedIsUnknown() }

  static let zVM: [Question: Answer] = [
    sysinfo: H.text(
      "Manufacturer:         IBM\n\nVM00 Name:            redacted\nVM00 Control Program: z/VM    7.3.0\n"),
    info: cpuinfo("155"), uv: .absent, protVirtHost: .absent, capability: .bytes([0, 0, 0, 0]),
  ]

  @Test func underZVMItIsNotApplicable() {
    let climb = Self.host.climb(Self.ladder, Self.zVM)
    #expect(climb.state == .notApplicable)
    #expect(climb.steps.first?.judgement.because == "a guest under z/VM 7.3.0")
  }

  /// Whole machines: a z15 that was not asked, and one whose ultravisor did not start though it was.
  @Test func aZ15WithoutProtVirtIsBlockedByTheCommandLineAlone() {
    let changes = Self.off([H.command: H.text("root=redacted\n"), H.domain: Self.unoffered])
    let climb = Self.host.climb(Self.ladder, changes)
    #expect(climb.state == .blocked)
    #expect(climb.stopsAt?.judgement.reason == .protVirtNotAsked)
    #expect(climb.steps.first { $0.rung.id == "facility" }?.judgement.verdict == .pass)
    #expect(Self.host.contradictions(changes).isEmpty)
    Self.host.expectLaw(changes)
  }

  static let ultravisorFailed = off([
    .kernelLog: H.text("[    0.1] prot_virt: Disabling support for protected virtualization\n")
  ])

  @Test func libvirtsWordDoesNotOverruleTheKernel() throws {
    let climb = Self.host.climb(Self.ladder, Self.ultravisorFailed)
    #expect(climb.state == .blocked)
    #expect(climb.stopsAt?.judgement.reason == .protVirtFailed)
    #expect(climb.steps.first { $0.rung.id == "libvirt" }?.judgement.verdict == .pass)
    try Self.host.expectContradiction(
      ContradictionCase("libvirt.s390-pv-listed-host-off", Self.ultravisorFailed))
    #expect(Self.host.contradictions([:]).isEmpty)
  }

  @Test func libvirt75DoesNotKnowIt() {
    let climb = Self.host.climb(
      Self.ladder,
      [
        H.domain: Self.domainCapabilities("", security: ""),
        H.version: H.versions(libvirt: 7_005_000, qemu: 6_000_000),
      ])
    #expect(climb.state == .unknown)
    #expect(climb.firstUnknown?.judgement.reason == .libvirtTooOldForSecureExecution)
  }

  @Test func withoutQEMUItSaysWhatToInstallOnS390x() {
    let climb = Self.host.climb(Self.ladder, [H.domain: .denied, H.version: H.versions(qemu: nil)])
    #expect(climb.firstUnknown?.judgement.reason == .qemuNotFoundOnS390x)
  }

  @Test func howManyGuestsMayRunOnlyAdvises() {
    let climb = Self.host.climb(Self.ladder, [.file("/sys/firmware/uv/query/max_guests"): .absent])
    #expect(climb.state == .ready)
    #expect(climb.steps.last?.judgement.verdict == .unknown)
  }

  @Test func aKernelThatIsAHostUnaskedIsReady() {
    #expect(Self.host.climb(Self.ladder, [H.command: H.text("quiet\n")]).state == .ready)
  }
}

@Suite struct ArmCCATests {
  typealias H = SEVHost
  static let host = LadderHost(answers: answers, probe: ArmCCAProbe.self)

  /// An Ampere server, cpuinfo as kernel 6.12's arch/arm64 prints it.
  static let answers: [Question: Answer] = [
    .origin: H.text("live\n"),
    .cpuid(leaf: 0): .absent, .cpuid(leaf: 1): .absent,
    .file("/sys/class/dmi/id/sys_vendor"): H.text("GIGABYTE\n"),
    .file("/sys/class/dmi/id/product_name"): H.text("R152-P30-00\n"),
    .file("/sys/class/dmi/id/bios_vendor"): H.text("GIGABYTE\n"),
    .file("/proc/cpuinfo"): H.text("processor\t: 0\nFeatures\t: fp asimd\nCPU implementer\t: 0xc0\n\n"),
    H.release: H.text("6.12.107-arm64\n"),
  ]

  @Test func itIsUnknownWhateverTheKernel() {
    for release in ["6.12.107-arm64\n", "7.3.0\n"] {
      let climb = Self.host.climb("arm.cca", [H.release: H.text(release)])
      #expect(climb.state == .unknown)
      #expect(climb.firstUnknown?.judgement.reason == .rmeNotReadable)
      #expect(climb.steps.last?.judgement.reason == .kernelWithoutCCA)
    }
  }

  static let others: [[Question: Answer]] = [
    [
      .cpuid(leaf: 0): H.registers(0x10, 0x6874_7541, 0x444d_4163, 0x6974_6e65),
      .cpuid(leaf: 1): H.registers(0x00a0_0f11), .file("/sys/hypervisor/type"): .absent,
    ],
    [.file("/proc/cpuinfo"): H.text("processor\t: 0\ncpu\t\t: POWER9\n\n")],
  ]

  @Test(arguments: others) func otherProcessorsNeverHaveIt(_ changes: [Question: Answer]) {
    let climb = Self.host.climb("arm.cca", changes)
    #expect(climb.state == .absent)
    #expect(climb.stopsAt?.judgement.reason == .otherVendor)
  }

  @Test(arguments: [[:]] + others) func losingEvidenceOnlyMakesUnknown(_ changes: [Question: Answer]) {
    Self.host.expectLaw(changes)
  }

  @Test func deniedIsNeverNo() { Self.host.expectDeniedIsUnknown() }

  @Test func protectedKVMIsAFactAndNoCCA() {
    func facts(_ line: String) -> [Fact] {
      ArmCCAProbe.examine(Self.host.with([H.command: H.text(line)])).facts
    }
    #expect(facts("quiet kvm-arm.mode=protected\n").map(\.id) == ["arm.pkvm"])
    #expect(facts("kvm-arm.mode=protected kvm-arm.mode=nvhe\n").isEmpty)
    #expect(facts("quiet\n").isEmpty)
    #expect(Self.host.climb("arm.cca", [H.command: H.text("kvm-arm.mode=protected\n")]).state == .unknown)
  }

  @Test func cpuinfoThatNamesNobodyIsUnknown() {
    let silent = H.text("Processor\t: ARMv7 rev 10\n\n")
    #expect(Self.host.climb("arm.cca", [.file("/proc/cpuinfo"): silent]).state == .unknown)
  }
}
