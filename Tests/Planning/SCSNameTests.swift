// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Planning
import Testing

@Suite struct SCSNameTests {
  private func refusal(_ body: () throws(SCSNameError) -> SCSName) -> SCSNameError? {
    do throws(SCSNameError) { _ = try body() } catch { return error }
    return nil
  }

  /// Examples of scs-0100 v3.3, and of its parser's accepted names.
  @Test(arguments: [
    "SCS-2C-4-10n", "SCS-2T-4-10n", "SCS-2V-4-10n", "SCS-2L-4-10n", "SCS-2Li-4-10n", "SCS-2C-3.5-10n",
    "SCS-2C-4u-10n", "SCS-2C-4o-10n", "SCS-2C-4uo-10n", "SCS-2C-4-10s_bms_z3", "SCS-2C-4-3x10s",
    "SCS-2C-4-10",
    "SCS-2C-4-n", "SCS-2C-4-", "SCS-2C-4-_bms_z3h_GNa-64_ib", "SCS-2C-4", "SCS-2C-4_bms_z3", "SCS-2C-4-3x10",
    "SCS-2C-4-10_kvm_hwv", "SCS-2C-4-10_hwv", "SCS-2C-4-10n_z3hh", "SCS-8Ti-32-50p_i1", "SCS-1L-1u-5",
    "SCS-16T-64-200s_GNa-64_ib", "SCS-4C-16-2x200p_a1", "SCS-1V-0.5", "SCS-16V-64-500s_GNa-14h",
    "SCS-16T-64-200s_GNl-142hh-48", "SCS-16T-64-200s_GNg-132-141h_ib", "SCS-4V-16_chy", "SCS-4V-16_r0",
    "SCS-16T-64-200s_kvm_hwv_z4h_GNl-142hh-48_ib", "SCS-4V-16_gA5.1", "SCS-4V-16_GI0.95-24",
  ])
  func aNameOfTheStandardIsItsOwnDescription(_ text: String) throws {
    #expect(try SCSName.parse(text).description == text)
    let name = try SCSName.parse(text)
    #expect(try SCSName.parse(version1: name.version1) == name)
  }

  /// Makers' cards as scs-0100-w1 writes them (2026-08-21).
  @Test(arguments: [
    "GNa-72-24", "GNa-84-48", "GNa-56-24", "GNa-108h-80h", "GNl-58-24", "GNl-142-48", "GNl-142h-48",
    "GNl-142hh-48",
    "GNg-132-80h", "GNg-132-141h", "GNb-160-192h", "GNu-160-288h", "GNb-188-96", "GA2-104-64h",
    "GA2-208-128h",
    "GA3-304-192h", "GA3-304-288h", "GA4-256-288h", "GA4-256h-288h", "GI3-56-48h", "GI3-128-128h",
    "GI4-160-24",
  ])
  func everyCardOfTheStandardHasAName(_ card: String) throws {
    #expect(try SCSName.parse("SCS-16T-64-200s_\(card)").gpu?.description == card)
  }

  @Test func everyPartIsRead() throws {
    var name = SCSName(cpus: 16, cpuType: .dedicatedThread, ramHalfGiB: 129)
    name.isInsecure = true
    name.isWithoutECC = true
    name.isRAMOversubscribed = true
    name.disk = SCSName.Disk(count: 3, sizeGB: 200, type: .nvme)
    name.hypervisor = .kvm
    name.hasNestedVirtualization = true
    name.architecture = SCSName.Architecture(.amd, generation: 4, frequencyMarks: 1)
    var gpu = SCSName.GPU(isPassthrough: false, .nvidia, generation: "g")
    (gpu.units, gpu.unitFrequencyMarks, gpu.memoryGiB, gpu.hasHighBandwidthMemory) = (132, 2, 141, true)
    name.gpu = gpu
    name.hasInfiniBand = true
    let text = "SCS-16Ti-64.5uo-3x200p_kvm_hwv_z4h_gNg-132hh-141h_ib"
    #expect(name.description == text)
    #expect(try SCSName.parse(text) == name)
  }

