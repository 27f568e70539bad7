// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Fleet
import HostModel
import Planning
import Tables
import Testing

@Suite struct AdmissionTests {
  private let admission = Admission(now: FleetFixture.now, maximumAge: 7 * 86_400)

  private func reason(_ text: String, of machine: String = "acme/r1/n1") -> Refusal.Reason? {
    do {
      _ = try admission.admit(FleetFixture.delivery(text, of: machine))
      return nil
    } catch { return error.reason }
  }

  @Test func aReportOfAKnownHostAndASensibleTimeIsLetIn() throws {
    let text = FleetFixture.report()
    let report = try admission.report(FleetFixture.delivery(text))
    #expect(report.host.description == "acme/r1/n1")
    #expect(report.observedAt == "2026-11-26T10:00:00Z")
    #expect(report.bytes == Array(text.utf8))
    #expect(report.digest == Digest.hex(Array(text.utf8)))
  }

  @Test(arguments: [
    (FleetFixture.report(schemaVersion: "2.0.0"), Refusal.Reason.schemaVersion),
    (FleetFixture.report(nil), .noTime), (FleetFixture.report("2026-11-26T12:15:01Z"), .future),
    (FleetFixture.report("2026-11-19T11:59:59Z"), .tooOld), (FleetFixture.report("yesterday"), .notAReport),
    (FleetFixture.report("2026-11-26"), .notAReport),
    (FleetFixture.report("2026-02-30T00:00:00Z"), .notAReport),
    (FleetFixture.report(.some("2026-11-26T10:00:00Z"), ["iommu": "fine"]), .notAReport),
    ("{}", .notAReport), ("[]", .notAReport), ("7", .notAReport), (#"{"schemaVersion":1}"#, .notAReport),
    (#"{"machine":"a/b/c","report":[]}"#, .notAReport), (String(FleetFixture.report().dropLast()), .notJSON),
    (FleetFixture.report() + " {}", .notJSON),
    (FleetFixture.report().replacing(#""pci":{"#, with: #""pci":{"units":[],"#), .duplicateKey),
    (
      FleetFixture.report().replacing(
        "[]", with: String(repeating: "[", count: 70) + String(repeating: "]", count: 70)), .tooDeep
    ),
    (FleetFixture.report(gpus: 1).replacing(#"["0000:10:00.0"]"#, with: #"["0000:*:*.*"]"#), .notAReport),
  ])
  func everythingElseIsRefusedWithItsReason(_ text: String, _ wanted: Refusal.Reason) {
    #expect(reason(text) == wanted, "\(text.prefix(300))")
  }

  /// SQLite ends a text at the first zero: a class would become another one's.
  @Test func controlCharactersDoNotComeIn() {
    let text = FleetFixture.report()
    #expect(reason(text.replacing("Genoa", with: "Genoa\\u0000x")) == .notAReport)
    #expect(reason(text.replacing("6.12", with: "\\u001b]0;x")) == .notAReport)
    let proof =
      #"{"proofVersion":"1.0.0","provider":"acme","class":"Genoa\u0000x","capability":"iommu","provenAt":"2026-11-20T00:00:00Z","means":"x"}"#
    #expect(reason(proof) == .notAReport)
    #expect(reason(proof.replacing("\\u0000x", with: "")) == nil)
  }

  @Test func whatAProofIsWrittenAsIsReadAsTheSame() throws {
    let time = try #require(UTCTime("2026-11-25T09:46:40Z"))
    func document(_ means: String, class name: String = "Rack 1, \"Genoa\"") -> ProofDocument? {
      ProofDocument(
        provider: "acme", hardwareClass: name, capability: "amd.sev-snp", provenAt: time, means: means)
    }
    let long = try #require(document(String(repeating: "é", count: 300)))
    let text = String(decoding: long.line, as: UTF8.self)
    #expect(text.hasSuffix("}\n") && text.count { $0 == "\n" } == 1)
    guard case .proof(let proof) = try admission.admit(FleetFixture.delivery(text)) else {
      Issue.record("no proof")
      return
    }
    #expect((proof.provider, proof.hardwareClass) == ("acme", "Rack 1, \"Genoa\""))
    #expect((proof.capability, proof.provenAt) == ("amd.sev-snp", "2026-11-25T09:46:40Z"))
    #expect(proof.means == String(repeating: "é", count: 200))
    #expect(document("") == nil && document("x", class: "a\u{0}") == nil)
  }

  /// A worker node's report is of a guest: its host ladders are not applicable, and its own are no host's.
  @Test func whatAGuestSeesOfItselfIsNoRowOfTheFleet() throws {
    let text = FleetFixture.report(
      .some("2026-11-26T10:00:00Z"), ["amd.sev-snp": "notApplicable", "guest.amd.sev-snp": "ready"],
      environment: "guest")
    let report = try admission.report(FleetFixture.delivery(text))
    #expect(report.record.capabilities.keys.sorted() == ["amd.sev-snp"])
    #expect(HostFacts(report.record).capabilities.rows.map { $0[0].text } == ["amd.sev-snp"])
  }

  @Test func theEdgesOfTimeAreLetIn() {
    #expect(reason(FleetFixture.report("2026-11-26T12:15:00Z")) == nil)
    #expect(reason(FleetFixture.report("2026-11-19T12:00:00Z")) == nil)
  }

  @Test func bytesThatAreNoTextAreRefused() {
    var bytes = Array(FleetFixture.report().utf8)
    bytes[bytes.count / 2] = 0xff
    let delivery = Delivery(source: "x", machine: "a/b/c", bytes: bytes, isFile: true)
    #expect(throws: Refusal.self) { try admission.admit(delivery) }
    let large = [UInt8](repeating: 0x20, count: Admission.sizeLimit + 1)
    do {
      _ = try admission.admit(Delivery(source: "x", machine: "a/b/c", bytes: large, isFile: true))
      Issue.record("17 MB are let in")
    } catch { #expect(error.reason == .tooLarge) }
  }

  @Test(arguments: [
    "acme/r1/../x", "acme//n1", "acme/r1/.hidden", "acme/r1/n 1", "acme/r1/<b>", "/n1", "a/b/",
  ])
  func aHostWithoutAProperNameIsRefused(_ machine: String) {
    #expect(reason(FleetFixture.report(), of: machine) == .identity)
  }

  @Test func aLinesOwnMachineCounts() throws {
    let inner = FleetFixture.report()
    let text = #"{"report":\#(inner),"machine":"zeta/r9/n7"}"#
    let report = try admission.report(FleetFixture.delivery(text, of: ""))
    #expect(report.host.description == "zeta/r9/n7")
    #expect(report.bytes == Array(inner.utf8), "the digest is of the report alone")
  }

  @Test func partsThatNobodyNamesAreSaid() {
    #expect(HostIdentity(path: "n1")?.description == "local/default/n1")
    #expect(HostIdentity(path: "acme/n1", region: "r2")?.description == "acme/r2/n1")
    #expect(HostIdentity(path: "run-3/acme/r1/n1")?.description == "acme/r1/n1")
    #expect(HostIdentity(path: String(repeating: "x", count: 201)) == nil)
  }
}
