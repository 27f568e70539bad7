// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

/// Components of many hosts, each once, with how many there are and on how many hosts.
final class FleetParts {
  /// 0: no report says how many its host has.
  private(set) var quantities: [Component: Int] = [:]
  private(set) var hosts: [Component: Int] = [:]
  private(set) var dependencies: [Component: Set<Component>] = [:]
  private(set) var machines: Set<Component> = []

  /// - Parameter own: a host of its own, where hosts are wanted: in place of its model among what the fleet rests on.
  func add(_ host: HostParts, as own: Component? = nil) {
    count(host.machine, 1)
    for (part, quantity) in host.parts { count(part, quantity) }
    for (parent, parts) in host.dependencies { dependencies[parent, default: []].formUnion(parts) }
    guard let own else {
      machines.insert(host.machine)
      return
    }
    count(own, 0)
    machines.insert(own)
    dependencies[own, default: [host.machine]].formUnion(host.dependencies[host.machine] ?? [])
  }

  private func count(_ part: Component, _ quantity: Int) {
    hosts[part, default: 0] += 1
    quantities[part, default: 0] += quantity
  }
}
