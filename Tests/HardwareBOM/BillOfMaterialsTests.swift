// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Advisories
import CanonicalJSON
import Foundation
import HardwareBOM
import HostModel
import Testing

@Suite struct BillOfMaterialsTests {
  static let card = HardwareFunction(
    vendor: 0x10de, device: 0x26b9, subsystemVendor: 0x10de, subsystemDevice: 0x1851, classCode: 0x03_0200,
    driver: "vfio-pci", name: "NVIDIA L40S")

  static func host(
    _ name: String, microcode: String = "0xa0011d5", cards: Int = 2, obstacle: String? = nil,
    at time: String? = nil
  ) -> HardwareHost {
    let facts: [String: Fact.Value] = [
      "machine.vendor": .text("Example Systems"), "machine.product": .text("Rack 1"),
      "cpu.vendor": .text("AuthenticAMD"), "cpu.brand": .text("AMD EPYC 7343 16-Core Processor"),
      "cpu.family": .count(0x19), "cpu.model": .count(1), "cpu.stepping": .count(1),
      "cpu.microcode": .text(microcode),
      "firmware.vendor": .text("Example Firmware"), "firmware.version": .text("3.1"),
      "amd.psp.snp-api": .text("1.55.21"), "kernel.release": .text("6.12.107-amd64"),
      "amd.psp.snp-tcb-components": .list(["bootloader=4", "tee=0", "snp=24", "microcode=213"]),
    ]
    return HardwareHost(
      name: name, observedAt: time, advised: AdvisedHost(KnownFacts(facts), obstacle: obstacle),
      functions: [card: cards])
  }

  /// As a dictionary, the way a reader of JSON sees it.
  func read(_ bill: BillOfMaterials) throws -> [String: Any] {
    var bytes: [UInt8] = []
    bill.json.write(into: &bytes)
    return try #require(try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
  }

  func components(_ bill: [String: Any]) throws -> [[String: Any]] {
    try #require(bill["components"] as? [[String: Any]])
  }

  func property(_ name: String, of component: [String: Any]) -> String? {
    (component["properties"] as? [[String: String]])?.first { $0["name"] == name }?["value"]
  }

  func component(_ function: String, in bill: [String: Any]) throws -> [String: Any] {
    try #require(try components(bill).first { property("cdx:device:function", of: $0) == function })
  }

  @Test func aHostsBillHasProcessorMicrocodeFirmwareAndCardsWithTheirVersions() throws {
    let bill = try read(BillOfMaterials(of: Self.host("compute-1")))
    #expect(bill["specVersion"] as? String == "1.6")
    #expect(try component("microcode", in: bill)["version"] as? String == "0xa0011d5")
    #expect(try component("system firmware", in: bill)["version"] as? String == "3.1")
    #expect(try component("secure processor", in: bill)["version"] as? String == "1.55.21")
    let card = try component("gpu", in: bill)
    #expect(card["name"] as? String == "NVIDIA L40S" && card["type"] as? String == "device")
    #expect(property("cdx:device:quantity", of: card) == "2")
    #expect(try component("driver", in: bill)["type"] as? String == "device-driver")
    let machine = try #require((bill["metadata"] as? [String: Any])?["component"] as? [String: Any])
    #expect(machine["name"] as? String == "Rack 1")
  }

  @Test func theGraphLeadsFromTheMachineToMicrocodeAndDriver() throws {
    let bill = try read(BillOfMaterials(of: Self.host("compute-1")))
    let edges = try #require(bill["dependencies"] as? [[String: Any]])
    func below(_ reference: String?) -> [String] {
      edges.first { $0["ref"] as? String == reference }?["dependsOn"] as? [String] ?? []
    }
    let machine =
      ((bill["metadata"] as? [String: Any])?["component"] as? [String: Any])?["bom-ref"] as? String
    let processor = try component("processor", in: bill)["bom-ref"] as? String
    #expect(below(machine).contains(try #require(processor)))
    #expect(below(processor) == [try #require(try component("microcode", in: bill)["bom-ref"] as? String)])
    let card = try component("gpu", in: bill)["bom-ref"] as? String
    #expect(below(card) == [try #require(try component("driver", in: bill)["bom-ref"] as? String)])
  }

  @Test func theSameHostsGiveTheSameBytesInAnyOrder() {
    let hosts = (1...5).map { Self.host("compute-\($0)", microcode: $0 > 3 ? "0xa0011de" : "0xa0011d5") }
    let bill = BillOfMaterials(ofFleet: hosts, showingHosts: true)
    #expect(BillOfMaterials(ofFleet: hosts.reversed(), showingHosts: true).json == bill.json)
  }

