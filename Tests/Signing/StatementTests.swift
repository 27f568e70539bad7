// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import HostModel
import Planning
import Testing

@testable import Signing

/// What is stated of a report, and what is not taken for such a statement.
@Suite struct StatementTests {
  private func verified(_ text: [UInt8]) throws -> VerifiedStatement {
    try VerifiedStatement(envelope: text, keys: [SigningFixture.key().publicKey])
  }

  @Test func aStatementSaysWhatTheReportAndTheProviderSay() throws {
    let statement = try verified(SigningFixture.envelope())
    #expect(statement.statement == (try SigningFixture.statement()))
    #expect(statement.subject == "report.json")
    #expect(statement.isAbout(SigningFixture.report()))
    #expect(!statement.isAbout(SigningFixture.report() + [0x0a]))
    #expect(statement.capabilities == ["amd.sev-snp": .ready, "iommu": .unknown])
    #expect(statement.hardwareClass == "Example Rack 1, Genoa")
    #expect(statement.provider == "acme" && statement.layer == .host && statement.release == "2026.2-rc1")
    #expect(statement.observedAt.description == "2026-11-26T10:00:00Z")
    #expect(statement.signedAt == SigningFixture.now)
  }

  @Test func thePayloadIsCanonical() throws {
    let digest = Hexadecimal.digest(SigningFixture.report())
    let wanted =
      #"{"_type":"https://in-toto.io/Statement/v1","predicate":{"capabilities":{"amd.sev-snp":"ready","iommu":"unknown"},"#
      + #""class":"Example Rack 1, Genoa","collector":{"name":"hostcap","version":"0.1.0"},"layer":"host","#
      + #""observedAt":"2026-11-26T10:00:00Z","provider":"acme","release":"2026.2-rc1","schemaVersion":"1.0.0","#
      + #""signedAt":"2026-11-26T12:00:00Z"},"predicateType":"https://hostcap.scs.community/attestation/report/v1","#
      + #""subject":[{"digest":{"sha256":"\#(digest)"},"name":"report.json"}]}"#
    #expect(String(decoding: try SigningFixture.statement().payload, as: UTF8.self) == wanted)
  }

  @Test(arguments: ["guest", "unknown"]) func aGuestHasNoClassUnlessOneIsGiven(_ kind: String) throws {
    let report = SigningFixture.report(environment: kind)
    #expect(try SigningFixture.statement(of: report).hardwareClass == nil)
    var addition = ReportStatement.Addition()
    addition.hardwareClass = "c2.large"
    let given = try ReportStatement(about: report, addition, now: SigningFixture.now)
    #expect(given.hardwareClass == "c2.large")
  }

