// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Foundation
import HostModel
import Testing

@testable import Signing

/// What a file is, whose it is and how old it is.
@Suite struct SignableFileTests {
  private func compliance(_ subject: String = "acme", _ time: String = "2026-11-22 11:13:50.910139") -> String
  {
    "spec: {uuid: u, name: n, url: u}\nchecked_at: \(time)\nsubject: \(subject)\nrun: {uuid: x, invocations: {}}\n"
  }

  private func file(_ text: String) -> SignableFile { SignableFile(Array(text.utf8)) }

  @Test func aFileIsKnownByWhatIsInIt() {
    let json =
      #"{"spec":{"uuid":"u"},"checked_at":"2026-11-22T11:20:00","subject":"s","run":{"uuid":"x"}}"#
    #expect(file(compliance()).namespace == "report")
    #expect(file("---\n\(compliance())---\n\(compliance("zeta"))").namespace == "report")
    #expect(file(json).namespace == "report")
    #expect(SignableFile(SigningFixture.report()).namespace == "hostcap-report@scs.community")
    for other in [
      "", "{}", "[]", "hello", "a: b\n", "{\"schemaVersion\":\"1.0.0\"}", "- \(json)", "\u{0}", "%YAML 3\n",
      "---\n\(compliance())---\na: b\n", "---\n\(compliance())---\n", compliance() + "subject: zeta\n",
      compliance("acme", "yesterday"), compliance("[acme]"), compliance("\"a\\u001b\""), compliance("7"),
      json.replacingOccurrences(of: "\"run\"", with: "\"ran\""),
      json.replacingOccurrences(of: "\"subject\"", with: "\"subject\":\"t\",\"subject\""),
    ] {
      #expect(file(other).namespace == nil, "\(other)")
    }
  }

  @Test func everyDocumentHasToHold() throws {
    let both = file("---\n\(compliance())---\n\(compliance("zeta", "2026-11-01 00:00:00Z"))")
    #expect(throws: SigningFault("has the subject \"zeta\", not \"acme\"")) {
      try both.check(subject: "acme")
    }
    #expect(throws: SigningFault.self) { try both.check(subject: "zeta") }
    try file("\(compliance())---\n\(compliance())").check(subject: "acme")
    let week = Freshness(now: SigningFixture.now, maximumAge: 7 * 86_400)
    #expect(throws: SigningFault.self) { try both.check(week) }
    try file(compliance()).check(week)
    #expect(throws: SigningFault.self) { try SignableFile(SigningFixture.report()).check(subject: "acme") }
    #expect(throws: SigningFault.self) { try file("hello").check(week) }
    try file("hello").check(Freshness(now: SigningFixture.now))
  }

  @Test(arguments: [
    ("2026-11-22T10:00:00Z", "2026-11-22T10:00:00Z", true),
    ("2026-11-22t10:00:00.5z", "2026-11-22T10:00:00Z", true),
    ("2026-11-22 10:00:00.910139+01:00", "2026-11-22T09:00:00Z", true),
    ("2026-11-22 10:00:00 -5", "2026-11-22T15:00:00Z", true),
    ("2026-11-22 10:00:00-03:30", "2026-11-22T13:30:00Z", true),
    ("2026-11-22 14:00:00", "2026-11-22T00:00:00Z", false),
    ("2026-11-22T11:20:00", "2026-11-21T21:20:00Z", false),
    ("2026-11-22", "2026-11-21T10:00:00Z", false),
  ])
  func aTimeWithoutAZoneIsTheEarliestThatItCanMean(_ text: String, _ earliest: String, _ hasZone: Bool) throws
  {
    let time = try #require(StatedTime(text))
    #expect(time.earliest.description == earliest)
    #expect(time.hasZone == hasZone)
    #expect(time.description == text)
  }

  @Test(arguments: [
    "", "2026", "2026-11-22 ", "2026-11-22T", "2026-11-22 10:00", "2026-13-22", "2026-11-22 24:00:00Z",
    "2026-11-22 10:00:00.", "2026-11-22 10:00:00+", "2026-11-22 10:00:00+15", "2026-11-22 10:00:00+1:99",
    "2026-11-22 10:00:00 CET", "2026-11-22 10:00:00Z ", "２０２６-11-22", "2026-11-22 10:00:00+01:00:00",
  ])
  func anythingElseIsNoTime(_ text: String) { #expect(StatedTime(text) == nil) }

  @Test func theFutureIsRefusedWhateverTheZone() throws {
    let now = Freshness(now: UTCTime("2026-11-22T10:00:00Z") ?? .epoch)
    try file(compliance("acme", "2026-11-22 10:15:00Z")).check(now)
    #expect(throws: SigningFault.self) { try file(compliance("acme", "2026-11-22 10:15:01Z")).check(now) }
    // Noon in Berlin is ten in Greenwich in summer; the day after tomorrow is tomorrow nowhere.
    try file(compliance("acme", "2026-11-22 12:00:00")).check(now)
    #expect(throws: SigningFault.self) { try file(compliance("acme", "2026-11-23 00:15:01")).check(now) }
  }
}
