// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

/// Wanted minus there: what the fleet can do for each demand, what a fix would add, and only then what to buy.
public struct NeedsAssessment: Sendable, Hashable {
  /// By demand, in the list's order.
  public internal(set) var lines: [Line] = []
  /// What covers all that is still missing; empty: nothing is, or nothing that does it was seen.
  public internal(set) var purchase: [Purchase] = []
  public let list: DemandList
  public let hostCount: Int

  /// One demand's answer. `usable` + `fixes` + `missing` make `wanted`.
  public struct Line: Sendable, Hashable {
    public let demand: Demand
    /// Hosts or devices that serve it now, for nothing else; guests are counted in `usableCount` alone.
    public internal(set) var usable: [String] = []
    public internal(set) var usableCount = 0
    /// Of them, those on hardware that a test guest has shown it on.
    public internal(set) var provenCount = 0
    /// The cheapest first.
    public internal(set) var fixes: [Fix] = []
    public internal(set) var missing = 0
    /// Would serve, as far as anybody could see: to be looked at before anything is bought.
    public internal(set) var unknown: [Fix] = []
    /// Nothing in the fleet shows hardware that does it.
    public internal(set) var isNowhere = false
  }

  /// One fix, and whom it brings in.
  public struct Fix: Sendable, Hashable {
    public let remedy: Supply.Remedy
    public internal(set) var things: [String]
    /// Hosts, devices or guests.
    public internal(set) var count: Int
  }

  /// Machines of a class that works in the fleet.
  public struct Purchase: Sendable, Hashable {
    public let hardware: HardwareClass
    public let count: Int
  }

  public init(_ list: DemandList, on hosts: [HostRecord], proofs: Set<Proof> = []) {
    self.list = list
    let hosts = hosts.sorted { ($0.provider, $0.region, $0.name) < ($1.provider, $1.region, $1.name) }
    hostCount = hosts.count
    lines = list.demands.map { Line(demand: $0) }
    let proven = list.demands.map { demand in
      Set(hosts.filter { demand.isProven(on: $0, proofs) }.map(\.label))
    }
    assign(hosts, proven)
    countSlots(hosts, proven)
    findUnknown(hosts)
    buy(hosts)
  }
}

extension NeedsAssessment {
  /// Things that one wish alone can have, and what each is for each demand.
  private mutating func assign(_ hosts: [HostRecord], _ proven: [Set<String>]) {
    let pool = NeedsPool(list, hosts)
    var usable: [[Int]] = []
    var all: [[Int]] = []
    for (supplies, proven) in zip(pool.supplies, proven) {
      // What is proven first: it is what a demand is best served with.
      let usableNow = (supplies ?? [:]).filter { $0.value == .usable }.map(\.key).sorted()
      let now =
        usableNow.filter { proven.contains(pool.things[$0]) }
        + usableNow.filter { !proven.contains(pool.things[$0]) }
      let fixed = (supplies ?? [:]).compactMap { thing, supply -> (thing: Int, effort: Int)? in
        guard case .fixable(let remedy) = supply else { return nil }
        return (thing, Supply.effort(remedy.kind))
      }
      usable.append(now)
      all.append(now + fixed.sorted { ($0.effort, $0.thing) < ($1.effort, $1.thing) }.map(\.thing))
    }
    let wanted = list.demands.map(\.wanted)
    var matching = Matching(things: pool.things.count, demands: wanted.count)
    matching.fill(usable, wanted: wanted)
    // A card whose VFs are enabled comes last, and only if nobody has one of them.
    let split = pool.splitCards
    matching.fill(all.map { $0.filter { !split.contains($0) } }, wanted: wanted)
    let whole = split.filter { card in (pool.parts[card] ?? []).allSatisfy { matching.owners[$0] == nil } }
    let given = Set(whole.flatMap { pool.parts[$0] ?? [] })
    matching.fill(
      all.map { $0.filter { whole.contains($0) || !split.contains($0) && !given.contains($0) } },
      wanted: wanted)
    for (thing, demand) in matching.owners.enumerated() {
      guard let demand, let supply = pool.supplies[demand]?[thing] else { continue }
      if case .fixable(let remedy) = supply {
        lines[demand].add(remedy, pool.things[thing], 1)
      } else {
        lines[demand].usable.append(pool.things[thing])
        lines[demand].usableCount += 1
        if proven[demand].contains(pool.things[thing]) { lines[demand].provenCount += 1 }
      }
    }
    for index in lines.indices where pool.supplies[index] != nil {
      lines[index].usable.sort()
      lines[index].missing = wanted[index] - matching.counts[index]
    }
  }

