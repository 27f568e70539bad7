// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import CanonicalJSON
import HostModel
import Planning
import Testing

@testable import Compliance

/// What the testcases come to on hosts that are drawn.
struct RunTests {
  static let states: [RecordedState] = [.ready, .blocked, .absent, .unknown, .notApplicable]
  static let capabilities = [
    "amd.sev", "amd.sev-es", "amd.sev-snp", "intel.tdx", "intel.sgx", "ibm.secure-execution",
  ]

  private func host(_ number: Int, _ random: inout some RandomNumberGenerator) -> HostRecord {
    var capabilities: [String: CapabilityRecord] = [:]
    for id in Self.capabilities {
      let state = Self.states.randomElement(using: &random) ?? .unknown
      let reasons = ["bios.smee_off", "<b>secret-host-7</b>", nil]
      let cause = CauseRecord(
        because: "secret-host-7", reason: reasons.randomElement(using: &random) ?? nil, fix: nil,
        fixKind: "bios")
      capabilities[id] = CapabilityRecord(state: state, title: id, cause: state == .ready ? nil : cause)
    }
    let devices = (0..<Int.random(in: 0...3, using: &random)).map { slot in
      DeviceRecord(
        address: "0000:0\(slot):00.0", kind: ["gpu", "vf", "network"].randomElement(using: &random) ?? "gpu",
        state: Self.states.randomElement(using: &random) ?? .unknown)
    }
    return HostRecord(
      name: "secret-host-\(number)", observedAt: "2026-11-26T00:00:00Z", environment: "bareMetal",
      capabilities: capabilities, facts: [:], devices: devices)
  }

  private func run(_ hosts: [HostRecord], _ release: OpenStackRelease? = .newest) throws -> ComplianceRun {
    let at = try #require(UTCTime("2026-11-26T12:00:00Z"))
    return ComplianceRun(
      [], in: try ComplianceScope(), on: ComplianceEvidence(hosts: hosts, release: release, at: at))
  }

  @Test func losingWhatIsKnownOfAHostOnlyEndsInNotKnowing() throws {
    var random = SystemRandomNumberGenerator()
    for _ in 0..<300 {
      let hosts = (0...3).map { host($0, &random) }
      let lost = Int.random(in: 0...3, using: &random)
      let (whole, less) = (
        try run(hosts), try run(hosts.enumerated().map { $0 == lost ? $1.expired : $1 })
      )
      for (id, result) in less.results where id != "hostcap-reports-fresh" {
        let before = whole.results[id]
        #expect(result == before || result == 0, "\(id) was \(before ?? 9), is \(result)")
      }
    }
  }

  @Test func theOrderOfHostsDoesNotMatterAndMoreHostsLoseNothing() throws {
    var random = SystemRandomNumberGenerator()
    for _ in 0..<100 {
      let hosts = (0...3).map { host($0, &random) }
      let all = try run(hosts)
      #expect(all == (try run(hosts.reversed())))
      for (id, result) in try run(Array(hosts.dropLast())).results where result == 1 {
        #expect(all.results[id] == 1)
      }
    }
  }

  @Test func nothingOfAReportItselfIsOnALine() throws {
    var random = SystemRandomNumberGenerator()
    for _ in 0..<100 {
      let run = try run((0...3).map { host($0, &random) })
      for line in run.output + run.errors {
        for secret in ["secret", "0000:", "<"] { #expect(!line.contains(secret), "\(line)") }
      }
      #expect(run.output.count == run.results.count)
      #expect(run.count(of: "warning") == run.results.values.count { $0 != 1 })
    }
  }

  @Test func withoutHostsOrAReleaseNothingIsSaidOfThem() throws {
    #expect(try run([]).results.values.allSatisfy { $0 == 0 })
    var random = SystemRandomNumberGenerator()
    let results = try run([host(1, &random)], nil).results
    #expect(results["hostcap-sev-cloud"] == 0)
  }

  @Test func aReleaseThatCannotStartSuchGuestsFailsWhateverTheHostsAre() throws {
    var random = SystemRandomNumberGenerator()
    let results = try run([host(1, &random)], .named("2026.1")).results
    #expect(results["hostcap-sev-snp-cloud"] == -1)
    #expect(results["hostcap-tdx-cloud"] == -1)
  }

  @Test func anIdThatIsNotKnownIsAbortedAndOneAskedTwiceIsAnsweredOnce() throws {
    let at = try #require(UTCTime("2026-11-26T12:00:00Z"))
    var random = SystemRandomNumberGenerator()
    let run = ComplianceRun(
      ["hostcap-new", "hostcap-sev-host", "hostcap-new"], in: try ComplianceScope(),
      on: ComplianceEvidence(hosts: [host(1, &random)], release: nil, at: at))
    #expect(run.testcases == ["hostcap-new", "hostcap-sev-host"])
    #expect(run.results["hostcap-new"] == 0)
  }

  @Test func theSameAnswersGiveTheSameReportAndOthersAnotherUUID() throws {
    let at = try #require(UTCTime("2026-11-26T12:00:00Z"))
    let scope = try ComplianceScope()
    func report(_ subject: String) throws -> ComplianceReport {
      ComplianceReport(try run([]), in: scope, subject: subject, release: "2026.2", at: at)
    }
    #expect(try report("acme").yaml == report("acme").yaml)
    func uuid(_ report: ComplianceReport) -> JSONValue? {
      guard case .object(let top) = report.json, case .object(let run)? = top["run"] else { return nil }
      return run["uuid"]
    }
    #expect(try uuid(report("acme")) != nil)
    #expect(try uuid(report("acme")) != uuid(report("zeta")))
  }

  @Test func aWorkersReportIsNoneOfAHost() throws {
    var random = SystemRandomNumberGenerator()
    for _ in 0..<50 {
      let hosts = (0...2).map { host($0, &random) }
      let worker = HostRecord(
        name: "worker", observedAt: "2026-11-26T00:00:00Z", environment: "guest",
        capabilities: ["amd.sev-snp": CapabilityRecord(state: .ready, title: "", cause: nil)], facts: [:],
        devices: [])
      #expect(try run(hosts + [worker]) == run(hosts))
      #expect(try run([worker]).results.values.allSatisfy { $0 == 0 })
    }
  }

  @Test func aMachineThatIsPerhapsNonePassesNothing() throws {
    var random = SystemRandomNumberGenerator()
    for _ in 0..<50 {
      let drawn = host(1, &random)
      let perhaps = HostRecord(
        name: "a", observedAt: drawn.observedAt, environment: "unknown", capabilities: drawn.capabilities,
        facts: [:],
        devices: drawn.devices)
      #expect(try run([perhaps]).results.values.allSatisfy { $0 != 1 })
    }
  }

  @Test(arguments: ["", "a b", "A", "a:b", "a\nb", "a\u{301}"]) func whatIsNoIdIsNone(_ text: String) {
    #expect(!ComplianceRun.isID(text))
  }
}
