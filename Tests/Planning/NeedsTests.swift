// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Documents
import Exports
import Planning
import Tape
import Testing

/// Wanted minus there, the cheaper answer first.
@Suite struct NeedsTests {
  private func list(_ text: String, release: String = "2026.2") throws(InputError) -> DemandList {
    let all = "release: {openstack: \"\(release)\"}\ndemands:\n\(text)\n"
    return try DemandList(Document(parsing: Array(all.utf8), path: "demand.yaml"))
  }

  private func needs(_ text: String, _ hosts: [HostRecord], release: String = "2026.2") throws
    -> NeedsAssessment
  {
    NeedsAssessment(try list(text, release: release), on: hosts)
  }

  /// Blocked by one setting, of which forty-one hosts have one cause.
  private func blocked(_ name: String) -> HostRecord { Fixture.host(name, ready: ["iommu"]) }

  @Test func whatIsSwitchedOffIsNotBought() throws {
    let hosts = [Fixture.host("a")] + (1...41).map { blocked("b\($0)") }
    let needs = try needs("  - {name: snp, capability: amd.sev-snp, hosts: 42}", hosts)
    let line = try #require(needs.lines.first)
    #expect(line.usable == ["a"])
    #expect(line.fixes.map(\.count) == [41])
    #expect(line.fixes.first?.remedy.fix == "remove iommu=pt")
    #expect(line.missing == 0)
    #expect(needs.purchase.isEmpty)
    let page = NeedsPage(needs).markdown
    #expect(page.contains("- **41**: remove iommu=pt (reboot, `x`)"))
    #expect(page.hasSuffix("Nothing has to be bought.\n"))
  }

  @Test func aReleaseIsAFixToo() throws {
    let needs = try needs(
      "  - {name: snp, capability: amd.sev-snp, hosts: 1}", [Fixture.host()], release: "2026.1")
    #expect(needs.lines.first?.usable.isEmpty == true)
    #expect(needs.lines.first?.fixes.map(\.remedy.kind) == ["release"])
  }

  @Test func aDeviceServesOneDemandTheEarlierFirst() throws {
    let cards = [Fixture.gpu(), Fixture.gpu("0000:4c:00.0") { $0.model = "NVIDIA L40S" }]
    let host = Fixture.host(devices: cards)
    // Whoever takes any GPU leaves the H200 to the one who needs it.
    let both = try needs(
      """
        - {name: any, devices: 1, match: {kind: gpu}}
        - {name: h200, devices: 1, match: {model: NVIDIA H200}}
      """, [host])
    #expect(both.lines.map(\.usable) == [["compute-1 0000:4c:00.0"], ["compute-1 0000:3b:00.0"]])
    let three = try needs(
      """
        - {name: any, devices: 2, match: {kind: gpu}}
        - {name: h200, devices: 1, match: {model: NVIDIA H200}}
      """, [host])
    #expect(three.lines.map(\.missing) == [0, 1])
    #expect(three.purchase.map(\.count) == [1])
  }