  /// Guests need no host of their own: what a host holds is added up, the cheapest fixes first.
  private mutating func countSlots(_ hosts: [HostRecord], _ proven: [Set<String>]) {
    // Kinds of guests share a processor's ASIDs: what one demand has is nobody else's.
    var taken: [String: Int] = [:]
    for index in lines.indices {
      guard case .slots(let capability) = lines[index].demand.subject else { continue }
      let demand = lines[index].demand
      let own = hosts.filter(demand.isAbout).map { host in
        let free = max(0, host.slots(capability) - taken[host.label, default: 0])
        return (host, free, Supply(host, capability, in: demand.release(in: list)))
      }
      var missing = demand.wanted
      for (host, slots, supply) in own where supply == .usable && slots > 0 && missing > 0 {
        let count = min(slots, missing)
        lines[index].usable.append(host.label)
        lines[index].usableCount += count
        if proven[index].contains(host.label) { lines[index].provenCount += count }
        taken[host.label, default: 0] += count
        missing -= count
      }
      let fixed = own.compactMap { host, slots, supply -> (HostRecord, Int, Supply.Remedy)? in
        if case .fixable(let remedy) = supply, slots > 0 { (host, slots, remedy) } else { nil }
      }
      for (host, slots, remedy) in fixed.sorted(by: { Supply.effort($0.2.kind) < Supply.effort($1.2.kind) })
      where missing > 0 {
        let count = min(slots, missing)
        lines[index].add(remedy, host.label, count)
        taken[host.label, default: 0] += count
        missing -= count
      }
      lines[index].missing = missing
    }
  }

  private mutating func findUnknown(_ hosts: [HostRecord]) {
    let pool = NeedsPool(list, hosts)
    for index in lines.indices where lines[index].missing > 0 {
      for (thing, supply) in (pool.supplies[index] ?? [:]).sorted(by: { $0.key < $1.key }) {
        if case .unknown(let remedy) = supply { lines[index].note(remedy, pool.things[thing]) }
      }
      guard case .slots(let capability) = lines[index].demand.subject else { continue }
      for host in hosts where lines[index].demand.isAbout(host) {
        let release = lines[index].demand.release(in: list)
        if case .unknown(let remedy) = Supply(host, capability, in: release) {
          lines[index].note(remedy, host.label)
        }
      }
    }
  }
}

extension NeedsAssessment.Line {
  fileprivate mutating func add(_ remedy: Supply.Remedy, _ thing: String, _ count: Int) {
    Self.add(remedy, thing, count, to: &fixes)
    fixes.sort {
      (Supply.effort($0.remedy.kind), $0.remedy.fix) < (Supply.effort($1.remedy.kind), $1.remedy.fix)
    }
  }

  fileprivate mutating func note(_ remedy: Supply.Remedy, _ thing: String) {
    Self.add(remedy, thing, 1, to: &unknown)
  }

  private static func add(
    _ remedy: Supply.Remedy, _ thing: String, _ count: Int, to fixes: inout [NeedsAssessment.Fix]
  ) {
    if let index = fixes.firstIndex(where: { $0.remedy == remedy }) {
      fixes[index].things.append(thing)
      fixes[index].count += count
    } else {
      fixes.append(NeedsAssessment.Fix(remedy: remedy, things: [thing], count: count))
    }
  }
}
