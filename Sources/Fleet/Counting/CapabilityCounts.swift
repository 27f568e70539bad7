// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import GRDB

/// How many hosts state each fact about capabilities.
struct CapabilityCounts {
  let hosts: HostGroups
  /// Numbers of facts; below a fact is its place in here.
  private(set) var facts: [Int64] = []
  /// The sets' facts, one set's after the other's, and where each set's are.
  private var members: [Int32] = []
  private var places: [Int64: Range<Int>] = [:]

  init(of hosts: HostGroups, _ database: Database) throws {
    self.hosts = hosts
    var known: [Int64: Int32] = [:]
    var (set, start) = (FactNumber.nothing, 0)
    try SetRows.each(.capabilitySet, of: Set(hosts.groups.map(\.capabilities)), database) { row in
      let number: Int64 = row[0]
      if number != set {
        places[set] = start..<members.count
        (set, start) = (number, members.count)
      }
      let fact: Int64 = row[2]
      if let place = known[fact] {
        members.append(place)
      } else {
        let place = Int32(facts.count)
        known[fact] = place
        facts.append(fact)
        members.append(place)
      }
    }
    places[set] = start..<members.count
  }

  private func said(_ group: HostGroups.Group) -> ArraySlice<Int32> {
    members[places[group.capabilities] ?? 0..<0]
  }

  /// Groups by some place of theirs.
  private func groups(by place: KeyPath<HostGroups.Group, Int>, count: Int) -> [[Int]] {
    var all = [[Int]](repeating: [], count: count)
    for (index, group) in hosts.groups.enumerated() { all[group[keyPath: place]].append(index) }
    return all
  }

  /// The rows of the view `held`.
  func held(_ body: ([DatabaseValue]) throws -> Void) throws {
    var counts = [Int64](repeating: 0, count: facts.count)
    var times = [(newest: String, since: String)](repeating: ("", ""), count: facts.count)
    for (part, groups) in zip(hosts.parts, groups(by: \.part, count: hosts.parts.count)) {
      var stated: [Int] = []
      for group in groups.lazy.map({ hosts.groups[$0] }) {
        for fact in said(group) {
          let fact = Int(fact)
          if counts[fact] == 0 {
            stated.append(fact)
            times[fact] = (group.newest, group.since)
          } else {
            if times[fact].newest < group.newest { times[fact].newest = group.newest }
            if group.since < times[fact].since { times[fact].since = group.since }
          }
          counts[fact] += group.hosts
        }
      }
      for fact in stated {
        try body([
          part.number.databaseValue, facts[fact].databaseValue, counts[fact].databaseValue,
          times[fact].newest.databaseValue, times[fact].since.databaseValue,
        ])
        counts[fact] = 0
      }
    }
  }

  /// The rows of the view `class_count`.
  func classes(_ verdicts: Verdicts, _ body: ([DatabaseValue]) throws -> Void) throws {
    let rules = hosts.parts.map { verdicts.rules[$0.rule] ?? [] }
    // Hosts, proven, usable, and the four states.
    let width = 7
    var counts = [Int64](repeating: 0, count: verdicts.capabilities.count * width)
    for (name, groups) in zip(hosts.classes, groups(by: \.hardwareClass, count: hosts.classes.count)) {
      for group in groups.lazy.map({ hosts.groups[$0] }) {
        let rule = rules[group.part]
        if rule.isEmpty { continue }
        for fact in said(group) {
          guard let verdict = rule[Int(fact)] else { continue }
          let start = verdict.capability * width
          counts[start] += group.hosts
          if verdict.isProven { counts[start + 1] += group.hosts }
          if verdict.isUsable { counts[start + 2] += group.hosts }
          if let state = verdict.state { counts[start + 3 + state] += group.hosts }
        }
      }
      for (place, capability) in verdicts.capabilities.enumerated() {
        let row = counts[(place * width)..<((place + 1) * width)]
        if row.first == 0 { continue }
        try body([name.databaseValue, capability.databaseValue] + row.map(\.databaseValue))
      }
      for place in counts.indices { counts[place] = 0 }
    }
  }
}
