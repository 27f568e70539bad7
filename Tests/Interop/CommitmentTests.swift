// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Documents
import HostModel
import Planning
import Tape
import Testing

@testable import Interop

struct CommitmentTests {
  static let digest = String(repeating: "ab", count: 32)

  private func read(_ lines: String) throws -> [Commitment] {
    try Commitment.all(
      Document(parsing: Array("commitments:\n\(lines)".utf8), path: "c.yaml"),
      capabilities: ["amd.sev", "amd.sev-snp", "intel.tdx"])
  }

  private func promise(_ layer: String = "host", closed: String = "[\(digest)]") throws -> Commitment {
    try #require(
      try read(
        """
          - {provider: acme, layer: \(layer), release: "2026.2-rc1", class: "Rack 1, Genoa",
             capabilities: [amd.sev, amd.sev-snp], made: "2026-11-20", due: "2026-12-15",
             closed_by: \(closed)}
        """
      ).first)
  }

  private func evidence(
    provider: String = "acme", digest: String = digest, layer: Demand.Layer? = .host,
    release: String? = "2026.2-rc1",
    hardwareClass: String? = "Rack 1, Genoa", at: String = "2026-11-26T00:00:00Z", signed: String? = nil,
    _ states: [String: RecordedState] = ["amd.sev": .ready, "amd.sev-snp": .blocked]
  ) throws -> CommitmentEvidence {
    CommitmentEvidence(
      provider: provider, digest: digest, layer: layer, release: release, hardwareClass: hardwareClass,
      observedAt: try #require(UTCTime(at)), signedAt: try #require(UTCTime(signed ?? at)),
      capabilities: states)
  }

  private func state(
    _ promise: Commitment, _ evidence: [CommitmentEvidence], at: String = "2026-11-27T00:00:00Z"
  )
    throws -> Commitment.State
  {
    CommitmentStanding(promise, on: evidence, at: try #require(UTCTime(at))).state
  }

  @Test func aSignedReportOfJustThatKeepsThePromiseWhateverWasFound() throws {
    let standing = CommitmentStanding(try promise(), on: [try evidence()], at: try DrawnFleet.moment())
    #expect(standing.state == .kept)
    #expect(standing.found == ["amd.sev": .ready, "amd.sev-snp": .blocked])
    #expect(standing.objections.isEmpty)
  }

  @Test func anythingElseLeavesItOpen() throws {
    let others = [
      try evidence(provider: "zeta"), try evidence(digest: String(repeating: "cd", count: 32)),
      try evidence(layer: .iaas), try evidence(layer: nil), try evidence(release: "2026.2"),
      try evidence(release: nil),
      try evidence(hardwareClass: "Rack 2, Genoa"), try evidence(hardwareClass: nil),
      try evidence(at: "2026-11-28T00:00:00Z"),
      try evidence(at: "2026-11-19T23:59:59Z"), try evidence(signed: "2026-11-28T00:00:00Z"),
      try evidence(["amd.sev": .ready]),
      try evidence(["amd.sev": .ready, "amd.sev-snp": .unknown]),
      try evidence(["amd.sev": .ready, "amd.sev-snp": .notApplicable]),
    ]
    for other in others { #expect(try state(promise(), [other]) == .open, "\(other)") }
    #expect(try state(promise(), others) == .open, "all of them together")
    #expect(try state(promise(), others + [evidence()]) == .kept, "they do no harm")
  }

  @Test func pastItsDayWhatIsOpenIsOverdueAndWhatIsKeptIsKept() throws {
    let promise = try promise()
    #expect(try state(promise, [], at: "2026-12-15T23:59:59Z") == .open, "the day itself counts")
    #expect(try state(promise, [], at: "2026-12-16T00:00:00Z") == .overdue)
    #expect(try state(promise, [evidence()], at: "2027-12-16T00:00:00Z") == .kept)
  }

  @Test(arguments: [Demand.Layer.iaas, .kaas]) func aGuestKeepsItByWhatItSeesItself(_ layer: Demand.Layer)
    throws
  {
    let promise = try promise(layer.rawValue)
    let ofHost = try evidence(layer: layer, ["amd.sev": .ready, "amd.sev-snp": .ready])
    #expect(try state(promise, [ofHost]) == .open, "what a guest says of hosts is nothing")
    let ofGuest = try evidence(layer: layer, ["guest.amd.sev": .ready, "guest.amd.sev-snp": .ready])
    #expect(try state(promise, [ofGuest]) == .kept)
  }

  @Test func twoReportsMayKeepOnePromise() throws {
    let second = String(repeating: "cd", count: 32)
    let promise = try promise(closed: "[\(Self.digest), \"sha256:\(second)\"]")
    let both = [try evidence(["amd.sev": .ready]), try evidence(digest: second, ["amd.sev-snp": .absent])]
    #expect(try state(promise, both) == .kept)
    #expect(try state(promise, [both[0]]) == .open)
  }

  @Test func ofTwoHostsThatDifferTheOneThatCannotHasTheSay() throws {
    let second = String(repeating: "cd", count: 32)
    let states: [RecordedState] = [.ready, .blocked]
    for (one, other) in [(states[0], states[1]), (states[1], states[0])] {
      let standing = CommitmentStanding(
        try promise(closed: "[\(Self.digest), \(second)]"),
        on: [
          try evidence(["amd.sev": .ready, "amd.sev-snp": one]),
          try evidence(digest: second, ["amd.sev-snp": other]),
        ], at: try DrawnFleet.moment())
      #expect(standing.found["amd.sev-snp"] == .blocked)
    }
  }

  @Test func aFileWithoutPromisesIsNone() {
    #expect(throws: InputError.self) { try read("  []") }
  }

  @Test(arguments: [
    ("  - {provider: a}", 2), ("  - {provider: a, surprise: b}", 2), ("  - 7", 2),
    (
      "  - {provider: a, layer: moon, release: r, class: c, capabilities: [amd.sev], made: \"2026-11-20\", due: \"2026-12-15\"}",
      2
    ),
    (
      "  - {provider: a, layer: host, release: r, class: c, capabilities: [amd.svm], made: \"2026-11-20\", due: \"2026-12-15\"}",
      2
    ),
    (
      "  - {provider: a, layer: host, release: r, class: c, capabilities: [], made: \"2026-11-20\", due: \"2026-12-15\"}",
      2
    ),
    (
      "  - {provider: a, layer: host, release: r, class: c, capabilities: [amd.sev], made: \"2026-11-20\", due: \"soon\"}",
      2
    ),
    (
      "  - {provider: a, layer: host, release: r, class: c, capabilities: [amd.sev], made: \"2026-11-20\", due: \"2026-12-15\", closed_by: [ab]}",
      2
    ),
  ])
  func whatIsNoPromiseIsRefusedWithItsLine(_ text: String, _ line: Int) throws {
    let refusal = #expect(throws: InputError.self) { try read(text) }
    #expect(refusal?.line == line)
  }

  @Test func theTemplateIsAFileOfPromises() throws {
    let document = try Document(parsing: Array(Commitment.template.utf8), path: "c.yaml")
    let all = try Commitment.all(document, capabilities: ["amd.sev", "amd.sev-snp"])
    #expect(all.count == 1 && all[0].closedBy.isEmpty)
  }
}