  /// A card is given whole or in parts.
  @Test func aCardWhoseVFsAreWantedIsNotGivenWhole() throws {
    var card = DeviceRecord(address: "0000:c1:00.0", kind: "gpu", state: .blocked)
    (card.vendor, card.device, card.type, card.model) = ("10de", "2331", .physical, "NVIDIA H100")
    card.cause = CauseRecord(because: "", reason: "pci.vfs_enabled", fix: "write 0", fixKind: "config")
    let host = Fixture.host(devices: [card, Fixture.vf("0000:c1:00.2"), Fixture.vf("0000:c1:00.3")])
    let whole = "  - {name: whole, devices: 1, match: {model: NVIDIA H100}}"
    #expect(try needs(whole, [host]).lines.map(\.missing) == [0])
    let both = try needs("  - {name: part, devices: 1, match: {id: \"15b3:101e\"}}\n" + whole, [host])
    #expect(both.lines.map(\.missing) == [0, 1])
    #expect(
      try needs(whole + "\n  - {name: part, devices: 1, match: {id: \"15b3:101e\"}}", [host]).lines.map(
        \.missing) == [1, 0])
  }

  @Test func memoryIsWhatTheTableSays() throws {
    let big = Fixture.gpu { $0.memoryGiB = 141 }
    let nameless = Fixture.gpu("0000:4c:00.0")
    let needs = try needs(
      "  - {name: big, devices: 2, match: {kind: gpu}, memory_gib: 80}",
      [Fixture.host(devices: [big, nameless])])
    #expect(needs.lines.first?.usable == ["compute-1 0000:3b:00.0"])
    #expect(needs.lines.first?.missing == 1)
  }

  @Test func guestsAreAddedUpOverHosts() throws {
    let slots: [String: FactRecord] = ["amd.sev.slots-total": .count(300)]
    let hosts = [
      Fixture.host("a", facts: slots), Fixture.host("b", ready: ["iommu"], facts: slots),
      Fixture.host("c", facts: slots),
    ]
    let line = try #require(needs("  - {name: t, capability: amd.sev, slots: 1000}", hosts).lines.first)
    #expect(line.usableCount == 600)
    #expect(line.fixes.map(\.count) == [300])
    #expect(line.missing == 100)
  }

  @Test func theFewestMachinesAreBought() throws {
    let four = (0..<4).map { Fixture.gpu("0000:\(3 + $0)b:00.0") }
    let hosts = [
      Fixture.host("one", facts: ["machine.product": .text("Small")]),
      Fixture.host("four", facts: ["machine.product": .text("Large")], devices: four),
    ]
    let needs = try needs("  - {name: h200, devices: 14, match: {kind: gpu}}", hosts)
    #expect(needs.lines.first?.missing == 9)
    #expect(needs.purchase.map(\.count) == [3])
    #expect(needs.purchase.first?.hardware.example == "four")
  }

  @Test func aMillionIsCountedNotTriedOneByOne() throws {
    let needs = try needs(
      """
        - {name: snp, capability: amd.sev-snp, hosts: 1000000}
        - {name: h200, devices: 500000, match: {kind: gpu}}
      """, [Fixture.host("a"), Fixture.host("b", devices: [])])
    #expect(needs.lines.map(\.missing) == [999_998, 499_999])
    #expect(needs.purchase.reduce(0) { $0 + $1.count } == 999_998)
  }

  /// Demands that take each other's devices in turn, on a fleet where the way round is long.
  @Test func aLongWayRoundIsFound() throws {
    let cards = (0..<6_000).map { index in
      Fixture.gpu(Self.address(index)) { $0.model = index < 3_000 ? "NVIDIA H200" : "NVIDIA L40S" }
    }
    let needs = try needs(
      """
        - {name: any, devices: 3000, match: {kind: gpu}}
        - {name: h200, devices: 3000, match: {model: NVIDIA H200}}
        - {name: more, devices: 5, match: {kind: gpu}}
      """, [Fixture.host(devices: cards)])
    #expect(needs.lines.map(\.missing) == [0, 0, 5])
  }

  private static func address(_ index: Int) -> String {
    func digits(_ value: Int, _ count: Int) -> String {
      let text = String(value, radix: 16)
      return String(repeating: "0", count: count - text.count) + text
    }
    return "\(digits(index >> 13, 4)):\(digits(index >> 5 & 0xff, 2)):\(digits(index & 0x1f, 2)).0"
  }

  @Test func whatWasNeverSeenIsNotMadeUp() throws {
    let needs = try needs("  - {name: tdx, capability: intel.tdx, hosts: 2}", [Fixture.host()])
    // The fixture's TDX is blocked, and so it is a fix and no purchase.
    #expect(needs.lines.first?.fixes.map(\.count) == [1])
    #expect(needs.lines.first?.isNowhere == true)
    #expect(needs.purchase.isEmpty)
    #expect(
      NeedsPage(needs).markdown.contains("no hardware that does it was seen in this fleet; 1 are missing"))
  }

  @Test func whatNobodyCouldSeeIsLookedAtBeforeAnythingIsBought() throws {
    var card = DeviceRecord(address: "0000:3b:00.0", kind: "gpu", state: .unknown)
    card.cause = CauseRecord(because: "", reason: "source.denied", fix: "run it as root", fixKind: "none")
    let needs = try needs("  - {name: gpu, devices: 1, match: {kind: gpu}}", [Fixture.host(devices: [card])])
    #expect(needs.lines.first?.unknown.map(\.remedy.fix) == ["run it as root"])
    #expect(needs.lines.first?.missing == 1)
  }

  @Test func aPrefixIsARegion() throws {
    let hosts = [Fixture.host("east-1"), Fixture.host("west-1")]
    let needs = try needs("  - {name: snp, capability: amd.sev-snp, hosts: 2, host_prefix: east-}", hosts)
    #expect(needs.lines.first?.usable == ["east-1"])
    #expect(needs.lines.first?.missing == 1)
  }

  @Test func aDemandMayBeForOnePlaceOneLayerAndOneRelease() throws {
    var (here, there) = (Fixture.host("a"), Fixture.host("a"))
    (here.provider, here.region) = ("acme", "r1")
    (there.provider, there.region) = ("acme", "r2")
    let needs = try needs(
      """
        - {name: one, capability: amd.sev-snp, hosts: 1, region: r2, provider: acme}
        - {name: two, capability: amd.sev-snp, hosts: 1, layer: host, release: "2025.1"}
        - {name: three, capability: amd.sev-snp, hosts: 1, provider: zeta}
      """, [here, there], release: "2025.1")
    #expect(needs.lines.map(\.usable) == [[], ["acme/r1/a"], []])
    #expect(needs.lines[0].fixes.map(\.things) == [["acme/r2/a"]], "a release is missing there")
    #expect(needs.lines[2].missing == 1)
    #expect(NeedsPage.words(needs.lines[1].demand) == "hosts with amd.sev-snp; layer host, release 2025.1")
  }

  @Test func whatIsProvenIsGivenFirst() throws {
    var (old, new) = (Fixture.host("a", devices: []), Fixture.host("b"))
    (old.provider, old.region, new.provider, new.region) = ("acme", "r1", "acme", "r1")
    let list = try list("  - {name: snp, capability: amd.sev-snp, hosts: 1}")
    let proof = Proof(provider: "acme", hardwareClass: new.className, capability: "amd.sev-snp")
    let line = try #require(NeedsAssessment(list, on: [old, new], proofs: [proof]).lines.first)
    #expect(line.usable == ["acme/r1/b"])
    #expect(line.provenCount == 1)
    let other = Proof(provider: "zeta", hardwareClass: new.className, capability: "amd.sev-snp")
    #expect(NeedsAssessment(list, on: [old, new], proofs: [other]).lines.first?.provenCount == 0)
  }

  @Test func anExpiredReportServesNobody() throws {
    let needs = try needs(
      """
        - {name: snp, capability: amd.sev-snp, hosts: 1}
        - {name: gpu, devices: 1, match: {kind: gpu}}
      """, [Fixture.host().expired])
    #expect(needs.lines.map(\.missing) == [1, 1])
    #expect(needs.lines.flatMap(\.unknown).allSatisfy { $0.remedy.reason == "report.expired" })
  }

  @Test func spreadsheetsGetNoFormulas() throws {
    let needs = try needs("  - {name: \"=HYPERLINK(1)\", devices: 1, match: {kind: gpu}}", [])
    #expect(NeedsPage(needs).csv.contains("\r\n'=HYPERLINK(1),"))
  }

  @Test func theTemplateIsAListOfDemands() throws {
    let list = try DemandList(Document(parsing: Array(DemandTemplate.text.utf8), path: "demand.yaml"))
    #expect(list.demands.count == 5)
  }

  @Test(arguments: [
    ("  - {name: a, hosts: 1}", "line 3: a needs the key capability"),
    ("  - {name: a, capability: amd.snp, hosts: 1}", "line 3: no capability amd.snp; there are "),
    ("  - {name: a, capability: amd.sev}", "line 3: a needs one of the keys hosts, slots and devices"),
    (
      "  - {name: a, devices: 0, match: {kind: gpu}}",
      "line 3: devices has to be a whole number from 1 to 1000000"
    ),
    (
      "  - {name: a, devices: 1, match: {}}",
      "line 3: match needs one of the keys kind, id, model and device_type"
    ),
    (
      "  - {name: a, capability: amd.sev, hosts: 1, match: {kind: gpu}}",
      "line 3: a is about hosts: match is of devices"
    ),
  ])
  func whatIsWrongIsRefusedWithItsLine(_ text: String, _ message: String) {
    var said: String?
    do throws(InputError) { _ = try list(text) } catch { said = "\(error)" }
    #expect(said?.hasPrefix("demand.yaml: \(message)") == true, "\(said ?? "accepted")")
  }

  /// What a plan would not offer is none to count on.
  @Test func whatAPlanRefusesIsNotUsable() throws {
    let gpu = "  - {name: gpu, devices: 1, match: {kind: gpu}}"
    let companion = Fixture.gpu { $0.companions = ["0000:3b:00.1"] }
    #expect(try needs(gpu, [Fixture.host(devices: [companion])]).lines.first?.usableCount == 0)
    #expect(
      try needs(gpu, [Fixture.host(devices: [Fixture.gpu("10000:3b:00.0")])]).lines.first?.usableCount == 0)
    let guest = try needs(gpu, [Fixture.host(environment: "guest")])
    #expect(guest.lines.first?.missing == 1)
    let held = Fixture.gpu { $0.remarks = ["pci.host_driver_bound"] }
    #expect(
      try needs(gpu, [Fixture.host(devices: [held])]).lines.first?.fixes.map(\.remedy.kind) == ["config"])
  }

  @Test func aGuestsPlaceIsSoldOnce() throws {
    let host = Fixture.host(facts: ["amd.sev.slots-total": .count(200)])
    let both = try needs(
      """
        - {name: a, capability: amd.sev, slots: 150}
        - {name: b, capability: amd.sev, slots: 150}
      """, [host])
    #expect(both.lines.map(\.usableCount) == [150, 50])
    let odd = [-5, Int.max].map { Fixture.host("h\($0)", facts: ["amd.sev.slots-total": .count($0)]) }
    #expect(try needs("  - {name: a, capability: amd.sev, slots: 10}", odd).lines.first?.usableCount == 10)
  }
}
