// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

/// Components of many hosts, each once, with how many there are and on how many hosts.
struct FleetParts: Sendable {
  struct Total: Sendable {
    /// `nil`: no report says how many its host has.
    var quantity: Int?
    var hosts = 0
  }

  private(set) var totals: [Component: Total] = [:]
  private(set) var dependencies: [Component: Set<Component>] = [:]
  private(set) var machines: Set<Component> = []

  /// A host of its own, where hosts are wanted: in place of its model among what the fleet rests on.
  mutating func add(_ host: HostParts, as own: Component? = nil) {
    count(host.machine, 1)
    for (part, quantity) in host.parts { count(part, quantity) }
    if let own {
      count(own, nil)
      machines.insert(own)
      dependencies[own, default: []].insert(host.machine)
      dependencies[own, default: []].formUnion(host.dependencies[host.machine] ?? [])
    } else {
      machines.insert(host.machine)
    }
    for (parent, parts) in host.dependencies { dependencies[parent, default: []].formUnion(parts) }
  }

  private mutating func count(_ part: Component, _ quantity: Int?) {
    var total = totals[part] ?? Total()
    total.hosts += 1
    if let quantity { total.quantity = (total.quantity ?? 0) + quantity }
    totals[part] = total
  }
}
