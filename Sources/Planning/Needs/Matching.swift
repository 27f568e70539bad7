// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

/// Who gets what, where each thing serves one demand: as many as can be served, and what an earlier demand has got is never
/// given up for a later one, though a thing may be changed for another.
///
/// Shortest augmenting paths over demands, which are few, and without recursion, for things may be a hundred thousand.
/// Source: J. Edmonds and R. M. Karp, Theoretical improvements in algorithmic efficiency for network flow problems, 1972.
struct Matching {
  /// By thing: the demand that has it.
  private(set) var owners: [Int?]
  /// By demand: things that it has.
  private(set) var counts: [Int]

  init(things: Int, demands: Int) {
    owners = Array(repeating: nil, count: things)
    counts = Array(repeating: 0, count: demands)
  }

  /// Gives each demand, in order, up to as many as it wants.
  ///
  /// - Parameter suits: by demand, the things that would do, the best first.
  mutating func fill(_ suits: [[Int]], wanted: [Int]) {
    // A thing that has an owner keeps having one: what was passed need not be looked at again.
    var next = Array(repeating: 0, count: suits.count)
    for demand in suits.indices {
      while counts[demand] < wanted[demand], augment(demand, suits, &next) {}
    }
  }

  /// One thing more for a demand, perhaps by way of others'; `false`: there is none, and will be none.
  private mutating func augment(_ demand: Int, _ suits: [[Int]], _ next: inout [Int]) -> Bool {
    // By demand: the one that would take this one's thing, and which.
    var taker: [Int: (demand: Int, thing: Int)] = [:]
    var seen: Set<Int> = [demand]
    let holders = Set(counts.indices.filter { counts[$0] > 0 })
    var queue = [demand]
    var head = 0
    while head < queue.count {
      let current = queue[head]
      head += 1
      if let thing = free(current, suits, &next) {
        give(thing, to: current, taker)
        counts[demand] += 1
        return true
      }
      // Once everybody who has anything is in the queue, the rest of a long list tells nothing new.
      for thing in suits[current] {
        if holders.isSubset(of: seen) { break }
        guard let owner = owners[thing], seen.insert(owner).inserted else { continue }
        taker[owner] = (current, thing)
        queue.append(owner)
      }
    }
    return false
  }

  private func free(_ demand: Int, _ suits: [[Int]], _ next: inout [Int]) -> Int? {
    while next[demand] < suits[demand].count {
      let thing = suits[demand][next[demand]]
      if owners[thing] == nil { return thing }
      next[demand] += 1
    }
    return nil
  }

  /// The last demand of a path gets the free thing, and lets go of one for the demand before it, and so on to the first.
  private mutating func give(_ thing: Int, to demand: Int, _ taker: [Int: (demand: Int, thing: Int)]) {
    owners[thing] = demand
    var current = demand
    while let step = taker[current] {
      owners[step.thing] = step.demand
      current = step.demand
    }
  }
}
