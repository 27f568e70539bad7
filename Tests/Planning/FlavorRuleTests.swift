// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Planning
import Testing

@Suite struct FlavorRuleTests {
  @Test func aCleanFileHasNoFindings() throws {
    let text = """
      reference:
        - field: name
          mandatory_prefix: SCS-
        - field: public
          default: true
        - field: disabled
          default: false
        - field: cpus
        - field: ram
        - field: disk
      mandatory:
        - name: SCS-32T-128-400p_z4_GNg-132-80h
          cpus: 32
          ram: 131072
          disk: 400
          scs:cpu-type: dedicated-thread
          scs:disk0-type: nvme
          scs:name-v1: SCS-32T:128:400p-z4-GNg:132:80h
          scs:name-v2: SCS-32T-128-400p_z4_GNg-132-80h
          scs:name-v3: SCS-32T:128:400p-GNg:132:80
          scs:name-v4: SCS-32T-128-400p_GNg-132-80
          hw_rng:allowed: "True"
          hw:cpu_policy: dedicated
          pci_passthrough:alias: gpu-h100:1
          hw:pci_numa_affinity_policy: required
      recommended:
        - name: cc-snp-8c-32
          cpus: 8
          ram: 32768
          disk: 0
          public: false
          scs:cpu-type: dedicated-core
          scs:name-v1: SCS-8C:32
          scs:name-v2: SCS-8C-32
          hw_rng:allowed: "True"
          hw:mem_encryption: "true"
          hw:mem_encryption_model: amd-sev-snp
          trait:CUSTOM_HOSTCAP_AMD_SEV_SNP_READY: required
          hostcap:since: "2026.2"
      """
    #expect(try FlavorText(text).findings("2026.2") == [])
  }

