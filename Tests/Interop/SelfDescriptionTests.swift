// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import CanonicalJSON
import HostModel
import Interop
import Planning
import Testing

struct SelfDescriptionTests {
  private func site(isPublic: Bool = true) -> Site {
    var site = Site(release: .newest)
    site.confidential = [.sev, .sevSNP, .tdx].map { encryption in
      ConfidentialPolicy(encryption, flavors: [FlavorSize(cpus: 2, ramGiB: 2, isPublic: isPublic)])
    }
    return site
  }

  private func text(_ hosts: [HostRecord], _ site: Site, since: [String: String] = [:]) throws -> String {
    let plan = Planner.plan(hosts, for: site)
    let description = SelfDescription(
      plan, provider: "Acme", proofs: [], since: since, titles: DrawnFleet.titles, models: [],
      at: try DrawnFleet.moment())
    var bytes: [UInt8] = []
    description.json.write(into: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test func howManyHostsThereAreCannotBeTold() throws {
    var random = SystemRandomNumberGenerator()
    for _ in 0..<20 {
      let one = DrawnFleet.host(1, &random)
      let many = (0..<9).map { one.renamed("secret-copy-\($0)") }
      let text = try text([one], site())
      #expect(try text == self.text(many, site()))
      #expect(!text.contains("secret"))
    }
  }

  @Test func onlyWhatIsReadyNowIsPromised() throws {
    var random = SystemRandomNumberGenerator()
    for _ in 0..<50 {
      let host = DrawnFleet.host(1, &random)
      let text = try text([host], site())
      for id in DrawnFleet.ids {
        #expect(text.contains("\"\(id)\"") == (host.capabilities[id]?.state == .ready), "\(id) \(text)")
      }
      #expect(try !self.text([host.expired], site()).contains("\"id\""), "nothing of an old report")
    }
  }

  @Test func aFlavorThatNotEverybodySeesIsNotNamed() throws {
    var random = SystemRandomNumberGenerator()
    var host = DrawnFleet.host(1, &random)
    while !host.isReady("amd.sev-snp") { host = DrawnFleet.host(1, &random) }
    let (open, closed) = (try text([host], site()), try text([host], site(isPublic: false)))
    #expect(open.contains("\"public\"") && open.contains("cc-snp"))
    #expect(closed.contains("\"onRequest\"") && !closed.contains("cc-snp"))
  }

  @Test func sinceIsWhatTheStoreRemembersElseTheReportsDay() throws {
    var random = SystemRandomNumberGenerator()
    var host = DrawnFleet.host(1, &random)
    while !host.isReady("amd.sev-snp") { host = DrawnFleet.host(1, &random) }
    #expect(try text([host], site()).contains("\"since\": \"2026-11-26\""))
    #expect(
      try text([host], site(), since: ["amd.sev-snp": "2026-03-01T10:00:00Z"]).contains(
        "\"since\": \"2026-03-01\""))
  }
}
