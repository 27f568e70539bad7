// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Planning
import Testing

/// Which flavors are written, and what they are called. The names are the traps.
@Suite struct FlavorPlanTests {
  private func confidential(_ capability: String, _ release: String) throws -> Site {
    try Fixture.site(
      """
      release: {openstack: "\(release)"}
      confidential:
        - capability: \(capability)
          flavors: [{cpus: 4, cpu_type: C, ram_gib: 16}]
      """)
  }

  private func specs(_ flavor: FlavorPlan?) -> [String: String] {
    Dictionary(uniqueKeysWithValues: (flavor?.extraSpecs ?? []).map { ($0.key, $0.value) })
  }

  @Test func anSNPFlavorAsksForModelAndGuard() throws {
    let plan = Fixture.plan(try confidential("amd.sev-snp", "2026.2"), Fixture.host())
    let flavor = plan.flavors.first
    #expect(flavor?.name == "cc-snp-4c-16")
    #expect(flavor?.size.isPublic == false)
    let specs = specs(flavor)
    #expect(specs["hw:mem_encryption"] == "true")
    #expect(specs["hw:mem_encryption_model"] == "amd-sev-snp")
    #expect(specs["trait:CUSTOM_HOSTCAP_AMD_SEV_SNP_READY"] == "required")
    #expect(specs["scs:name-v2"] == "SCS-4C-16")
    #expect(specs["pci_passthrough:alias"] == nil)
  }

