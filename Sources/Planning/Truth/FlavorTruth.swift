// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

/// What a flavor's SCS name and its encryption come to on one host.
public struct FlavorTruth: Sendable, Hashable {
  public enum Verdict: String, Sendable, CaseIterable {
    /// All that the flavor promises is there.
    case kept
    /// Something is not: the flavor must not reach the host under this name.
    case overstated
    /// Something could not be seen there.
    case unknown
    /// Nova does not put the flavor there: the host lacks the devices or the trait that it asks for.
    case notReached
  }

  public let flavor, host: String
  public let verdict: Verdict
  /// What is not there or not known, in the order of the name; empty: kept.
  public let because: [String]

  /// Of every flavor on every host, in the order of the file and of the hosts. Flavors that promise nothing, for neither
  /// their name nor a `scs:name-vN` is an SCS name and they ask for no encryption, are left out.
  ///
  /// - Parameter site: tells which hosts have the devices of an alias. `nil`: those that have any to give.
  public static func all(
    _ file: FlavorFile, on hosts: [HostRecord], site: Site? = nil
  ) -> [FlavorTruth] {
    let plans = site.map { Planner.plan(hosts, for: $0).hosts }
    return all(file, on: hosts, offers: plans ?? [], release: site?.release)
  }

  static func all(
    _ file: FlavorFile, on hosts: [HostRecord], offers plans: [HostPlan], release: OpenStackRelease?
  ) -> [FlavorTruth] {
    let offers = Dictionary(plans.map { ($0.name, $0) }) { first, _ in first }
    return file.flavors.flatMap { flavor -> [FlavorTruth] in
      let promise = FlavorPromise(flavor)
      guard !promise.isEmpty else { return [] }
      return hosts.sorted { $0.name < $1.name }.map {
        FlavorTruth(flavor.name, promise, $0, offers: offers[$0.name], release: release)
      }
    }
  }

  private init(
    _ flavor: String, _ promise: FlavorPromise, _ host: HostRecord, offers: HostPlan?,
    release: OpenStackRelease?
  ) {
    (self.flavor, self.host) = (flavor, host.name)
    if let why = promise.obstacle(host, offers: offers) {
      (verdict, because) = (.notReached, [why])
      return
    }
    let claims = promise.claims(host, offers: offers, release: release)
    let broken = claims.compactMap { if case .broken(let why) = $0 { why } else { nil } }
    let open = claims.compactMap { if case .open(let why) = $0 { why } else { nil } }
    verdict = !broken.isEmpty ? .overstated : !open.isEmpty ? .unknown : .kept
    because = broken + open
  }
}
