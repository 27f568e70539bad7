// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import GRDB
import Tables

/// The hosts of the view `reporting`, grouped by what their counts depend on.
struct HostGroups {
  /// As in the view `part`.
  struct Part {
    /// The smallest number of its hosts.
    fileprivate(set) var number: Int64
    /// The number of the part whose verdicts count for it.
    fileprivate(set) var rule: Int64 = 0
    let provider, region, proofClass, freshness, past: Cell

    var isExpired: Bool { freshness == .text("expired") }
    var row: [DatabaseValue] {
      [number.databaseValue] + [provider, region, proofClass, freshness, past].map(\.databaseValue)
        + [rule.databaseValue]
    }
  }

  /// Hosts of a part and a class that say the same of their capabilities.
  struct Group {
    let part, hardwareClass: Int
    let capabilities: Int64
    var hosts: Int64
    /// The last of their reports, and since when the first of them says so.
    var newest, since: String
  }

  /// Hosts of a provider with the same devices.
  struct Stock {
    let provider: Int
    let isExpired: Bool
    let devices: Int64
    var hosts: Int64
  }

  private struct PartKey: Hashable { let provider, region, proofClass, freshness, past: Cell }
  private struct GroupKey: Hashable { let part, hardwareClass: Int, capabilities: Int64 }
  private struct StockKey: Hashable { let provider: Int, isExpired: Bool, devices: Int64 }
  private struct RuleKey: Hashable { let isExpired: Bool, proofClass, provider: Cell }

  private(set) var parts: [Part] = []
  private(set) var classes: [Cell] = []
  private(set) var providers: [Cell] = []
  private(set) var groups: [Group] = []
  private(set) var stocks: [Stock] = []

  private var partPlaces: [PartKey: Int] = [:]
  private var classPlaces: [Cell: Int] = [:]
  private var providerPlaces: [Cell: Int] = [:]
  private var groupPlaces: [GroupKey: Int] = [:]
  private var stockPlaces: [StockKey: Int] = [:]

  /// - Parameter views: to be counted from it: the rest is left out.
  init(for views: Set<CountedView>, _ database: Database) throws {
    let (hasGroups, hasStocks) = (views.contains { !$0.isOfDevices }, views.contains(where: \.isOfDevices))
    let rows = try GRDB.Row.fetchCursor(
      database,
      sql: """
        SELECT provider, freshness, devices\(hasGroups ? ", host, region, proof_class, past, class, observed_at, "
          + "since_at, capabilities" : "") FROM reporting
        """)
    while let row = try rows.next() {
      let (provider, freshness) = (Cell.text(row[0]), Cell.text(row[1]))
      if hasStocks { addStock(provider, isExpired: freshness == .text("expired"), devices: row[2]) }
      guard hasGroups else { continue }
      let key = PartKey(
        provider: provider, region: .text(row[4]), proofClass: .text(row[5]), freshness: freshness,
        past: .text(row[6]))
      addHost(row[3], of: key, class: .text(row[7]), newest: row[8], since: row[9], capabilities: row[10])
    }
    setRules()
    (partPlaces, classPlaces, providerPlaces, groupPlaces, stockPlaces) = ([:], [:], [:], [:], [:])
  }

  private mutating func addHost(
    _ host: Int64, of key: PartKey, class name: Cell, newest: String, since: String, capabilities: Int64
  ) {
    let part = Self.place(key, &partPlaces, &parts) {
      Part(
        number: host, provider: key.provider, region: key.region, proofClass: key.proofClass,
        freshness: key.freshness, past: key.past)
    }
    if host < parts[part].number { parts[part].number = host }
    let hardwareClass = Self.place(name, &classPlaces, &classes) { name }
    let group = Self.place(
      GroupKey(part: part, hardwareClass: hardwareClass, capabilities: capabilities), &groupPlaces, &groups
    ) {
      Group(
        part: part, hardwareClass: hardwareClass, capabilities: capabilities, hosts: 0, newest: newest,
        since: since)
    }
    groups[group].hosts += 1
    if groups[group].newest < newest { groups[group].newest = newest }
    if since < groups[group].since { groups[group].since = since }
  }

  private mutating func addStock(_ name: Cell, isExpired: Bool, devices: Int64) {
    let provider = Self.place(name, &providerPlaces, &providers) { name }
    let key = StockKey(provider: provider, isExpired: isExpired, devices: devices)
    let stock = Self.place(key, &stockPlaces, &stocks) {
      Stock(provider: provider, isExpired: isExpired, devices: devices, hosts: 0)
    }
    stocks[stock].hosts += 1
  }

  /// Where the thing of this key stands; it is added if it is new.
  private static func place<Key: Hashable, Thing>(
    _ key: Key, _ places: inout [Key: Int], _ things: inout [Thing], _ make: () -> Thing
  ) -> Int {
    if let place = places[key] { return place }
    places[key] = things.count
    things.append(make())
    return things.count - 1
  }

  /// The smallest number of the parts whose facts are judged alike.
  private mutating func setRules() {
    let keys = parts.map { part in
      RuleKey(
        isExpired: part.isExpired, proofClass: part.proofClass,
        provider: part.proofClass == .text("") ? .text("") : part.provider)
    }
    let rules = Dictionary(zip(keys, parts.map(\.number)), uniquingKeysWith: min)
    for (place, key) in keys.enumerated() { parts[place].rule = rules[key] ?? parts[place].number }
  }
}