  /// Nova 31 would make plain SEV of it, and 33 an error at boot.
  @Test(arguments: ["2025.1", "2025.2", "2026.1"])
  func noFlavorThatTheReleaseMakesLessOf(_ release: String) throws {
    let plan = Fixture.plan(try confidential("amd.sev-snp", release), Fixture.host())
    #expect(plan.flavors.isEmpty)
    #expect(
      plan.leftOut.first?.next
        == "usable from OpenStack 2026.2 on, with OSISM from 12 (OpenStack 2027.1) on")
    // The host is ready all the same, and says so.
    #expect(plan.hosts.first?.traits.contains("CUSTOM_HOSTCAP_AMD_SEV_SNP_READY") == true)
    #expect(plan.hosts.first?.encryption.isEmpty == true)
  }

  @Test func plainSEVHasNoModelWhereNovaHasNoSuchKey() throws {
    let host = Fixture.host(ready: ["amd.sev"])
    #expect(
      specs(Fixture.plan(try confidential("amd.sev", "2025.1"), host).flavors.first)[
        "hw:mem_encryption_model"]
        == nil)
    #expect(
      specs(Fixture.plan(try confidential("amd.sev", "2026.1"), host).flavors.first)[
        "hw:mem_encryption_model"]
        == "amd-sev")
  }

  @Test func sevESIsNotOfferedBesideSNP() throws {
    let site = try confidential("amd.sev-es", "2026.1")
    let both = Fixture.plan(site, Fixture.host(ready: ["amd.sev", "amd.sev-es", "amd.sev-snp"]))
    #expect(both.flavors.isEmpty)
    #expect(
      both.hosts.first?.leftOut.first?.because
        == "ready, but SEV-SNP is on beside it, or may be: CVE-2025-48514")
    #expect(both.hosts.first?.withdrawnTraits.contains("CUSTOM_HOSTCAP_AMD_SEV_ES_READY") == true)
    let alone = Fixture.plan(site, Fixture.host(ready: ["amd.sev", "amd.sev-es"]))
    #expect(alone.flavors.map(\.name) == ["cc-sev-es-4c-16"])
  }

  @Test func blockedIsLeftOutWithItsFix() throws {
    let plan = Fixture.plan(try confidential("amd.sev-snp", "2026.2"), Fixture.host(ready: ["amd.sev"]))
    #expect(
      plan.hosts.first?.leftOut == [LeftOut("amd.sev-snp", "blocked: iommu=pt", next: "remove iommu=pt")])
    #expect(plan.leftOut.map(\.because) == ["no host offers amd.sev-snp"])
  }

  /// Whatever a site asks for, in whatever release.
  @Test func neverEncryptionAndADeviceInOneFlavor() throws {
    for release in OpenStackRelease.all {
      let site = try Fixture.gpuSite(
        """
        confidential:
          - {capability: amd.sev-snp, flavors: [{cpus: 4, ram_gib: 16}]}
          - {capability: amd.sev, flavors: [{cpus: 4, ram_gib: 16}]}
        """, release: release.id)
      let plan = Fixture.plan(site, Fixture.host())
      for flavor in plan.flavors {
        let specs = specs(flavor)
        #expect(specs["hw:mem_encryption"] == nil || specs["pci_passthrough:alias"] == nil)
        #expect(specs["hw:mem_encryption_model"] == nil || specs["hw:mem_encryption"] == "true")
        #expect(specs["hw:mem_encryption"] == nil || !flavor.name.hasPrefix("SCS-"))
        #expect(specs["hw:mem_encryption"] == nil || specs.keys.contains { $0.hasPrefix("trait:CUSTOM_") })
        // What an operator would write by hand is checked the same way.
        #expect(!specs.keys.contains { $0.hasPrefix("resources:") })
      }
      #expect(plan.flavors.contains { specs($0)["pci_passthrough:alias"] == "h200:1" })
    }
  }

  // MARK: names

  @Test func aGPUFlavorIsNamedAfterTheCard() throws {
    let flavor = Fixture.plan(try Fixture.gpuSite(), Fixture.host()).flavors.first
    #expect(flavor?.name == "SCS-16T-64-200s_GNg-132-141h")
    #expect(specs(flavor)["scs:disk0-type"] == "ssd")
    #expect(flavor?.notes.isEmpty == true)
  }

  @Test func whatIsNotKnownIsOwnedUpTo() throws {
    let plain = try Fixture.site("release: {openstack: \"2026.1\"}\nflavors: [{cpus: 4, ram_gib: 16}]\n")
    func name(_ facts: [String: FactRecord]) -> String? {
      Fixture.plan(plain, Fixture.host("a"), Fixture.host("b", facts: facts)).flavors.first?.name
    }
    #expect(name([:]) == "SCS-4V-16")
    #expect(name(["cpu.vulnerable": .list(["l1tf"])]) == "SCS-4Vi-16")
    #expect(name(["cpu.vulnerable": .text("?")]) == "SCS-4Vi-16")
    #expect(name(["memory.ecc": .flag(false)]) == "SCS-4V-16u")
    #expect(name(["memory.ecc": .text("?"), "cpu.vulnerable": .text("?")]) == "SCS-4Vi-16u")
  }

  @Test func aPieceIsWrittenOnlyIfItIsTrueOfEveryHost() throws {
    let plain = try Fixture.site(
      """
      release: {openstack: "2026.1"}
      name_pieces: [hypervisor, hwv, generation]
      flavors: [{cpus: 4, ram_gib: 16}]
      """)
    let a = Fixture.host("a")
    #expect(Fixture.plan(plain, a).flavors.first?.name == "SCS-4V-16_kvm_hwv_z4")
    let milan = Fixture.host("b", facts: ["cpu.codename": .text("Milan"), "kvm.nested": .flag(false)])
    #expect(Fixture.plan(plain, a, milan).flavors.first?.name == "SCS-4V-16_kvm")
    let old = Fixture.host("b", facts: ["cpu.codename": .text("newer than the table")])
    #expect(Fixture.plan(plain, a, old).flavors.first?.name == "SCS-4V-16_kvm_hwv")
  }

  @Test func cardsThatDifferGiveTheNameNoPiece() throws {
    let other = Fixture.gpu("0000:4c:00.0") { $0.scsNamePiece = nil }
    let plan = Fixture.plan(try Fixture.gpuSite(), Fixture.host(devices: [Fixture.gpu(), other]))
    #expect(plan.flavors.map(\.name) == ["h200-16t-64-200"])
  }

  @Test func infiniBandIsClaimedOnlyWithTheDevice() throws {
    let site = try Fixture.site(
      """
      release: {openstack: "2026.1"}
      devices:
        - alias: ib
          match: {id: "15b3:101e"}
          flavors: [{cpus: 4, ram_gib: 16}]
      """)
    func name(_ code: String) -> String? {
      let vf = Fixture.vf("0000:c1:00.2") { $0.classCode = code }
      return Fixture.plan(site, Fixture.host(devices: [vf])).flavors.first?.name
    }
    #expect(name("020700") == "SCS-4V-16_ib")
    #expect(name("020000") == "ib-4v-16")
  }

  @Test func aFlavorIsForHostsThatHaveItsDevicesAndItsSize() throws {
    let site = try Fixture.site(
      """
      release: {openstack: "2026.1"}
      devices:
        - alias: h200
          match: {kind: gpu}
          flavors: [{cpus: 4, ram_gib: 16, count: 2}, {cpus: 4, ram_gib: 4096}]
      """)
    let two = [Fixture.gpu(), Fixture.gpu("0000:4c:00.0")]
    let plan = Fixture.plan(site, Fixture.host("one"), Fixture.host("two", devices: two))
    #expect(plan.flavors.map(\.name) == ["h200-4v-16-x2"])
    #expect(plan.flavors.first?.hosts == ["two"])
    #expect(plan.leftOut.map(\.because) == ["no host that could run it is known to have 4 CPUs and 4096 GiB"])
  }

  @Test func aWideGuestIsAskedForWhereBARsNeedIt() throws {
    let wide = Fixture.gpu { $0.remarks = ["pci.guest_too_narrow"] }
    #expect(
      specs(Fixture.plan(try Fixture.gpuSite(), Fixture.host(devices: [wide])).flavors.first)[
        "hw:maxphysaddr_mode"] == "passthrough")
    #expect(
      specs(Fixture.plan(try Fixture.gpuSite(), Fixture.host()).flavors.first)["hw:maxphysaddr_mode"] == nil)
  }

  /// Placement has none of what the host keeps for itself.
  @Test func whatAHostKeepsIsNotAFlavors() throws {
    let site = try Fixture.site(
      """
      release: {openstack: "2026.2"}
      reserved_host_memory_mb: 1024
      devices: [{alias: h200, match: {kind: gpu}, flavors: [{cpus: 1, ram_gib: 15}, {cpus: 1, ram_gib: 16}]}]
      """)
    let plan = Fixture.plan(site, Fixture.host(facts: ["memory-bytes": .count(16 << 30)]))
    #expect(plan.flavors.map(\.size.ramGiB) == [15])
  }

  /// What is on in kernel and firmware and stops at a library is on all the same.
  @Test(arguments: [
    ("kvm", false), ("libvirt", false), ("guestFirmware", false), ("psp", true), ("kernel", true),
  ])
  func sevESIsSafeOnlyWhereSNPNeverStarted(_ layer: String, _ isOffered: Bool) throws {
    let host = Fixture.host(ready: ["amd.sev", "amd.sev-es"], stoppingAt: layer)
    let plan = Fixture.plan(try confidential("amd.sev-es", "2026.1"), host)
    #expect(plan.flavors.isEmpty != isOffered)
    #expect(plan.hosts.first?.traits.contains("CUSTOM_HOSTCAP_AMD_SEV_ES_READY") == isOffered)
  }

  /// A site may call a flavor what it likes, and it is held against the hosts.
  @Test(arguments: [
    "SCS-64C-512-900p_hwv_z5_GNg-132-141h_ib", "cc-snp-2c-8", "SCS-4V-16_GNg-132-141h", "SCS-4V-16_z5",
  ])
  func aNameThatIsNotTrueIsNotWritten(_ name: String) throws {
    let site = try Fixture.site(
      "release: {openstack: \"2026.2\"}\nflavors: [{cpus: 4, ram_gib: 16, name: \(name)}]\n")
    let plan = Fixture.plan(site, Fixture.host())
    #expect(plan.flavors.isEmpty)
    #expect(plan.leftOut.map(\.subject) == ["flavor \(name)"])
  }

  @Test func aHostOfUnknownSizeRunsNothingThatIsPromised() throws {
    let host = Fixture.host(facts: ["memory-bytes": .text("?")])
    #expect(Fixture.plan(try Fixture.gpuSite(), host).flavors.isEmpty)
  }

  @Test func anOldReportIsWarnedOf() throws {
    let old = Fixture.host("old", observedAt: "2026-10-01T10:00:00Z")
    let plan = Fixture.plan(
      try Fixture.gpuSite(), Fixture.host("new"), old, Fixture.host("none", observedAt: nil))
    #expect(plan.warnings.map(\.subject) == ["none", "old"])
    #expect(plan.warnings.last?.because == "the report is 56 days older than the newest")
  }
}
