// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

// The smallest purchase of hardware that was seen working.
extension NeedsAssessment {
  /// Purchases that are tried in full; beyond, the class that serves the most is taken again and again.
  private static let searchLimit = 2_000

  mutating func buy(_ hosts: [HostRecord]) {
    let classes = HardwareClass.all(hosts, list)
    let wanted = lines.map(\.missing)
    var rest = wanted
    for index in lines.indices where wanted[index] > 0 {
      // A class of which a hundred would not do it does not do it.
      let alone = wanted.enumerated().map { $0.offset == index ? 1 : 0 }
      let isThere = classes.contains { missing(alone, after: [($0, 1)])[index] == 0 }
      lines[index].isNowhere = !isThere
      if !isThere { rest[index] = 0 }
    }
    guard rest.contains(where: { $0 > 0 }) else { return }
    let counts = exact(rest, classes) ?? greedy(rest, classes)
    purchase = zip(classes, counts).filter { $1 > 0 }.map { Purchase(hardware: $0, count: $1) }
  }

  /// What of each demand is still missing with so many new machines of each class. In a new machine, too, a device
  /// serves one wish.
  func missing(_ wanted: [Int], after machines: [(HardwareClass, Int)]) -> [Int] {
    var left = wanted
    for (hardware, count) in machines {
      for index in left.indices {
        left[index] = max(
          0,
          left[index] - count
            * list.demands[index].slots(of: hardware.host, list.demands[index].release(in: list)))
      }
    }
    let hosts = machines.flatMap { hardware, count in
      (0..<count).map { hardware.host.renamed("\(hardware.host.name)+\($0)") }
    }
    let open = DemandList(list, asking: left)
    let pool = NeedsPool(open, hosts)
    let suits = pool.supplies.map { supplies in
      (supplies ?? [:]).filter { $0.value == .usable }.map(\.key).sorted()
    }
    var matching = Matching(things: pool.things.count, demands: left.count)
    matching.fill(suits, wanted: left)
    for index in left.indices { left[index] -= matching.counts[index] }
    return left
  }

  /// By class, the fewest machines in all; `nil`: too many purchases to try.
  private func exact(_ wanted: [Int], _ classes: [HardwareClass]) -> [Int]? {
    var tried = 0
    for total in 1... {
      for counts in Self.splits(total, over: classes.count) {
        tried += 1
        if tried > Self.searchLimit / max(1, total) { return nil }
        if missing(wanted, after: Array(zip(classes, counts))).allSatisfy({ $0 == 0 }) { return counts }
      }
    }
    return nil
  }

  private func greedy(_ wanted: [Int], _ classes: [HardwareClass]) -> [Int] {
    var counts = Array(repeating: 0, count: classes.count)
    var left = wanted
    while left.contains(where: { $0 > 0 }) {
      let options = classes.indices.map { missing(left, after: [(classes[$0], 1)]) }
      guard let best = options.indices.min(by: { options[$0].reduce(0, +) < options[$1].reduce(0, +) }),
        options[best].reduce(0, +) < left.reduce(0, +)
      else { break }
      // As many at once as all that one of them serves is wanted in full: of a million the rest goes the same way.
      let gains = left.indices.map { left[$0] - options[best][$0] }
      let many = left.indices.filter { gains[$0] > 0 }.map { left[$0] / gains[$0] }.min() ?? 1
      counts[best] += max(1, many)
      left = left.indices.map { max(0, left[$0] - gains[$0] * max(1, many)) }
    }
    return counts
  }

  /// Every way to write a number as a sum of so many, in order.
  private static func splits(_ total: Int, over parts: Int) -> [[Int]] {
    if parts == 0 { return [] }
    if parts == 1 { return [[total]] }
    return (0...total).reversed().flatMap { first in
      splits(total - first, over: parts - 1).map { [first] + $0 }
    }
  }
}

extension DemandList {
  /// The same demands, of other sizes.
  init(_ list: DemandList, asking wanted: [Int]) {
    self.init(release: list.release)
    osism = list.osism
    demands = zip(list.demands, wanted).map { demand, count in
      // New machines are nobody's region yet.
      var open = Demand(demand.name, demand.subject, wanted: count)
      (open.layer, open.release) = (demand.layer, demand.release)
      return open
    }
  }
}
