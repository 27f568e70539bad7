// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

/// Who gets what, where each thing serves one wish: a largest matching, in which an earlier wish is never given up for a
/// later one. Source: H. W. Kuhn, The Hungarian method for the assignment problem, 1955: augmenting paths.
struct Matching {
  /// By thing: the wish that has it.
  private(set) var owners: [Int?]
  /// By wish: the thing it has.
  private(set) var things: [Int?] = []

  init(things count: Int) { owners = Array(repeating: nil, count: count) }

  /// One more wish.
  ///
  /// - Parameter suits: the things that would do, the best first, of every wish so far.
  mutating func add(_ suits: [[Int]]) {
    things.append(nil)
    var seen: Set<Int> = []
    _ = augment(things.count - 1, suits, &seen)
  }

  /// Tries again for wishes that have nothing, in order: there may be more things that would do.
  mutating func retry(_ suits: [[Int]]) {
    for wish in things.indices where things[wish] == nil {
      var seen: Set<Int> = []
      _ = augment(wish, suits, &seen)
    }
  }

  private mutating func augment(_ wish: Int, _ suits: [[Int]], _ seen: inout Set<Int>) -> Bool {
    // Free things first: nobody has to move.
    for thing in suits[wish] where owners[thing] == nil && !seen.contains(thing) {
      give(thing, to: wish)
      return true
    }
    for thing in suits[wish] where seen.insert(thing).inserted {
      guard let owner = owners[thing], augment(owner, suits, &seen) else { continue }
      give(thing, to: wish)
      return true
    }
    return false
  }

  private mutating func give(_ thing: Int, to wish: Int) {
    owners[thing] = wish
    things[wish] = thing
  }
}