  @Test(arguments: [
    ("SCS-4V-16_z3_snp", "_snp"), ("SCS-4V-16_ib_GNa", "_GNa"), ("SCS-16T-64-200s_GNh-132-80h", "h-132-80h"),
    ("SCS-2V-4_z7", "_z7"), ("SCS-2V-3.25", "3.25"), ("SCS-4V-16_GNl-142hhh-48", "hhh-48"),
    ("SCS-2-4-10n", "-4-10n"),
    ("SCS-2iT-4-10n", "iT-4-10n"), ("SCS-2C-4ou-10n", "u-10n"), ("SCS-2C-4-1.5n", ".5n"),
    ("SCS-2C-4_hwv_xen", "_xen"),
    ("SCS-4V-16_a6", "_a6"), ("SCS-4V-16_r1", "_r1"), ("SCS-4V-16_z3hhhh", "_z3hhhh"), ("SCS-4V-0", "0"),
    ("SCS-0V-4", "0V-4"), ("SCS-4V-16_KVM", "_KVM"), ("SCS-4v-16", "v-16"), ("SCS-4V:16", ":16"),
    ("SCS-4V-16_", "_"),
    ("SCS-4V-16__ib", "__ib"), ("SCS-4V-16_ib_ib", "_ib"), ("SCS-04V-16", "04V-16"), ("SCS-4V-16-0n", "0n"),
    ("scs-4V-16", "scs-4V-16"), ("SCS-4V-16_GNa-", ""), ("SCS-4V", ""), ("SCS-", ""), ("SCS-4V-16-20s ", " "),
    ("SCS-4V-16_GA3.2", "3.2"), ("SCS-4V-16_GNa-64-24hh", "h"), ("SCS-4V-16_GNa-64-24-1_ib", "-1_ib"),
    ("SCS-4V-9999999999", "9999999999"), ("SCS-4V-16_xyz_ib", "_xyz_ib"),
  ])
  func whatIsNoNameIsRefusedFromTheFirstLetterThatIsNotUnderstood(_ text: String, _ rest: String) {
    #expect(refusal { () throws(SCSNameError) in try SCSName.parse(text) }?.rest == rest)
  }

  @Test func theRefusalSaysWhatIsPossible() {
    let said = refusal { () throws(SCSNameError) in try SCSName.parse("SCS-2V-4_z7_ib") }
    #expect(said?.description == "_z7_ib is not understood: the generations of z are 0 to 6")
  }

  @Test func version1IsReadByItsOwnSigns() throws {
    let text = "SCS-16T:64:200s-kvm-hwv-z4h-GNl:142hh:48-ib"
    #expect(try SCSName.parse(version1: text).description == "SCS-16T-64-200s_kvm_hwv_z4h_GNl-142hh-48_ib")
    #expect(
      refusal { () throws(SCSNameError) in try SCSName.parse(version1: "SCS-4V:16-z3-snp") }?.rest == "-snp")
    #expect(
      refusal { () throws(SCSNameError) in try SCSName.parse(version1: "SCS-4V:16_z3") }?.rest
        == "SCS-4V:16_z3")
  }

  /// As `cli.py parse -o yaml v3` of scs-0100 prints them.
  @Test func theExtraSpecsAreThoseOfTheStandardsTool() throws {
    let name = try SCSName.parse("SCS-16T-64-200s_kvm_hwv_z4h_GNl-142hh-48_ib")
    #expect(
      name.extraSpecs.map { "\($0.key) \($0.value)" } == [
        "scs:cpu-type dedicated-thread", "scs:disk0-type ssd",
        "scs:name-v1 SCS-16T:64:200s-kvm-hwv-z4h-GNl:142hh:48-ib",
        "scs:name-v2 SCS-16T-64-200s_kvm_hwv_z4h_GNl-142hh-48_ib",
        "scs:name-v3 SCS-16T:64:200s-GNl:142:48-ib", "scs:name-v4 SCS-16T-64-200s_GNl-142-48_ib",
      ])
  }

  @Test func aShortNameHasNoOtherShortName() throws {
    #expect(
      try SCSName.parse("SCS-1V-4").extraSpecs.map { "\($0.key) \($0.value)" } == [
        "scs:cpu-type shared-core", "scs:name-v1 SCS-1V:4", "scs:name-v2 SCS-1V-4",
      ])
  }

  @Test func theShortNameKeepsAnArchitectureThatIsNotX86() throws {
    #expect(try SCSName.parse("SCS-4C-16_kvm_a2h").short.description == "SCS-4C-16_a2")
  }

  @Test func randomNamesAreReadAsTheyWereMeant() throws {
    var random = RandomSCSNames(state: 20_261_126)
    for _ in 0..<5_000 {
      let name = random.name()
      #expect(try SCSName.parse(name.description) == name)
      #expect(try SCSName.parse(version1: name.version1) == name)
      #expect(name.short.short == name.short)
    }
  }
}
