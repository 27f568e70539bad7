// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import Planning
import Testing

/// Which devices Nova gets to see. The names are the traps.
@Suite struct DevicePlanTests {
  private func plan(
    _ devices: [DeviceRecord], entry: String = "", release: String = "2026.2"
  ) throws -> HostPlan {
    let site = try Fixture.gpuSite(release: release, entry: entry)
    return try #require(Fixture.plan(site, Fixture.host(devices: devices)).hosts.first)
  }

  private func offered(_ plan: HostPlan) -> [String] { plan.offers.map(\.device.address) }

  @Test func aReadyCardThatTheSiteNamesIsOffered() throws {
    let plan = try plan([Fixture.gpu()])
    #expect(offered(plan) == ["0000:3b:00.0"])
    #expect(plan.leftOut.isEmpty)
    #expect(plan.offers.first?.traits == HostTraits.ofDevices)
  }

  @Test func whatTheSiteDoesNotNameIsNotOfferedAndNotListed() throws {
    var disk = DeviceRecord(address: "0000:01:00.0", kind: "storage", state: .ready)
    (disk.vendor, disk.device) = ("144d", "a824")
    let plan = try plan([disk])
    #expect(offered(plan).isEmpty)
    #expect(plan.leftOut.isEmpty)
  }

  @Test(arguments: [RecordedState.blocked, .absent, .unknown, .notApplicable])
  func onlyReadyIsOffered(_ state: RecordedState) throws {
    var device = DeviceRecord(address: "0000:3b:00.0", kind: "gpu", state: state)
    (device.vendor, device.device) = ("10de", "2335")
    device.cause = CauseRecord(
      because: "no reset method", reason: "pci.no_reset", fix: "update it", fixKind: nil)
    let plan = try plan([device])
    #expect(offered(plan).isEmpty)
    #expect(
      plan.leftOut == [LeftOut("0000:3b:00.0", "\(state.rawValue): no reset method", next: "update it")])
  }

  @Test func aDomainAboveFFFFIsLeftOut() throws {
    let plan = try plan([Fixture.gpu("10000:3b:00.0")])
    #expect(offered(plan).isEmpty)
    #expect(plan.leftOut.first?.because == "Nova knows no PCI domain above FFFF")
  }

  @Test func oneFunctionOfASharedGroupIsNotOfferedAlone() throws {
    let plan = try plan([Fixture.gpu { $0.companions = ["0000:3b:00.1"] }])
    #expect(offered(plan).isEmpty)
    #expect(
      plan.leftOut.first?.because
        == "goes together with 0000:3b:00.1, and Nova hands functions out one by one")
  }

  @Test func whatTheHostUsesIsTakenOnlyOnTheSitesWord() throws {
    let card = Fixture.gpu { $0.remarks = ["pci.host_driver_bound"] }
    #expect(try plan([card]).leftOut.first?.because == "a driver of the host's holds it")
    #expect(try offered(plan([card], entry: "    take_from_host: true")) == ["0000:3b:00.0"])
  }

  @Test(arguments: ["required", "socket"])
  func aNUMAPolicyThatRefusesUnknownNodesLeavesThemOut(_ policy: String) throws {
    let card = Fixture.gpu { $0.numaNode = nil }
    let strict = try plan([card], entry: "    numa_policy: \(policy)")
    #expect(offered(strict).isEmpty)
    #expect(strict.leftOut.first?.next == "update the BIOS, or numa_policy: preferred for h200")
    for lenient in ["preferred", "legacy"] {
      #expect(try offered(plan([card], entry: "    numa_policy: \(lenient)")).count == 1)
    }
    #expect(try plan([card]).offers.first?.traits.contains("CUSTOM_HOSTCAP_NUMA_KNOWN") == false)
  }

  // MARK: PF and VFs

  private func vfSite(_ entries: String) throws -> Site {
    try Fixture.site("release: {openstack: \"2026.2\"}\ndevices:\n\(entries)")
  }

  private var card: [DeviceRecord] {
    var parent = DeviceRecord(address: "0000:c1:00.0", kind: "network", state: .ready)
    (parent.vendor, parent.device, parent.type) = ("15b3", "101d", .physical)
    return [parent, Fixture.vf("0000:c1:00.2"), Fixture.vf("0000:c1:00.3")]
  }

  @Test func neverAPhysicalFunctionAndItsVirtualOnes() throws {
    let site = try vfSite(
      """
        - {alias: whole, match: {id: "15b3:101d"}}
        - {alias: vf, match: {id: "15b3:101e"}}
      """)
    let plan = try #require(Fixture.plan(site, Fixture.host(devices: card)).hosts.first)
    #expect(offered(plan) == ["0000:c1:00.2", "0000:c1:00.3"])
    #expect(plan.leftOut.first?.because == "its VFs are offered, and Nova takes a PF or its VFs")
  }

  /// nova-compute does not start where VFs of one PF differ in class or traits.
  @Test func oneResourceClassForAllVFsOfAPF() throws {
    let site = try vfSite(
      """
        - {alias: one, match: {model: special}}
        - {alias: other, match: {id: "15b3:101e"}}
      """)
    var devices = card
    devices[1].model = "special"
    let plan = try #require(Fixture.plan(site, Fixture.host(devices: devices)).hosts.first)
    #expect(offered(plan) == ["0000:c1:00.2"])
    #expect(plan.leftOut.map(\.subject) == ["0000:c1:00.3"])
  }

  @Test func theFirstEntryThatSuitsHasTheDevice() throws {
    let site = try vfSite(
      """
        - {alias: first, match: {kind: gpu, model: NVIDIA H200}}
        - {alias: second, match: {kind: gpu}}
      """)
    let plan = Fixture.plan(site, Fixture.host())
    #expect(plan.aliases.map(\.policy.alias) == ["first"])
    #expect(plan.warnings.map(\.subject) == ["second"])
  }

  /// The same card is type-PF or type-PCI by a BIOS switch, and an alias has one type.
  @Test func anAliasHasOneDeviceType() throws {
    let site = try Fixture.gpuSite()
    let off = Fixture.gpu { $0.type = .pci }
    let plan = Fixture.plan(
      site, Fixture.host("a"), Fixture.host("b"), Fixture.host("c", devices: [off]))
    #expect(plan.aliases.map(\.type) == [.physical])
    #expect(plan.aliases.first?.count == 2)
    #expect(plan.hosts.last?.leftOut.first?.because == "is type-PCI to Nova, and h200 is type-PF")
    // Of equally many the whole card is meant.
    #expect(
      Fixture.plan(site, Fixture.host("a"), Fixture.host("c", devices: [off])).aliases.map(\.type) == [
        .physical
      ])
  }

  @Test func aVFThatNVIDIAServesStaysUnmanaged() throws {
    let vf = Fixture.gpu { ($0.type, $0.remarks) = (.virtual, ["pci.managed_no", "pci.host_driver_bound"]) }
    #expect(try plan([vf]).offers.first?.isUnmanaged == true)
  }

  @Test func aGuestOffersNothing() throws {
    let site = try Fixture.gpuSite()
    for (environment, because) in [
      ("guest", "is a guest itself"), ("unknown", "whether it is a machine or a guest is not known"),
    ] {
      let plan = Fixture.plan(site, Fixture.host(environment: environment))
      #expect(plan.hosts.first?.leftOut == [LeftOut("host", because)])
      #expect(plan.hosts.first?.traits.isEmpty == true)
      #expect(plan.hosts.first?.withdrawnTraits == HostTraits.all)
    }
  }

  @Test func aHostThatTheSiteKeepsBackOffersNothing() throws {
    let site = try Fixture.gpuSite("hosts: {compute-1: {offer: false}, typo: {}}")
    let plan = Fixture.plan(site, Fixture.host())
    #expect(plan.hosts.first?.isEmpty == true)
    #expect(plan.warnings.map(\.subject) == ["h200", "typo"])
  }

  @Test func manyLikeProvidersAreWarnedOfWhereFlavorsAskForSeveral() throws {
    let cards = (0x10..<0x1c).map { Fixture.gpu("0000:\(String($0, radix: 16)):00.0") }
    func warnings(_ count: Int) throws -> [String] {
      let site = try Fixture.site(
        """
        release: {openstack: "2026.2"}
        devices: [{alias: h200, match: {kind: gpu}, flavors: [{cpus: 4, ram_gib: 16, count: \(count)}]}]
        """)
      return Fixture.plan(site, Fixture.host(devices: cards)).warnings.map(\.subject)
    }
    #expect(try warnings(4) == ["h200 on compute-1"])
    #expect(try warnings(1).isEmpty)
  }

  /// An A16 and an A2 have one id, and a request for the one would get the other.
  @Test(arguments: [true, false]) func withoutPlacementLikeDevicesHaveOneAlias(_ isInPlacement: Bool) throws {
    let site = try Fixture.site(
      """
      release: {openstack: "2026.2"}
      pci_in_placement: \(isInPlacement)
      devices: [{alias: a2, match: {model: NVIDIA A2}}, {alias: a16, match: {model: NVIDIA A16}}]
      """)
    let a16 = Fixture.gpu("0000:25:00.0") { ($0.device, $0.model) = ("25b6", "NVIDIA A16") }
    let a2 = Fixture.gpu("0000:3b:00.0") { ($0.device, $0.model) = ("25b6", "NVIDIA A2") }
    let plan = Fixture.plan(site, Fixture.host("a", devices: [a16]), Fixture.host("b", devices: [a2]))
    #expect(plan.aliases.map(\.policy.alias) == (isInPlacement ? ["a2", "a16"] : ["a2"]))
    #expect(plan.hosts.first?.leftOut.map(\.subject) == (isInPlacement ? [] : ["0000:25:00.0"]))
  }
}

/// A report's own words, read back.
@Suite struct DeviceRecordTests {
  @Test func whatTheReportCallsCapableOfConfidentialComputingIs() throws {
    let golden = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Golden/JSON/devices.json")
    let bytes = Array(try Data(contentsOf: golden))
    let host = try #require(try HostRecord.records(bytes, name: "n1", path: "devices.json")?.first)
    let card = try #require(host.devices.first { $0.address == "0000:17:00.0" })
    #expect(card.model == "NVIDIA H200")
    #expect(card.isCCCapable)
    #expect(host.physicalFunctions.map(\.total).reduce(0, +) == 79)
    #expect(host.remarks.contains { $0.kind == .contradiction && $0.reason == "pci.link-width" })
  }
}