  @Test func whatCannotBeStatedIsNotSigned() throws {
    func refusal(_ report: [UInt8]) -> String? {
      do { _ = try SigningFixture.statement(of: report) } catch { return "\(error)" }
      return nil
    }
    #expect(refusal(SigningFixture.report(observedAt: "null"))?.hasPrefix("does not say when") == true)
    #expect(refusal(SigningFixture.report(observedAt: "\"yesterday\""))?.contains("observedAt") == true)
    #expect(
      refusal(SigningFixture.report(observedAt: "\"2026-11-26T12:15:01Z\""))?.contains("from the future")
        == true)
    #expect(refusal(SigningFixture.report(observedAt: "\"2026-11-26T12:15:00Z\"")) == nil)
    #expect(refusal(SigningFixture.report(product: "Rack\\u001b[2J"))?.contains("control character") == true)
    #expect(refusal(SigningFixture.report(product: "Rack\\u202e1"))?.contains("control character") == true)
    #expect(refusal(Array("{}".utf8))?.hasPrefix("is no host's report") == true)
    #expect(refusal(Array("[1]".utf8))?.hasPrefix("is no host's report") == true)
    #expect(refusal([])?.hasPrefix("is no host's report") == true)
  }

  /// A payload that is signed, but is another thing or says something else.
  @Test(arguments: [
    ("https://in-toto.io/Statement/v1", "https://in-toto.io/Statement/v0.1", "._type"),
    (ReportStatement.predicateType, "https://slsa.dev/provenance/v1", ".predicateType"),
    ("\"ready\"", "\"certainly\"", "holds no known value"), ("\"host\"", "\"moon\"", ".layer"),
    ("10:00:00Z", "10:00:00+01:00", ".observedAt"), ("12:00:00Z", "25:00:00Z", ".signedAt"),
    ("\"sha256\"", "\"sha1\"", "has no sha256"), ("\"acme\"", "\"a/b\"", "the provider"),
    ("2026.2-rc1", "", "the release"), ("Genoa", "Genoa\\u001b[2J", "the class"),
    ("\"iommu\"", "\"io mmu\"", "a capability"), ("\"schemaVersion\"", "\"x\"", "has no schemaVersion"),
    ("\"subject\":[", "\"subject\":[{\"name\":\"a\",\"digest\":{\"sha256\":\"b\"}},", ".subject"),
  ])
  func anotherStatementIsRefused(_ old: String, _ new: String, _ reason: String) throws {
    let payload = String(decoding: try SigningFixture.statement().payload, as: UTF8.self)
    #expect(payload.contains(old))
    let changed = payload.replacingOccurrences(of: old, with: new)
    let refusal = try SigningFixture.refusal(SigningFixture.envelope(Array(changed.utf8)))
    #expect(refusal?.contains(reason) == true, "\(refusal ?? "taken")")
  }

  @Test func aPayloadOfAnotherTypeIsRefusedThoughItIsSigned() throws {
    let envelope = try SigningFixture.envelope(SigningFixture.statement().payload, of: "application/json")
    #expect(
      try SigningFixture.refusal(envelope) == "holds \"application/json\", not application/vnd.in-toto+json")
  }

  @Test func whatIsNotKnownIsPassedOver() throws {
    let payload = String(decoding: try SigningFixture.statement().payload, as: UTF8.self)
    let more = payload.replacingOccurrences(of: "\"collector\"", with: "\"later\":{\"a\":[1]},\"collector\"")
    #expect(try SigningFixture.refusal(SigningFixture.envelope(Array(more.utf8))) == nil)
  }

  @Test func bothTimesCount() throws {
    func refusal(_ now: String, age: Int? = nil) throws -> String? {
      let freshness = Freshness(now: UTCTime(now) ?? .epoch, maximumAge: age)
      do { try verified(SigningFixture.envelope()).check(freshness) } catch { return "\(error)" }
      return nil
    }
    #expect(try refusal("2026-11-26T12:00:00Z") == nil)
    #expect(try refusal("2036-11-26T12:00:00Z") == nil, "any age, if none is asked for")
    #expect(try refusal("2026-11-26T11:45:00Z") == nil)
    #expect(try refusal("2026-11-26T11:44:59Z")?.contains("from the future: signed at") == true)
    #expect(try refusal("2026-11-26T13:00:00Z", age: 3 * 3600) == nil)
    #expect(try refusal("2026-11-26T13:00:01Z", age: 3 * 3600)?.contains("too old: observed") == true)
    // A report that was signed anew is as old as it is; one that was signed long ago may have been taken back.
    let late = try SigningFixture.envelope(
      SigningFixture.statement(at: UTCTime("2026-12-24T10:00:00Z") ?? .epoch).payload)
    let freshness = Freshness(now: UTCTime("2026-12-24T10:00:00Z") ?? .epoch, maximumAge: 7 * 86_400)
    #expect(throws: SigningFault.self) { try verified(late).check(freshness) }
  }

  @Test func nothingIsSignedBeforeItWasSeen() throws {
    let payload = String(decoding: try SigningFixture.statement().payload, as: UTF8.self)
      .replacingOccurrences(of: "2026-11-26T12:00:00Z", with: "2026-11-26T09:00:00Z")
    let statement = try verified(SigningFixture.envelope(Array(payload.utf8)))
    #expect(throws: SigningFault.self) { try statement.check(Freshness(now: SigningFixture.now)) }
  }
}