  @Test func theSerialNumberIsAUUIDOfTheContent() throws {
    let one = try read(BillOfMaterials(of: Self.host("compute-1")))["serialNumber"] as? String
    let other =
      try read(BillOfMaterials(of: Self.host("compute-1", microcode: "0xa0011de")))["serialNumber"] as? String
    let form = /urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/
    #expect(try #require(one).wholeMatch(of: form) != nil)
    #expect(one != other)
  }

  @Test func aFleetHasEachVersionOnceWithItsHosts() throws {
    let hosts = (1...41).map { Self.host("compute-\($0)", microcode: $0 > 3 ? "0xa0011de" : "0xa0011d5") }
    let bill = try read(BillOfMaterials(ofFleet: hosts))
    let microcode = try components(bill).filter { property("cdx:device:function", of: $0) == "microcode" }
    #expect(Set(microcode.compactMap { property("hostcap:hosts", of: $0) }) == ["3", "38"])
    let card = try component("gpu", in: bill)
    #expect(property("cdx:device:quantity", of: card) == "82" && property("hostcap:hosts", of: card) == "41")
    #expect(try component("compute host", in: bill)["name"] as? String == "Rack 1")
  }

  @Test func hostsAreNamedOnlyIfThatIsAskedFor() throws {
    let hosts = [Self.host("compute-1"), Self.host("compute-2")]
    var bytes: [UInt8] = []
    BillOfMaterials(ofFleet: hosts).json.write(into: &bytes)
    #expect(!String(decoding: bytes, as: UTF8.self).contains("compute-1"))
    let named = try components(try read(BillOfMaterials(ofFleet: hosts, showingHosts: true)))
    #expect(
      named.compactMap { $0["name"] as? String }.filter { $0.hasPrefix("compute-") }.sorted() == [
        "compute-1", "compute-2",
      ])
  }

  @Test func theTimeIsTheLatestReportsAndThereIsNoneWithoutAReportsTime() throws {
    let hosts = [
      Self.host("a", at: "2026-11-25T00:00:00Z"), Self.host("b", at: "2026-11-26T00:00:00Z"), Self.host("c"),
    ]
    let metadata = try #require(try read(BillOfMaterials(ofFleet: hosts))["metadata"] as? [String: Any])
    #expect(metadata["timestamp"] as? String == "2026-11-26T00:00:00Z")
    let none = try #require(try read(BillOfMaterials(of: Self.host("c")))["metadata"] as? [String: Any])
    #expect(none["timestamp"] == nil)
  }

  @Test func vulnerabilitiesNameTheFirmwareThatTheyAreIn() throws {
    let bill = try read(BillOfMaterials(of: Self.host("compute-1")))
    let all = try #require(bill["vulnerabilities"] as? [[String: Any]])
    let entrySign = try #require(all.first { $0["id"] as? String == "CVE-2024-56161" })
    #expect((entrySign["analysis"] as? [String: String])?["state"] == "exploitable")
    let microcode = try component("microcode", in: bill)["bom-ref"] as? String
    let affects = try #require(entrySign["affects"] as? [[String: Any]])
    #expect(affects.map { $0["ref"] as? String } == [microcode])
    let cacheWarp = try #require(all.first { $0["id"] as? String == "CVE-2023-20592" })
    #expect((cacheWarp["analysis"] as? [String: String])?["state"] == "resolved")
    #expect(cacheWarp["recommendation"] == nil)
    #expect(
      try read(BillOfMaterials(of: Self.host("compute-1"), vulnerabilities: false))["vulnerabilities"] == nil)
  }

  @Test func whatNobodyKnowsIsInTriageAndNeverResolved() throws {
    let bill = try read(BillOfMaterials(of: Self.host("worker", obstacle: "a guest under KVM")))
    let all = try #require(bill["vulnerabilities"] as? [[String: Any]])
    #expect(!all.isEmpty)
    #expect(all.allSatisfy { ($0["analysis"] as? [String: String])?["state"] == "in_triage" })
  }

  @Test func aReportThatSaysNothingIsABillOfAHost() throws {
    let empty = HardwareHost(
      name: nil, observedAt: nil, advised: AdvisedHost(KnownFacts([:]), obstacle: nil), functions: [:])
    let bill = try read(BillOfMaterials(of: empty))
    #expect(try components(bill).isEmpty)
    #expect(
      ((bill["metadata"] as? [String: Any])?["component"] as? [String: Any])?["name"] as? String == "host")
  }
}
