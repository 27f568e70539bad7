// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Planning
import Testing

@Suite struct EncryptionLintTests {
  private let ready = "trait:CUSTOM_HOSTCAP_AMD_SEV_SNP_READY: required\n"
  private let snp = "hw:mem_encryption: \"true\"\nhw:mem_encryption_model: amd-sev-snp\n"

  @Test(arguments: OpenStackRelease.all)
  func aModelWithoutEncryptionEncryptsNothing(_ release: OpenStackRelease) throws {
    let found = try FlavorText(name: "four", "hw:mem_encryption_model: amd-sev\n" + ready).findings(
      release.id)
    #expect(
      found.first
        == FlavorFinding(
          flavor: "four", line: 7, severity: .error, rule: "flavor.model_without_encryption",
          message: "Nova \(release.nova) (\(release.id)) reads hw:mem_encryption_model only where "
            + "hw:mem_encryption is true: guests of this flavor are not encrypted",
          fix: "write hw:mem_encryption: \"true\""))
  }

  @Test func encryptionThatIsSwitchedOffBesideAModelEncryptsNothing() throws {
    let text = FlavorText(
      name: "a", "hw:mem_encryption: \"no\"\nhw:mem_encryption_model: amd-sev-snp\n" + ready)
    #expect(try text.rules("2026.2") == ["8 error flavor.model_without_encryption"])
  }

  @Test(arguments: ["enabled", "yes please", "required", "True."])
  func encryptionThatNovaDoesNotReadAsTrueEncryptsNothing(_ value: String) throws {
    let text = FlavorText(name: "cc-4c-16", "hw:mem_encryption: \(value)\n")
    #expect(try text.rules("2026.2") == ["7 error flavor.encryption_not_true"])
    #expect(
      try text.findings("2026.2")[0].message
        == "Nova 34 (2026.2) reads hw:mem_encryption \(value) as no: guests of this flavor are not encrypted")
    #expect(
      try FlavorText(name: "a", "hw:mem_encryption: \(value)\nhw:mem_encryption_model: amd-sev-snp\n" + ready)
        .rules("2026.2") == ["7 error flavor.encryption_not_true"])
    #expect(
      try FlavorText(name: "a", "hw:mem_encryption: \(value)\n").rules("2026.2") == [
        "7 error flavor.value_refused"
      ])
  }

  @Test(arguments: ["\"1\"", "t", "TRUE", "\" on \"", "y", "Yes", "1"])
  func whatNovaReadsAsTrueIsTrue(_ value: String) throws {
    let quoted = value.first == "\"" || value == "1" ? value : "\"\(value)\""
    let text = "hw:mem_encryption: \(quoted)\nhw:mem_encryption_model: amd-sev-snp\n" + ready
    #expect(try FlavorText(name: "cc-snp-4c-16", text).rules("2026.2") == [])
  }

  @Test func aModelOfALaterReleaseIsPlainSEVInNova31() throws {
    let found = try FlavorText(name: "four", snp + ready).findings("2025.1")
    #expect(
      found == [
        FlavorFinding(
          flavor: "four", line: 8, severity: .error, rule: "flavor.model_of_later_release",
          message: "Nova 31 (2025.1) has no model amd-sev-snp: "
            + "with hw:mem_encryption true it starts guests with plain SEV, without a word",
          fix: "use it from OpenStack 2026.2, OSISM 12 on; take the flavor away until then")
      ])
  }

  @Test(arguments: ["2025.2", "2026.1"])
  func aModelOfALaterReleaseStartsNoGuestSinceNova32(_ release: String) throws {
    let found = try FlavorText(name: "four", snp + ready).findings(release)
    #expect(found.map(\.rule) == ["flavor.model_of_later_release"])
    #expect(
      found[0].message.hasSuffix(
        "has no model amd-sev-snp: with hw:mem_encryption true it refuses to start guests"))
  }

  @Test func aMisspeltModelIsNoModelOfALaterRelease() throws {
    let specs = "hw:mem_encryption: \"true\"\nhw:mem_encryption_model: amd-snp\n" + ready
    let found = try FlavorText(name: "four", specs).findings("2026.2")
    #expect(found.map(\.rule) == ["flavor.model_unknown"])
    #expect(
      found[0].message
        == "no Nova has a model amd-snp: with hw:mem_encryption true it refuses to start guests")
    #expect(try FlavorText(name: "four", specs).findings("2025.1")[0].message.contains("plain SEV"))
  }

  @Test(arguments: [
    ("amd-snp", "write amd-sev-snp"), ("amd-sev-spn", "write amd-sev-snp"),
    ("AMD-SEV-ES", "write amd-sev-es"),
    ("amd_sev", "write amd-sev"), ("inteltdx", "write intel-tdx"),
    ("snp", "write one of amd-sev, amd-sev-es, amd-sev-snp, intel-tdx"),
  ])
  func theNearestModelIsProposed(_ model: String, _ fix: String) throws {
    let specs = "hw:mem_encryption: \"true\"\nhw:mem_encryption_model: \(model)\n" + ready
    #expect(try FlavorText(name: "four", specs).findings("2026.2").map(\.fix) == [fix])
  }

  @Test func theModelOfPlainSEVIsAnUnknownKeyToNova31AndNoMore() throws {
    let specs = "hw:mem_encryption: \"true\"\nhw:mem_encryption_model: amd-sev\ntrait:CUSTOM_A: required\n"
    #expect(try FlavorText(name: "a", specs).rules("2025.1") == ["8 error flavor.key_of_later_release"])
    #expect(try FlavorText(name: "a", specs).rules("2025.2") == [])
  }

  @Test(arguments: ["true", "yes", "~", "[a]", "{a: b}"])
  func aValueThatIsNoTextLeavesAFlavorWithoutExtraSpecs(_ value: String) throws {
    let text = FlavorText(name: "four", "hostcap:note: \(value)\n")
    #expect(try text.rules("2026.1") == ["7 error flavor.extra_specs_refused"])
  }

  @Test func aBooleanLeavesAConfidentialFlavorWithoutEncryption() throws {
    let specs = "hw:mem_encryption: true\nhw:mem_encryption_model: amd-sev-snp\n" + ready
    let found = try FlavorText(name: "cc-snp-4c-16", specs).findings("2026.2")
    #expect(
      found == [
        FlavorFinding(
          flavor: "cc-snp-4c-16", line: 7, severity: .error, rule: "flavor.extra_specs_refused",
          message:
            "hw:mem_encryption is the boolean true, not text or a number: Nova refuses all extra specs of the "
            + "flavor, which is created without any of them, and its guests are not encrypted",
          fix: "write hw:mem_encryption: \"true\"")
      ])
  }

  @Test(arguments: ["cc-4c-16", "x.SNP.4", "sev_2", "c1-sev-es", "seves-1", "TDX-8", "confidential.large"])
  func aNameThatSaysConfidentialPromisesEncryption(_ name: String) throws {
    #expect(try FlavorText(name: name, "").rules("2026.2") == ["4 error flavor.name_says_confidential"])
  }

  @Test(arguments: ["accc-4", "m1.seven", "snpx-2", "es-4", "SCS-4V-16"])
  func onlyWholeWordsOfANameSayConfidential(_ name: String) throws {
    #expect(try FlavorText(name: name, "").rules("2026.2") == [])
  }

  @Test func aNameDoesNotSayAnotherModel() throws {
    let none = "hw:mem_encryption: \"true\"\ntrait:CUSTOM_A: required\n"
    #expect(try FlavorText(name: "sev-4", none).rules("2026.2") == [])
    let found = try FlavorText(name: "cc-snp-4", none).findings("2026.2")
    #expect(found.map(\.rule) == ["flavor.name_says_other_model"])
    #expect(found[0].message == "the name says snp, and without a model Nova 34 (2026.2) starts plain SEV")
    #expect(found[0].fix == "write hw:mem_encryption_model: amd-sev-snp, or give the flavor another name")
    let tdx = none + "hw:mem_encryption_model: intel-tdx\n"
    #expect(try FlavorText(name: "sev-4", tdx).rules("2026.2") == ["9 error flavor.name_says_other_model"])
    #expect(try FlavorText(name: "cc-tdx-4", tdx).rules("2026.2") == [])
  }

  @Test(arguments: [
    "resources:MEM_ENCRYPTION_CONTEXT: 1", "trait:HW_CPU_X86_AMD_SEV: required",
    "trait:HW_CPU_X86_AMD_SEV_SNP: required", "trait1:HW_CPU_X86_INTEL_TDX: required",
    "trait:HW_CPU_AMD_SEV: required",
  ])
  func aPlaceOnAnEncryptingHostIsNoEncryption(_ spec: String) throws {
    #expect(try FlavorText(name: "a", spec).rules("2026.2") == ["7 error flavor.provider_without_encryption"])
    let on = "hw:mem_encryption: \"true\"\ntrait:CUSTOM_A: required\n" + spec
    #expect(try FlavorText(name: "a", on).rules("2026.2") == [])
  }

  @Test func aForbiddenEncryptingHostIsNoMistake() throws {
    #expect(try FlavorText(name: "a", "trait:HW_CPU_X86_AMD_SEV: forbidden").rules("2026.2") == [])
  }

  @Test(arguments: [
    "pci_passthrough:alias: gpu:1", "resources:VGPU: 1", "resources1:CUSTOM_PCI_10DE_2335: 1",
    "accel:device_profile: qat",
  ])
  func encryptedGuestsHaveNoDevices(_ spec: String) throws {
    let rules = try FlavorText(name: "a", snp + ready + spec).rules("2026.2")
    #expect(rules.first == "10 error flavor.encryption_with_devices")
  }

  @Test func aConfidentialFlavorHasAGuard() throws {
    let found = try FlavorText(name: "a", snp).findings("2026.2")
    #expect(found.map(\.rule) == ["flavor.no_guard"])
    #expect(found[0].severity == .warning)
    #expect(found[0].fix == "write trait:CUSTOM_HOSTCAP_AMD_SEV_SNP_READY: required")
    #expect(try FlavorText(name: "a", snp + "trait:CUSTOM_A: forbidden").rules("2026.2").count == 1)
  }

  @Test(arguments: [("amd-sev", "AMD_SEV"), ("amd-sev-es", "AMD_SEV_ES"), ("intel-tdx", "INTEL_TDX")])
  func theGuardIsTheModels(_ model: String, _ capability: String) throws {
    let specs = "hw:mem_encryption: \"true\"\nhw:mem_encryption_model: \(model)\n"
    let found = try FlavorText(name: "a", specs).findings("2026.2").first { $0.rule == "flavor.no_guard" }
    #expect(found?.fix == "write trait:CUSTOM_HOSTCAP_\(capability)_READY: required")
  }

  @Test func sevESIsNotOfferedBesideSEVSNP() throws {
    let specs = "hw:mem_encryption: \"true\"\nhw:mem_encryption_model: amd-sev-es\ntrait:CUSTOM_A: required\n"
    #expect(try FlavorText(name: "a", specs).rules("2026.1") == [])
    #expect(try FlavorText(name: "a", specs).rules("2026.2") == ["8 warning flavor.sev_es_dropped"])
  }

  @Test func plainSEVNeedsNoModelInAnyRelease() throws {
    let text = FlavorText(name: "a", "hw:mem_encryption: \"true\"\ntrait:CUSTOM_A: required\n")
    for release in OpenStackRelease.all { #expect(try text.rules(release.id) == []) }
  }
}
