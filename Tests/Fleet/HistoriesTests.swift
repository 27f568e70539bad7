// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Fleet
import HostModel
import Tables
import Testing

@Suite struct HistoriesTests {
  /// What pages of hosts are drawn from is what the query answers, which other engines answer too.
  @Test func theyAreWhatTheQueryAnswers() throws {
    let admission = Admission(now: FleetFixture.now)
    var generator = SystemRandomNumberGenerator()
    let query = try #require(Query.named("history"))
    var rows = 0
    for _ in 0..<20 {
      let place = try FleetFixture.Place()
      for day in 10...26 where Bool.random(using: &generator) {
        let states = ["ready", "blocked", "unknown"]
        let report = FleetFixture.report(
          "2026-11-\(day)T00:00:00Z",
          [
            "amd.sev-snp": states.randomElement(using: &generator) ?? "",
            Bool.random(using: &generator) ? "iommu" : "amd.sme": "ready",
          ], kernel: "6.\(Int.random(in: 1...2, using: &generator))")
        try place.write(report, to: "in/\(day)/acme/r\(Int.random(in: 1...2, using: &generator))/n1.json")
      }
      let store = try Store()
      var ingest = Ingest(into: store, through: admission)
      try ingest.take(Deliveries(["\(place.path)/in"]))
      for capability in ["", "iommu"] {
        var scope = Scope(at: FleetFixture.now)
        scope.capability = capability
        let wanted = try store.answers([query], in: scope)[0].rows.map { $0.map(\.text) }
        let histories = try store.histories(in: scope)
        let hosts = ["acme/r1/n1", "acme/r2/n1"].compactMap { HostIdentity(path: $0) }
        let got = hosts.flatMap { host in
          histories.of(host).map {
            [
              host.provider, host.region, host.name, $0.capability, $0.from, $0.to, $0.state, $0.layer,
              $0.reason,
              $0.because,
            ]
          }
        }
        #expect(got == wanted)
        rows += got.count
      }
    }
    #expect(rows > 0)
  }
}
