// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Documents
import Exports
import Foundation
import Planning
import Testing

/// The whole plan of a region, as reviewed. HOSTCAP_UPDATE_GOLDEN=1 writes it anew.
@Suite struct RegionTests {
  private static let isUpdating = ProcessInfo.processInfo.environment["HOSTCAP_UPDATE_GOLDEN"] == "1"
  private static let golden = Region.folder.appending(path: "plan")

  @Test func thePlanIsTheReviewedOne() throws {
    let plan = Planner.plan(try Region.hosts(), for: try Region.site())
    let files = PlanFile.files(of: plan, version: "0")
    if Self.isUpdating {
      try? FileManager.default.removeItem(at: Self.golden)
      for file in files {
        let url = Self.golden.appending(path: file.path)
        try FileManager.default.createDirectory(
          at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(file.text.utf8).write(to: url)
      }
    }
    for file in files {
      let reviewed = try String(
        decoding: Data(contentsOf: Self.golden.appending(path: file.path)), as: UTF8.self)
      #expect(file.text == reviewed, "\(file.path) differs")
    }
    let stale = try FileManager.default.subpathsOfDirectory(atPath: Self.golden.path).filter { path in
      let about = try FileManager.default.attributesOfItem(atPath: Self.golden.appending(path: path).path)
      return about[.type] as? FileAttributeType == .typeRegular && !files.contains { $0.path == path }
    }
    #expect(stale.isEmpty)
  }

  @Test func theOrderOfReportsIsOfNoAccount() throws {
    let hosts = try Region.hosts()
    let site = try Region.site()
    #expect(Planner.plan(hosts.reversed(), for: site) == Planner.plan(hosts, for: site))
  }

  /// A host that gets worse takes only its own offers along.
  @Test func losingAHostChangesNothingOfTheOthers() throws {
    let hosts = try Region.hosts()
    let site = try Region.site()
    let whole = Planner.plan(hosts, for: site)
    for host in hosts {
      let rest = Planner.plan(hosts.filter { $0.name != host.name }, for: site)
      for kept in rest.hosts {
        #expect(whole.hosts.first { $0.name == kept.name }?.offers == kept.offers)
        #expect(whole.hosts.first { $0.name == kept.name }?.traits == kept.traits)
      }
    }
  }

  @Test func nothingIsOfferedThatIsNotReady() throws {
    for release in OpenStackRelease.all {
      let site = try Region.site { $0.replacing("\"2026.2\"", with: "\"\(release.id)\"") }
      for host in Planner.plan(try Region.hosts(), for: site).hosts {
        for offer in host.offers {
          #expect(host.host.devices.first { $0.address == offer.device.address }?.state == .ready)
        }
        for encryption in host.encryption {
          #expect(host.host.isReady(encryption.capability))
          #expect(encryption.isUsable(in: release))
        }
        #expect(Set(host.traits).isDisjoint(with: host.withdrawnTraits))
        #expect(Set(host.traits).union(host.withdrawnTraits) == Set(HostTraits.all))
      }
    }
  }

  /// The plan's own flavors stand before the lint of their release, and promise nothing that a host does not have.
  @Test(arguments: OpenStackRelease.all) func itsFlavorsAreInOrder(_ release: OpenStackRelease) throws {
    let hosts = try Region.hosts() + [Fixture.host("full", ready: ["amd.sev", "amd.sev-es", "iommu"])]
    let site = try Region.site { $0.replacing("\"2026.2\"", with: "\"\(release.id)\"") }
    let plan = Planner.plan(hosts, for: site)
    // Placement answers a trait that no host ever had with an error, not with no host.
    let required = plan.flavors.flatMap(\.extraSpecs).filter { $0.key.hasPrefix("trait:") }
    let given = Set(plan.hosts.flatMap(\.traits).map { "trait:\($0)" })
    #expect(required.allSatisfy { given.contains($0.key) })
    let files = PlanFile.files(of: plan, version: "0")
    let text = try #require(files.first { $0.path == "flavors/flavors.yaml" }?.text)
    let file = try FlavorFile(Document(parsing: Array(text.utf8), path: "flavors.yaml"))
    #expect(file.flavors.count > 4)
    #expect(FlavorLint.findings(file, release: release).filter { $0.severity == .error }.isEmpty)
    let overstated = FlavorTruth.all(file, on: hosts, site: site).filter { $0.verdict == .overstated }
    #expect(overstated.isEmpty)
  }

  @Test func everyDeploymentGetsTheSameContents() throws {
    let hosts = try Region.hosts()
    func lines(_ deployment: Site.Deployment) throws -> Set<String> {
      let site = try Region.site {
        $0.replacing("deployment: osism", with: "deployment: \(deployment.rawValue)")
      }
      let files = PlanFile.files(of: Planner.plan(hosts, for: site), version: "0")
      return Set(
        files.filter { $0.path.hasSuffix(".conf") }.flatMap { $0.text.split(separator: "\n") }
          .filter { $0.contains(" = ") }.map(String.init))
    }
    let osism = try lines(.osism)
    #expect(osism.count > 10)
    for deployment in [Site.Deployment.kolla, .kayobe, .nova] { #expect(try lines(deployment) == osism) }
  }
}
