// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Documents
import Planning
import Tape
import Testing

/// What a name promises, compared with hosts.
@Suite struct FlavorTruthTests {
  private func truths(
    _ flavor: String, _ hosts: [HostRecord], site: Site? = nil
  ) throws -> [FlavorTruth] {
    let text = """
      reference: [{field: name}]
      mandatory:
        - \(flavor)
      """
    let file = try FlavorFile(Document(parsing: Array(text.utf8), path: "flavors.yaml"))
    return FlavorTruth.all(file, on: hosts, site: site)
  }

  private func one(_ name: String, _ host: HostRecord = Fixture.host(), more: String = "") throws
    -> FlavorTruth
  {
    try #require(try truths("{name: \(name), cpus: 4, ram: 16384, disk: 0\(more)}", [host]).first)
  }

  @Test func aNameThatIsTrueIsKept() throws {
    let truth = try one("SCS-4V-16_kvm_hwv_z4", more: #", "pci_passthrough:alias": "h200:1""#)
    #expect(truth.verdict == .kept)
    #expect(truth.because.isEmpty)
  }

  @Test(arguments: [
    ("cpu.vulnerable", FactRecord.list(["l1tf", "mds"]), "no i: l1tf, mds"),
    ("kvm.nested", .flag(false), "_hwv: nested virtualization is off"),
    ("cpu.codename", .text("Milan"), "_z4: its processor is _z3"),
    ("cpu.vendor", .text("GenuineIntel"), "_z4: its processor is _i"),
  ])
  func whatIsNotThereIsOverstated(_ fact: String, _ value: FactRecord, _ because: String) throws {
    let truth = try one("SCS-4V-16_kvm_hwv_z4", Fixture.host(facts: [fact: value]))
    #expect(truth.verdict == .overstated)
    #expect(truth.because == [because])
  }

  @Test(arguments: [
    ("cpu.vulnerable", "no i: what is mitigated is not known"),
    ("memory.ecc", "no u: ECC is not known to be on"),
    ("kvm.nested", "_hwv: nested virtualization is not known"),
    ("cpu.codename", "_z4: its generation is not known"), ("cpu.vendor", "_z4: its processor is not known"),
  ])
  func whatIsNotSeenIsNotKnown(_ fact: String, _ because: String) throws {
    let lost = Fixture.host(facts: [fact: .count(0)])
    let truth = try one("SCS-4V-16_kvm_hwv_z4", lost)
    #expect(truth.verdict == .unknown)
    #expect(truth.because == [because])
    // Owned up to, it is kept.
    #expect(try one("SCS-4Vi-16u", lost).verdict == .kept)
  }

  private static let alias = #", "pci_passthrough:alias": "h200:1""#

  @Test func aGPUThatNobodyAsksForIsNone() throws {
    #expect(try one("SCS-4V-16_GNg").because == ["_GNg: the flavor asks for no device"])
  }

  /// A weaker variant does not make up for a stronger name.
  @Test func everyNameIsAPromise() throws {
    let open = Fixture.host(facts: ["cpu.vulnerable": .list(["mds"])])
    let truth = try one(
      "SCS-4V-16", open, more: #", "scs:name-v1": "SCS-4Vi:16u", "scs:name-v2": "SCS-4Vi-16u""#)
    #expect(truth.because == ["no i: mds"])
  }

  /// With a site it is the alias's cards that count, and the site's release.
  @Test func theSiteMakesItStrict() throws {
    let l40s = Fixture.gpu("0000:4c:00.0") {
      ($0.device, $0.model, $0.scsNamePiece) = ("26b9", "NVIDIA L40S", "GNl-142hh-48")
    }
    let host = Fixture.host(devices: [Fixture.gpu(), l40s])
    let site = try Fixture.site(
      """
      release: {openstack: "2025.1"}
      devices: [{alias: l40s, match: {model: NVIDIA L40S}}]
      """)
    let gpu = #"{name: SCS-4V-16_GNg-132-141h, cpus: 4, ram: 16384, "pci_passthrough:alias": "l40s:1"}"#
    #expect(try truths(gpu, [host], site: site).map(\.because) == [["_GNg-132-141h: it has _GNl-142hh-48"]])
    let snp =
      #"{name: x, cpus: 4, ram: 16384, "hw:mem_encryption": "true", "hw:mem_encryption_model": "amd-sev-snp"}"#
    #expect(
      try truths(snp, [host], site: site).map(\.because) == [["Nova 31 cannot start guests with amd-sev-snp"]]
    )
    #expect(try truths(snp.replacing("amd-sev-snp", with: "amd-snp"), [host]).map(\.verdict) == [.overstated])
  }

  @Test(arguments: [
    ("GN", true), ("GNg", true), ("GNg-132-141h", true), ("GNg-114-80h", true), ("GNg-132-142h", false),
    ("GNb-132-141h", false), ("GA3", false), ("GNg-133", false), ("GNg-132h", false),
  ])
  func aGPUKeepsWhatItHasAtLeast(_ piece: String, _ isKept: Bool) throws {
    let truth = try one("SCS-4V-16_\(piece)", more: Self.alias)
    #expect(truth.verdict == (isKept ? .kept : .overstated))
    if !isKept { #expect(truth.because == ["_\(piece): it has _GNg-132-141h"]) }
  }

  @Test func aGPUThatIsNotReadyKeepsNothing() throws {
    var card = DeviceRecord(address: "0000:3b:00.0", kind: "gpu", state: .blocked)
    card.scsNamePiece = "GNg-132-141h"
    let truth = try one("SCS-4V-16_GNg", Fixture.host(devices: [card]), more: Self.alias)
    #expect(truth.verdict == .notReached)
    #expect(truth.because == ["no device of it is ready"])
    let nameless = Fixture.host(devices: [Fixture.gpu { $0.scsNamePiece = nil }])
    #expect(try one("SCS-4V-16_GNg", nameless, more: Self.alias).verdict == .unknown)
    #expect(try one("SCS-4V-16_gNg").verdict == .unknown)
  }

  @Test func infiniBandIsThereOrNot() throws {
    #expect(try one("SCS-4V-16_ib").because == ["_ib: no InfiniBand function is ready there"])
    let vf = Fixture.vf("0000:c1:00.2") { $0.classCode = "020700" }
    #expect(try one("SCS-4V-16_ib", Fixture.host(devices: [vf])).verdict == .kept)
  }

  @Test func encryptionIsAPromiseToo() throws {
    let snp = #", "hw:mem_encryption": "true", "hw:mem_encryption_model": "amd-sev-snp""#
    #expect(try one("cc", more: snp).verdict == .kept)
    let blocked = Fixture.host(ready: [])
    #expect(try one("cc", blocked, more: snp).because == ["amd.sev-snp is blocked: iommu=pt"])
    #expect(try one("cc", blocked, more: snp).verdict == .overstated)
    // With the guard it does not get there.
    let guarded = snp + #", "trait:CUSTOM_HOSTCAP_AMD_SEV_SNP_READY": required"#
    #expect(try one("cc", blocked, more: guarded).verdict == .notReached)
  }

  @Test func whatHasNoRoomIsNotReached() throws {
    let small = Fixture.host(facts: ["memory-bytes": .count(15 << 30)])
    #expect(try one("SCS-4V-16", small).because == ["it has 15 GiB"])
    #expect(try one("SCS-4V-16", Fixture.host(facts: ["cpu.count": .count(2)])).because == ["it has 2 CPUs"])
  }

  @Test func theSiteTellsWhatAnAliasStandsFor() throws {
    let site = try Fixture.gpuSite()
    let flavor = #"{name: SCS-4V-16_GNg, cpus: 4, ram: 16384, "pci_passthrough:alias": "h200:1"}"#
    let hosts = [Fixture.host("with"), Fixture.host("without", devices: [Fixture.vf("0000:c1:00.2")])]
    #expect(try truths(flavor, hosts, site: site).map(\.verdict) == [.kept, .notReached])
  }

  @Test func aFlavorThatPromisesNothingIsNotListed() throws {
    #expect(try truths("{name: m1.small, cpus: 1, ram: 1024}", [Fixture.host()]).isEmpty)
    // A variant of its name counts.
    let named =
      #"{name: m1.small, cpus: 1, ram: 1024, "scs:name-v1": "SCS-1V:1", "scs:name-v2": "SCS-1V-1_z5"}"#
    #expect(try truths(named, [Fixture.host()]).map(\.because) == [["_z5: its processor is _z4"]])
  }
}
