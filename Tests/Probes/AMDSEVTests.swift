// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Evidence
import HostModel
import LawKit
import ProbeAMDSEV
import Tape
import Testing

@Suite struct AMDSEVTests {
  typealias H = SEVHost

  @Test(arguments: ["amd.sev", "amd.sev-es", "amd.sev-snp"])
  func aHealthyHostIsReady(_ id: String) {
    let climb = H.climb(id)
    #expect(climb.state == .ready)
    #expect(
      climb.steps.allSatisfy { $0.judgement.verdict == .pass },
      "\(climb.steps.filter { $0.judgement.verdict != .pass })")
  }

  @Test func enabledButNotActiveSMEIsReady() {
    let climb = H.climb("amd.sme")
    #expect(climb.state == .ready)
    #expect(climb.steps.last?.judgement.reason == .memEncryptOff)
  }

  typealias Case = LadderCase

  /// What a kernel shows when it found SNP unusable at boot.
  static let withoutSNP: [Question: Answer] = [
    H.parameter("sev_snp"): H.text("N\n"), H.snpStatus: .absent, H.vmTypes: .bytes([0xd, 0, 0, 0]),
  ]
  /// What a kernel shows when it hides SEV altogether.
  static let withoutSEV: [Question: Answer] = [
    H.flags: H.cpuinfo(""), H.parameter("sev"): H.text("N\n"), H.parameter("sev_es"): H.text("N\n"),
    H.parameter("sev_snp"): H.text("N\n"), H.misc: H.text("kvm\n"), H.sevStatus: .absent,
    H.snpStatus: .absent,
    H.vmTypes: .bytes([1, 0, 0, 0]),
  ]

  static func snp(_ changes: [Question: Answer]) -> [Question: Answer] {
    withoutSNP.merging(changes) { _, new in new }
  }
  static func off(_ changes: [Question: Answer]) -> [Question: Answer] {
    withoutSEV.merging(changes) { _, new in new }
  }

  static func noDevice(_ changes: [Question: Answer]) -> [Question: Answer] {
    let base: [Question: Answer] = [H.misc: H.text("kvm\n"), H.sevStatus: .absent, H.snpStatus: .absent]
    return base.merging(changes) { $1 }
  }

  /// - Parameter memoryEnd: the address behind the last byte of memory.
  static func segmented(coverage: UInt64, memoryEnd: UInt64 = 0x8000_0000) -> [Question: Answer] {
    let last = String(memoryEnd - 1, radix: 16)
    return [
      .cpuid(leaf: 0x8000_0000): H.registers(0x8000_0028),
      H.leaf1F: H.registers(0xcfff_fffb, 0x41b3, 0x3ee, 0x80),
      .cpuid(leaf: 0x8000_0025): H.registers(0x0000_0aa4, 0x0000_0410),
      .msr(0xc001_0136): H.msr(coverage << 8 | 1), H.rmpEnd: H.msr(0),
      .file("/proc/iomem"): H.text("00100000-\(last) : System RAM\n"),
    ]
  }

  static let intel: [Question: Answer] = [
    .cpuid(leaf: 0): H.registers(0x1b, 0x756e_6547, 0x6c65_746e, 0x4965_6e69),
    H.flags: H.text("processor\t: 0\nvendor_id\t: GenuineIntel\nflags\t\t: fpu vmx\n\n"),
  ]

  static let cases: [Case] = [
    // Rungs A0 to A18, one row each; values from real hosts where the facts give them.
    Case(
      "amd.sev", intel, "vendor",
      .otherVendor, .absent),
    Case(
      "amd.sev-snp", off([H.leaf1F: H.registers(0x0001_000f, 0x16f, 0x1fd, 1)]), "silicon", .noSEVSNP, .absent
    ),
    Case(
      "amd.sev-snp",
      snp([H.leaf1F: H.registers(0x030f_ffeb, 0x41b3, 0x3ee, 2), H.flags: H.cpuinfo("sev sev_es")]),
      "silicon", .snpHidden),
    Case("amd.sev", off([H.leaf1F: H.registers(1, 0xb3)]), "silicon", .noSEV, .absent),
    Case("amd.sev", off([.msr(0xc001_0114): H.msr(0x10)]), "svm-enabled", .svmOff),
    Case("amd.sev", off([H.syscfg: H.msr(0x0074_0000)]), "smee", .smeeOff),
    Case("amd.sme", off([H.syscfg: H.msr(0x0074_0000)]), "smee", .smeeOff),
    Case("amd.sev-es", off([H.hwcr: H.msr(0x0900_0010)]), "smm-lock", .smmUnlocked),
    Case("amd.sev", off([H.syscfg: .denied, H.hwcr: .denied]), "kernel-flag", .smeeOrSMM),
    Case(
      "amd.sev-es",
      [
        H.leaf1F: H.registers(0x0001_fc3f, 0x4173, 0x1fd, 1), H.parameter("sev_es"): H.text("N\n"),
        H.parameter("sev_snp"): H.text("N\n"), H.vmTypes: .bytes([5, 0, 0, 0]),
      ], "asids",
      .noASIDsForSEVES),
    Case("amd.sev", [H.leaf1F: H.registers(0x0001_fc3f, 0x4173, 0x1fd, 0x1fe)], "asids", .noASIDsForSEV),
    Case(
      "amd.sev", off([H.leaf1F: H.registers(0x0001_fc3f, 0x4173, 0x1fd, 0x1ff)]), "asids", .asidSplitInvalid),
    Case("amd.sev", off([H.leaf1F: H.registers(0x0001_780f, 0, 0, 1)]), "asids", .noASIDs),
    Case(
      "amd.sev-snp", snp([H.rmpBase: H.msr(0), H.rmpEnd: H.msr(0x1fff), H.flags: H.cpuinfo("sev sev_es")]),
      "rmp", .rmpNotReserved),
    Case(
      "amd.sev-snp",
      snp([H.rmpBase: H.msr(0x2_0000_0000), H.rmpEnd: H.msr(0x1_0000_1fff), H.flags: H.cpuinfo("sev sev_es")]
      ), "rmp", .rmpInvalid),
    Case("amd.sev-snp", snp([H.rmpEnd: H.msr(0x70_007f_ffff)]), "rmp-covers-ram", .rmpTooSmall),
    Case(
      "amd.sev-snp", snp([.directory("/sys/firmware/acpi/tables"): H.text("DSDT\n")]), "iommu-table",
      .iommuTableAbsent),
    Case("amd.sev-snp", snp([H.efr: H.text("25bf732fa2295afe:1d\n")]), "iommu-snp", .snpSupportOff),
    Case("amd.sev-snp", snp([H.command: H.text("quiet iommu=pt\n")]), "iommu-translated", .iommuPassthrough),
    Case(
      "amd.sev-snp", snp([H.command: H.text("amd_iommu=pgtbl_v2\n")]), "iommu-translated", .iommuV2PageTable),
    Case(
      "amd.sev-snp",
      snp([H.groupType: H.text("identity\n"), .file("/sys/kernel/iommu_groups/1/type"): H.text("identity\n")]
      ), "iommu-translated", .iommuPassthrough),
    Case("amd.sev-snp", snp([H.flags: H.cpuinfo("sev sev_es")]), "kernel-flag", .featureHiddenByKernel),
    Case(
      "amd.sev", off([H.flags: H.cpuinfo("sev sev_es"), H.parameters: .absent, H.parameter("sev"): .absent]),
      "kvm-module", .kvmAMDNotLoaded),
    Case(
      "amd.sev-snp", snp([H.parameter("sev_snp"): .absent, H.parameters: H.text("npt\nsev\nsev_es\n")]),
      "kernel-support", .kernelWithoutSNP),
    Case(
      "amd.sev-snp", [H.cpusOnline: H.text("0-63\n"), H.snpStatus: H.snp(state: 0, rmp: 0)], "cpus-online",
      .cpusOffline),
    Case(
      "amd.sev-es",
      [
        .file("/sys/module/kvm/parameters/mmio_caching"): H.text("N\n"), H.parameter("sev_es"): H.text("N\n"),
        H.parameter("sev_snp"): H.text("N\n"), H.vmTypes: .bytes([5, 0, 0, 0]),
      ], "mmio-caching", .kvmMMIOCachingOff),
    Case("amd.sev", noDevice([H.ccp: H.text("0000:22:00.1\nbind\n")]), "psp-device", .pspDeviceAbsent),
    Case("amd.sev", noDevice([H.ccp: H.text("bind\nmodule\n")]), "psp-device", .pspNotFound),
    Case("amd.sev", noDevice([H.ccp: .absent]), "psp-device", .ccpDriverNotLoaded),
    // Without the driver's folder it is one of the three, and the verdict stays.
    Case("amd.sev", noDevice([:]), "psp-device", .pspDeviceAbsent),
    Case(
      "amd.sev",
      [
        H.misc: H.text("kvm\n"), H.sevStatus: .absent, H.snpStatus: .absent,
        H.command: H.text("elfcorehdr=0x1\n"),
      ],
      "psp-device", .kdump),
    Case("amd.sev", [H.sevStatus: .bytes([1, 0, 0, 0])], "psp-initialised", .pspCommandFailed),
    Case("amd.sev", [H.sevStatus: H.sev(state: 0)], "psp-initialised", .sevNotInitialised),
    Case(
      "amd.sev-snp", [H.sevStatus: H.sev(state: 1, minor: 50), H.snpStatus: H.snp(state: 0, rmp: 0)],
      "psp-firmware", .pspFirmwareTooOld),
    Case("amd.sev-snp", [H.snpStatus: .bytes([0x11, 0, 0, 0])], "snp-initialised", .pspFirmwareTooOld),
    Case("amd.sev-snp", [H.snpStatus: H.snp(state: 0, rmp: 0)], "snp-initialised", .snpNotInitialised),
    Case("amd.sev-es", [H.snpStatus: H.snp(state: 1, rmp: 1, svn: 0x1b)], "psp-allows-sev-es", .pspRefusesES),
    Case("amd.sev", [H.sevStatus: .failed(code: 16, "EBUSY")], "psp-initialised", .pspDead),
    Case("amd.sev-snp", [H.snpStatus: .failed(code: 16, "EBUSY")], "snp-initialised", .pspDead),
    // Kernel 7.1: the firmware failed after the capacity was set, and all three parameters came back as N.
    Case(
      "amd.sev",
      [
        H.release: H.text("7.1.8-amd64\n"), H.sevStatus: H.sev(state: 0), H.parameter("sev"): H.text("N\n"),
        H.parameter("sev_es"): H.text("N\n"), H.parameter("sev_snp"): H.text("N\n"),
        H.vmTypes: .bytes([1, 0, 0, 0]),
      ], "psp-initialised", .sevNotInitialised),
    Case(
      "amd.sev", [H.parameter("sev"): H.text("0\n"), H.vmTypes: .bytes([1, 0, 0, 0])], "kvm-parameter",
      .kvmParameterOff),
    Case(
      "amd.sev",
      [
        H.parameter("sev"): H.text("N\n"), H.parameter("npt"): H.text("N\n"),
        H.vmTypes: .bytes([1, 0, 0, 0]),
      ], "kvm-parameter", .kvmNPTOff),
    Case(
      "amd.sev",
      [
        H.parameter("sev"): H.text("N\n"), H.parameter("nrips"): H.text("0\n"),
        H.vmTypes: .bytes([1, 0, 0, 0]),
      ], "kvm-parameter", .kvmNRIPSOff),
    Case(
      "amd.sev-es",
      [
        H.parameter("sev_es"): H.text("N\n"), H.parameter("lbrv"): H.text("0\n"),
        H.vmTypes: .bytes([5, 0, 0, 0]),
      ], "kvm-parameter", .kvmLBRVOff),
    Case(
      "amd.sev", off([H.command: H.text("quiet clearcpuid=609\n")]), "kernel-flag", .featureCleared),
    Case(
      "amd.sev-snp",
      snp([H.flags: H.cpuinfo("sev sev_es"), H.command: H.text("quiet clearcpuid=sev_snp,514\n")]),
      "kernel-flag", .featureCleared),
    // A Turin's RMP in segments: CPUID Fn8000_0025 of the dump in the facts takes 2^36 to 2^42 bytes, 16 segments.
    Case(
      "amd.sev-snp", snp(segmented(coverage: 30).merging([H.flags: H.cpuinfo("sev sev_es")]) { $1 }), "rmp",
      .rmpInvalid),
    Case(
      "amd.sev-snp", snp(segmented(coverage: 36, memoryEnd: 0x200_0000_0000)), "rmp-covers-ram",
      .rmpTooSmall),
    Case(
      "amd.sev-snp", [H.guestMemfd: .bytes([0, 0, 0, 0]), H.vmTypes: .bytes([0xd, 0, 0, 0])], "guest-memfd",
      .kernelWithoutGuestMemfd),
    Case(
      "amd.sev", [H.parameter("sev"): .absent, H.vmTypes: .bytes([1, 0, 0, 0])], "kvm-parameter",
      .kernelWithoutSEV),
  ]

  @Test(arguments: cases) func stopsWithItsCause(_ row: Case) {
    let climb = H.climb(row.ladder, row.changes)
    let stop = climb.stopsAt
    #expect(stop?.rung.id == row.rung)
    #expect(stop?.judgement.reason == row.reason)
    #expect(climb.state == row.state)
    #expect(stop.map { !$0.judgement.citing.isEmpty } == true)
  }

  /// Every row of the table above, and the healthy host, with every answer taken away in every way.
  @Test(arguments: [[:]] + cases.map(\.changes)) func losingEvidenceOnlyMakesUnknown(
    _ changes: [Question: Answer]
  ) {
    let violations = EvidenceLoss.violations(on: H.with(changes), probes: [AMDSEVProbe.self])
    #expect(violations.isEmpty, "\(violations.prefix(5).joined(separator: "\n"))")
  }

  @Test func deniedIsNeverNo() {
    let denied = SEVHost.with([:]).answers.mapValues { _ in Answer.denied }
    for ladder in AMDSEVProbe.ladders {
      let climb = ladder.climb(Tape(denied))
      #expect(climb.state == .unknown)
      #expect(climb.steps.allSatisfy { $0.judgement.verdict == .unknown })
    }
  }

  @Test func withoutRootTheFirmwareStaysUnknownAndIsNotCalledOff() {
    let climb = H.climb(
      "amd.sev-snp",
      [
        H.syscfg: .denied, H.hwcr: .denied, H.rmpBase: .denied, H.rmpEnd: .denied, H.sevStatus: .denied,
        H.snpStatus: .denied, H.vmTypes: .denied, .msr(0xc001_0114): .denied,
        .file("/proc/iomem"): H.text("00000000-00000000 : System RAM\n"),
      ])
    #expect(climb.state == .unknown)
    #expect(climb.firstUnknown?.rung.id == "psp-firmware")
    #expect(
      climb.steps.filter(\.judgement.implied).map(\.rung.id) == [
        "svm-enabled", "smm-lock", "rmp", "rmp-covers-ram",
      ])
  }

  @Test func aParameterDoesNotVouchForTheSecureProcessor() {
    // Kernel 6.12 settles kvm_amd.sev_snp before SNP_INIT: lab host "SNP, firmware API 1.50" reads Y.
    let climb = H.climb("amd.sev-snp", [H.sevStatus: .denied, H.snpStatus: .denied, H.vmTypes: .denied])
    #expect(climb.state == .unknown)
  }

  /// Which segments there are nobody may read; that KVM has SEV-SNP on proves that they are enough.
  @Test func aSegmentedRMPIsVouchedForByKVM() {
    let climb = H.climb("amd.sev-snp", Self.segmented(coverage: 36))
    #expect(climb.state == .ready)
    #expect(climb.steps.first { $0.rung.id == "rmp" }?.judgement.because.hasPrefix("segmented") == true)
    #expect(climb.steps.filter(\.judgement.implied).map(\.rung.id) == ["rmp-covers-ram"])
    let off = H.climb("amd.sev-snp", Self.snp(Self.segmented(coverage: 36)))
    #expect(off.steps.first { $0.rung.id == "rmp-covers-ram" }?.judgement.verdict == .unknown)
    #expect(off.stopsAt?.rung.id == "kvm-parameter")
  }

  @Test(arguments: [H.sevStatus, H.snpStatus]) func firmwareThatDoesNotReplyInTimeIsUnknown(
    _ question: Question
  ) {
    let climb = H.climb("amd.sev-snp", [question: .failed(code: 110, "no reply within 10 s")])
    #expect(climb.state == .unknown)
    #expect(climb.firstUnknown?.judgement.reason == .sourceTimeout)
    #expect(climb.firstUnknown?.judgement.because.hasSuffix("no reply within 10 s") == true)
  }

  @Test func firmwareErrorsComeWithTheirNames() {
    let climb = H.climb("amd.sev", [H.sevStatus: .bytes([3, 0, 0, 0])])
    #expect(
      climb.stopsAt?.judgement.because
        == "SEV_PLATFORM_STATUS: firmware error 0x3 (INVALID_CONFIG: SMT, an offline CPU, the RMP or the BIOS)"
    )
  }

  /// Memory aliases are the guest owner's worry: the capability stands.
  @Test func anAliasCheckThatIsMissingOnlyWarns() {
    let climb = H.climb("amd.sev-snp", [H.snpStatus: H.snp(state: 1, rmp: 1)])
    #expect(climb.state == .ready)
    let step = climb.steps.first { $0.rung.id == "alias-check" }
    #expect(step?.judgement.reason == .pspNoAliasCheck)
    #expect(step?.judgement.because == "firmware 1.55.21 has no alias check; 1.55.22 does")
  }

  @Test func littleMemoryOnlyWarns() {
    let climb = H.climb("amd.sev", [.file("/proc/meminfo"): H.text("MemAvailable:     524288 kB\n")])
    #expect(climb.state == .ready)
    #expect(climb.steps.last?.judgement.because == "MemAvailable = 512 MiB")
    #expect(climb.steps.last?.judgement.reason == .guestMemoryShort)
  }

  @Test func aGuestIsNotApplicableAndNothingFails() {
    let guest: [Question: Answer] = [
      .cpuid(leaf: 1): H.registers(0x00a0_0f11, 0, 0xfed8_320b),
      .cpuid(leaf: 0x4000_0000): H.registers(0x4000_0001, 0x4b4d_564b, 0x564b_4d56, 0x4d),
      H.syscfg: .failed(code: 5, "EIO"), H.parameters: .absent,
    ]
    for ladder in AMDSEVProbe.ladders {
      let climb = ladder.climb(H.with(guest))
      #expect(climb.state == .notApplicable)
      #expect(climb.steps.allSatisfy { $0.judgement.verdict != .fail })
      #expect(climb.steps.first?.judgement.because == "a guest under KVM")
    }
  }

  @Test func beyondTheHighestLeafThereIsNoSEV() {
    // QEMU answers leaf 8000_001F with its highest basic leaf: bits 0 to 2 look like SME and SEV.
    let climb = H.climb(
      "amd.sev",
      [.cpuid(leaf: 0x8000_0000): H.registers(0x8000_001e), H.leaf1F: H.registers(0x207, 0xa88, 0xa88)])
    #expect(climb.steps.first { $0.rung.id == "silicon" }?.judgement.implied == true)
    #expect(climb.state == .unknown)
  }

  @Test func aCPUThatWentOfflineLaterTakesNothingAway() {
    let climb = H.climb("amd.sev-snp", [H.cpusOnline: H.text("0-126\n")])
    #expect(climb.state == .ready)
    #expect(climb.steps.first { $0.rung.id == "cpus-online" }?.judgement.reason == .cpusOffline)
  }

  @Test func oldKernelsHaveNoTypeListAndTheParameterDecides() {
    let old: [Question: Answer] = [
      H.release: H.text("6.1.0-44-amd64\n"), H.vmTypes: .bytes([0, 0, 0, 0]),
      H.snpStatus: .failed(code: 22, "EINVAL"), H.parameter("sev_snp"): .absent,
    ]
    #expect(H.climb("amd.sev", old).state == .ready)
    #expect(H.climb("amd.sev-snp", old).stopsAt?.judgement.reason == .kernelWithoutSNP)
  }

  @Test func kernel61PrintsTheSecondFeatureWordFirst() {
    #expect(H.climb("amd.sev-snp", [H.efr: H.text("1d:a5bf732fa2295afe\n")]).state == .ready)
  }
}
