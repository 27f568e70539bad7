// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Interop
import Planning
import Testing

struct FleetComparisonTests {
  private func compare(_ before: [HostRecord], _ after: [HostRecord]) -> FleetComparison {
    FleetComparison(
      before: .init(before, release: .newest), after: .init(after, release: .newest),
      titles: DrawnFleet.titles)
  }

  private func count(_ comparison: FleetComparison, _ change: FleetComparison.Change) -> Int {
    comparison.lines.filter { $0.change == change }.reduce(0) { $0 + $1.hosts }
  }

  @Test func aFleetHasNotChangedAgainstItself() {
    var random = SystemRandomNumberGenerator()
    let hosts = DrawnFleet.hosts(6, &random)
    let comparison = compare(hosts, hosts.reversed())
    #expect(comparison.lines.allSatisfy { $0.change == .unchanged })
    #expect(
      count(comparison, .unchanged) == 6 * DrawnFleet.ids.count,
      "each capability of each host is counted once")
  }

  @Test func whoeverIsNoLongerSeenIsNeitherLostNorReady() {
    var random = SystemRandomNumberGenerator()
    for _ in 0..<50 {
      let hosts = DrawnFleet.hosts(5, &random)
      let silent = [hosts.map(\.expired), Array(hosts.dropLast(2)), []]
      for after in silent {
        let comparison = compare(hosts, after)
        #expect(
          count(comparison, .lost) == 0 && count(comparison, .ready) == 0 && count(comparison, .seen) == 0)
      }
      #expect(count(compare(hosts.map(\.expired), hosts), .ready) == 0, "what was not known was not missing")
    }
  }

  @Test func whatIsLostOneWayIsReadyTheOther() {
    var random = SystemRandomNumberGenerator()
    for _ in 0..<50 {
      let (one, other) = (DrawnFleet.hosts(5, &random), DrawnFleet.hosts(5, &random))
      let (there, back) = (compare(one, other), compare(other, one))
      #expect(count(there, .lost) == count(back, .ready))
      #expect(count(there, .unknown) == count(back, .seen))
    }
  }

  @Test func aReleaseAloneMakesCapabilitiesReady() throws {
    var random = SystemRandomNumberGenerator()
    let hosts = DrawnFleet.hosts(20, &random)
    let comparison = FleetComparison(
      before: .init(hosts, release: .named("2026.1")), after: .init(hosts, release: .named("2026.2")),
      titles: DrawnFleet.titles)
    let snp = hosts.count { $0.capabilities["amd.sev-snp"]?.state == .ready }
    let ready = comparison.lines.filter { $0.change == .ready && $0.capability == "amd.sev-snp" }
    #expect(ready.reduce(0) { $0 + $1.hosts } == snp)
    #expect(count(comparison, .lost) == 0)
  }

  @Test func aReleaseNoteNamesNoHostAndTheSameOneTheSame() {
    var random = SystemRandomNumberGenerator()
    for _ in 0..<30 {
      let comparison = compare(DrawnFleet.hosts(5, &random), DrawnFleet.hosts(5, &random))
      let note = ReleaseNote(comparison, slug: "rc1")
      #expect(!note.text.contains("secret"))
      #expect(note == ReleaseNote(comparison, slug: "rc1"))
      let digits = note.fileName.dropFirst(4).dropLast(5)
      #expect(note.fileName.hasPrefix("rc1-") && note.fileName.hasSuffix(".yaml"))
      #expect(digits.count == 16 && digits.allSatisfy(\.isHexDigit))
    }
  }

  @Test func wordsOfAReportAreNotRepeated() {
    var random = SystemRandomNumberGenerator()
    let host = DrawnFleet.host(1, &random)
    var spoken = HostRecord(
      name: "a", observedAt: host.observedAt, environment: "bareMetal",
      capabilities: [
        "amd.sev": CapabilityRecord(state: .ready, title: "SEV on secret-7", cause: nil),
        "secret.capability": CapabilityRecord(state: .ready, title: "secret", cause: nil),
      ], facts: ["machine.vendor": .text("Rack\n\u{202e}7")], devices: [])
    spoken.provider = "acme"
    let comparison = compare([], [spoken])
    #expect(comparison.lines.map(\.capability) == ["amd.sev"])
    let text = ReleaseNote(comparison, slug: "x").text
    #expect(!text.contains("secret") && !text.contains("\u{202e}"))
    #expect(comparison.lines.allSatisfy { !$0.hardwareClass.contains("\n") })
  }
}
