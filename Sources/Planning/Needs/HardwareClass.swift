// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

/// Machines that are alike, with one of them that works.
public struct HardwareClass: Sendable, Hashable {
  /// Board, processor, and accelerators by model: `Example Rack 1, Genoa, 4 x NVIDIA H200`.
  public let name: String
  /// A host of the fleet that has been seen doing it.
  public let example: String
  let host: HostRecord

  /// Classes of a fleet, by name; the example is the host that serves the most.
  static func all(_ hosts: [HostRecord], _ list: DemandList) -> [HardwareClass] {
    // Where a class was seen is not where it can be bought for.
    let list = DemandList(list, asking: list.demands.map(\.wanted))
    let classes = Dictionary(grouping: hosts, by: \.className).map { name, hosts -> HardwareClass in
      let best = hosts.max { (worth($0, list), $1.name) < (worth($1, list), $0.name) } ?? hosts[0]
      return HardwareClass(name: name, example: best.label, host: best)
    }
    return classes.filter { worth($0.host, list) > 0 }.sorted { $0.name < $1.name }
  }

  /// How many of the demands a host serves as it is.
  private static func worth(_ host: HostRecord, _ list: DemandList) -> Int {
    let pool = NeedsPool(list, [host])
    let things = pool.supplies.reduce(0) { $0 + ($1?.values.filter { $0 == .usable }.count ?? 0) }
    let slots = list.demands.reduce(0) { $0 + $1.slots(of: host, $1.release(in: list)) }
    return things + slots
  }
}

extension Demand {
  /// Guests that a host holds as it is.
  func slots(of host: HostRecord, _ release: OpenStackRelease?) -> Int {
    guard case .slots(let capability) = subject, Supply(host, capability, in: release) == .usable else {
      return 0
    }
    return host.slots(capability)
  }
}

extension HostRecord {
  /// Confidential guests that a host holds in all, as far as a count can be one. Absent: 0.
  public func slots(_ capability: String) -> Int {
    min(max(0, count("\(capability).slots-total") ?? 0), 1 << 20)
  }
}
