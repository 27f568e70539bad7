// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import GRDB
import Tables

/// How many hosts have which devices, and how many of them are in which state: the rows of three views.
struct DeviceCounts {
  /// Of hosts that each have such a device, and of the devices.
  private struct Count {
    var hosts: Int64 = 0
    var total: Int64 = 0
    /// By a state's place among `states`.
    var units = [Int64](repeating: 0, count: DeviceCounts.states.count)
    /// The last stock that was counted for it: a stock's devices come one after the other.
    private var stock = -1

    mutating func add(_ number: Int64, _ state: Int?, of hosts: Int64, stock: Int) throws(DatabaseError) {
      if self.stock != stock {
        self.hosts = try Int64.sum(self.hosts, hosts)
        self.stock = stock
      }
      total = try Int64.sum(total, number)
      if let state { units[state] = try Int64.sum(units[state], number) }
    }
  }

  private struct CardKey: Hashable { let provider: Int, card: Int64 }
  private struct StopKey: Hashable { let thing, cause: Int64 }
  private struct Outcome {
    let cause: Int64
    /// state, layer, reason, fix_kind, fix.
    let words: [DatabaseValue]
    let state: Int?
    let stops: Bool
  }

  /// A row of a set.
  private struct Line { let product, outcome, units: Int64 }

  private static let states = ["ready", "blocked", "absent", "unknown", "notApplicable"]

  private var products: [Int64: Count] = [:]
  private var cards: [CardKey: Count] = [:]
  private var stops: [StopKey: Count] = [:]
  private var words: [Int64: [DatabaseValue]] = [:]
  private let providers: [Cell]

  init(of hosts: HostGroups, _ database: Database) throws {
    providers = hosts.providers
    let outcomes = try Self.outcomes(database)
    let names = try Self.names(database)
    var stocks: [Int64: [Int]] = [:]
    for (place, stock) in hosts.stocks.enumerated() { stocks[stock.devices, default: []].append(place) }
    var (set, lines): (Int64, [Line]) = (FactNumber.nothing, [])
    func close() throws {
      for place in stocks[set] ?? [] {
        let stock = hosts.stocks[place]
        for line in lines {
          guard let outcome = outcomes[stock.isExpired ? 1 : 0][line.outcome] else { continue }
          try add(line, outcome, names[line.product], stock, place)
        }
      }
    }
    try SetRows.each(.deviceSet, of: Set(stocks.keys), database) { row in
      if row[0] != set {
        try close()
        (set, lines) = (row[0], [])
      }
      lines.append(Line(product: row[1], outcome: row[2], units: row[3]))
    }
    try close()
  }

  private mutating func add(
    _ line: Line, _ outcome: Outcome, _ name: (card: Int64, thing: Int64)?, _ stock: HostGroups.Stock,
    _ place: Int
  ) throws {
    let number = try Int64.product(line.units, stock.hosts)
    try products[line.product, default: Count()].add(number, outcome.state, of: stock.hosts, stock: place)
    guard let name else { return }
    try cards[CardKey(provider: stock.provider, card: name.card), default: Count()]
      .add(number, outcome.state, of: stock.hosts, stock: place)
    guard outcome.stops else { return }
    words[outcome.cause] = outcome.words
    try stops[StopKey(thing: name.thing, cause: outcome.cause), default: Count()]
      .add(number, nil, of: stock.hosts, stock: place)
  }

  /// Of reports that count, and of expired ones.
  private static func outcomes(_ database: Database) throws -> [[Int64: Outcome]] {
    var outcomes: [[Int64: Outcome]] = [[:], [:]]
    let rows = try GRDB.Row.fetchCursor(
      database,
      sql: "SELECT expired, outcome, cause, state, layer, reason, fix_kind, fix FROM device_verdict")
    while let row = try rows.next() {
      let (expired, state): (Int, String) = (row[0], row[3])
      outcomes[expired][row[1]] = Outcome(
        cause: row[2], words: (3..<8).map { row[$0] }, state: states.firstIndex(of: state),
        stops: ["blocked", "unknown"].contains(state))
    }
    return outcomes
  }

  /// By product: the smallest number of those that are the same card, and of those that are told of as one.
  private static func names(_ database: Database) throws -> [Int64: (card: Int64, thing: Int64)] {
    var names: [Int64: (card: Int64, thing: Int64)] = [:]
    let rows = try GRDB.Row.fetchCursor(
      database,
      sql: """
        SELECT product, MIN(product) OVER (PARTITION BY kind, id, model, memory_gib) AS card,
               MIN(product) OVER (PARTITION BY kind, id) AS thing
        FROM device_product
        """)
    while let row = try rows.next() { names[row[0]] = (row[1], row[2]) }
    return names
  }

  func rows(_ view: CountedView) -> [[DatabaseValue]] {
    func values(_ numbers: [Int64]) -> [DatabaseValue] { numbers.map(\.databaseValue) }
    return switch view {
    case .products: products.map { values([$0, $1.hosts, $1.total] + $1.units) }
    case .cards:
      cards.map { key, count in
        // ready, blocked and unknown.
        [providers[key.provider].databaseValue]
          + values([key.card, count.hosts, count.total, count.units[0], count.units[1], count.units[3]])
      }
    case .stops:
      stops.map { key, count in
        values([key.thing, key.cause]) + (words[key.cause] ?? []) + values([count.hosts, count.total])
      }
    case .part, .held, .classes: []
    }
  }
}