  @Test func findingsComeInTheOrderOfLines() throws {
    let rules = try FlavorText(name: "SCS-4V-16-20", "hw:foo: x\nscs:cpu-type: fast\ntrait:HW_FOO: maybe")
      .rules("2026.2")
    #expect(
      rules == [
        "4 error flavor.scs_name_overstated", "7 error flavor.key_unknown", "8 error flavor.scs_value",
        "9 error flavor.trait_unknown", "9 error flavor.trait_value",
      ])
  }

  @Test func aFindingIsOneLineWhateverTheValueIs() throws {
    let found = try FlavorText(name: "a", "hw:cpu_policy: \"x\\ny\\e[1m\"").findings("2026.2")
    #expect(found.map(\.message).first?.hasPrefix("hw:cpu_policy is not x y [1m: ") == true)
  }

  @Test func aListOfTheClientIsJudgedToo() throws {
    let text = FlavorText(
      """
      [{"Name": "cc-snp-4", "RAM": 16384, "Disk": 0, "VCPUs": 4,
        "Properties": {"hw:mem_encryption_model": "amd-sev-snp"}}]
      """)
    #expect(
      try text.rules("2026.1") == [
        "1 warning flavor.no_guard", "2 error flavor.model_without_encryption",
        "2 error flavor.model_of_later_release",
      ])
  }

  @Test func aConfidentialFlavorHasNoSCSName() throws {
    let specs = "hw:mem_encryption: \"true\"\ntrait:CUSTOM_A: required\n"
    #expect(
      try FlavorText(name: "SCS-4V-16", specs).rules("2026.2") == ["4 error flavor.scs_name_confidential"])
  }

  @Test func anSCSNameFollowsTheStandard() throws {
    let found = try FlavorText(name: "SCS-4V-16_z9", "").findings("2026.2")
    #expect(found.map(\.rule) == ["flavor.scs_name_invalid"])
    #expect(found[0].message == "SCS-4V-16_z9: _z9 is not understood: the generations of z are 0 to 6")
  }

  @Test func anSCSNamePromisesNoMoreThanTheFlavorHas() throws {
    let found = try FlavorText(name: "SCS-8V-16.5-20", "").findings("2026.2")
    #expect(found.map(\.rule) == ["flavor.scs_name_overstated"])
    #expect(
      found[0].message == "SCS-8V-16.5-20 promises 8 vCPUs where the flavor has 4, "
        + "16.5 GiB of RAM where the flavor has 16, 20 GB of disk where the flavor has 0")
  }

  @Test func anSCSNameMayPromiseLess() throws {
    let found = try FlavorText(name: "SCS-2V-16", "disk: 10").findings("2026.2")
    #expect(found.map(\.rule) == ["flavor.scs_name_understated"])
    #expect(found[0].severity == .warning)
    #expect(
      found[0].message
        == "SCS-2V-16 promises only 2 vCPUs where the flavor has 4, 0 GB of disk where the flavor has 10")
    #expect(try FlavorText(name: "SCS-4V-16-s", "disk: 10").rules("2026.2") == [])
  }

  @Test func aVariantMayPromiseLess() throws {
    #expect(try FlavorText(name: "four", "scs:name-v1: SCS-2V:8").rules("2026.2") == [])
  }

  @Test(arguments: [
    ("scs:gpu: L40S", "scs_key_unknown"), ("scs:name-v0: SCS-4V-16", "scs_key_unknown"),
    ("scs:name-vx: SCS-4V-16", "scs_key_unknown"), ("scs:disk-type: ssd", "scs_key_unknown"),
    ("scs:cpu-type: dedicated", "scs_value"), ("scs:disk1-type: SSD", "scs_value"),
    ("scs:name-v1: SCS-4V:16_snp", "scs_name_invalid"), ("scs:name-v1: cc-snp", "scs_name_invalid"),
    ("scs:name-v1: SCS-8V:16", "scs_name_overstated"),
  ])
  func anSCSKeyIsOneOfThree(_ spec: String, _ rule: String) throws {
    #expect(try FlavorText(name: "four", spec).rules("2026.2") == ["7 error flavor.\(rule)"])
  }

  @Test(arguments: ["scs:name-v12: SCS-4V:16", "scs:disk0-type: hdd", "scs:cpu-type: crowded-core"])
  func aKeyOfTheStandardIsNoFinding(_ spec: String) throws {
    #expect(try FlavorText(name: "four", spec).rules("2026.2") == [])
  }

  @Test func aKeyThatNovaDoesNotKnowMeansNothing() throws {
    let found = try FlavorText(name: "a", "hw:mem_encription: \"true\"").findings("2026.1")
    #expect(
      found == [
        FlavorFinding(
          flavor: "a", line: 7, severity: .error, rule: "flavor.key_unknown",
          message:
            "no Nova has an extra spec hw:mem_encription: Nova 33 (2026.1) refuses it from API microversion "
            + "2.86 on, and below keeps it unread", fix: "write hw:mem_encryption, or take it away")
      ])
  }

  @Test func aKeyOfAnUnknownNamespaceIsTheOperators() throws {
    #expect(try FlavorText(name: "a", "hostcap:x: y\nour.cloud:tier: gold").rules("2025.1") == [])
  }

  @Test func aKeyOfALaterReleaseMeansNothingYet() throws {
    let text = FlavorText(name: "a", "hw:tpm_secret_security: host\nhw:usb_model: none")
    #expect(
      try text.rules("2025.1") == [
        "7 error flavor.key_of_later_release", "8 error flavor.key_of_later_release",
      ])
    #expect(try text.rules("2025.2") == ["7 error flavor.key_of_later_release"])
    #expect(try text.rules("2026.1") == [])
  }

  @Test func aKeyThatNovaReadsUnvalidatedIsAWarning() throws {
    #expect(
      try FlavorText(name: "a", "hw:maxphysaddr_mode: passthrough").rules("2026.2")
        == ["7 warning flavor.key_unvalidated"])
  }

  @Test(arguments: ["trait:CUSTOM_A_1: maybe", "trait:HW_CPU_X86_AVX2: Required"])
  func aTraitIsRequiredOrForbidden(_ spec: String) throws {
    #expect(try FlavorText(name: "a", spec).rules("2026.2") == ["7 error flavor.trait_value"])
  }

  @Test(arguments: [
    ("HW_CPU_X86_AMD_SNP", "write trait:HW_CPU_X86_AMD_SEV_SNP"),
    ("CUSTOM_a", "write the trait as the host reports it"),
    ("FOO", "write a standard trait, or one that begins with CUSTOM_"),
  ])
  func aTraitThatNobodyHasStartsNoGuest(_ trait: String, _ fix: String) throws {
    let found = try FlavorText(name: "a", "trait:\(trait): required").findings("2026.2")
    #expect(found.map(\.rule) == ["flavor.trait_unknown"])
    #expect(found.map(\.fix) == [fix])
  }

  @Test func aTraitOfALaterReleaseIsOnNoHost() throws {
    let specs =
      "hw:mem_encryption: \"true\"\ntrait:CUSTOM_A: required\ntrait:HW_CPU_X86_AMD_SEV_SNP: required"
    #expect(try FlavorText(name: "a", specs).rules("2026.1") == ["9 error flavor.trait_of_later_release"])
    #expect(try FlavorText(name: "a", specs).rules("2026.2") == [])
  }

  @Test(arguments: ["gpu", "gpu:", ":1", "gpu:x", "gpu:1,", "gpu:1 nic:2", "a,b:1", "gpu:0", "gpu:-1"])
  func anAliasHasACount(_ value: String) throws {
    #expect(
      try FlavorText(name: "a", "pci_passthrough:alias: \"\(value)\"").rules("2026.2") == [
        "7 error flavor.alias_shape"
      ])
  }

  @Test(arguments: ["gpu:1", "gpu-l40s:8,nic:2", "gpu:1 , nic:2"])
  func anAliasWithACountIsNoFinding(_ value: String) throws {
    #expect(try FlavorText(name: "a", "pci_passthrough:alias: \"\(value)\"").rules("2026.2") == [])
  }

  @Test(arguments: ["resources:CUSTOM_PCI_10DE_26B9: 1", "resources:CUSTOM_GPU_NVIDIA_L40S: 1"])
  func aReservedDeviceIsNoAttachedDevice(_ spec: String) throws {
    #expect(try FlavorText(name: "a", spec).rules("2026.2") == ["7 warning flavor.devices_without_alias"])
    #expect(try FlavorText(name: "a", spec + "\npci_passthrough:alias: gpu:1").rules("2026.2") == [])
  }

  @Test func aVirtualGPUNeedsNoAlias() throws {
    #expect(try FlavorText(name: "a", "resources:VGPU: 1\nresources:CUSTOM_VGPU_A: 1").rules("2026.2") == [])
  }

  @Test(arguments: [
    ("resources:GPU: 1", "resource_unknown"), ("resources:CUSTOM_x: 1", "resource_unknown"),
    ("resources:VCPU: many", "value_refused"),
  ])
  func aResourceHasAClassAndAnAmount(_ spec: String, _ rule: String) throws {
    #expect(try FlavorText(name: "a", spec).rules("2026.2") == ["7 error flavor.\(rule)"])
  }

  @Test func aLargeRecommendedFlavorIsLeftOut() throws {
    let text = FlavorText(
      """
      reference: []
      mandatory:
        - {name: a, cpus: 4, ram: 65536}
      recommended:
        - {name: b, cpus: 4, ram: 32768}
        - {name: c, cpus: 4, ram: 32769}
      """)
    #expect(try text.rules("2026.2") == ["6 warning flavor.recommended_left_out"])
  }

  @Test func whatFlavorManagerDoesNotReadIsSaid() throws {
    let found = try FlavorText(name: "a", "disabled: true\nhw_mem_encryption: \"true\"\nnote: x").findings(
      "2026.2")
    #expect(found.map(\.rule) == ["flavor.disabled_ignored", "flavor.key_ignored", "flavor.key_ignored"])
    #expect(found.map(\.line) == [7, 8, 9])
    #expect(found[1].fix == "write hw:mem_encryption")
  }

  @Test func aFlavorWithoutASizeIsNotCreated() throws {
    #expect(try FlavorText(flavor: "name: a\nram: 1024").rules("2026.2") == ["4 error flavor.size_missing"])
  }

  @Test func aKeyOrValueThatNovaCannotKeepLeavesAFlavorWithoutExtraSpecs() throws {
    let long = String(repeating: "x", count: 256)
    let text = FlavorText(name: "a", "our/cloud:tier: gold\nour:tier: \(long)")
    #expect(
      try text.rules("2026.2") == [
        "7 error flavor.extra_specs_refused", "8 error flavor.extra_specs_refused",
      ])
  }
}
