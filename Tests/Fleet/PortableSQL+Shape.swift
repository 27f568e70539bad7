// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

extension PortableSQL {
  private static let functions: Set<String> = [
    "COUNT", "SUM", "MIN", "MAX", "COALESCE", "SUBSTR", "LENGTH", "ROW_NUMBER", "LAG", "LEAD",
  ]
  /// Words before a parenthesis that call nothing.
  private static let words: Set<String> = [
    "IN", "AND", "OR", "NOT", "ON", "AS", "WHEN", "THEN", "ELSE", "FROM", "JOIN", "WHERE", "EXISTS", "OVER",
    "BY",
    "VALUES", "SELECT", "FILTER", "HAVING", "ALL", "UNION", "EXCEPT", "CASE", "DISTINCT", "WITH", "",
  ]
  private static let aggregates: Set<String> = ["SUM", "MIN", "MAX"]

  /// Functions that all have, with as many arguments as all take.
  var objectionsToCalls: [String] {
    var found: [String] = []
    for index in tokens.indices where at(index + 1) == .sign("(") {
      let name = at(index).word
      if Self.words.contains(name) { continue }
      if !Self.functions.contains(name) {
        // WITH name (columns) AS, and a table's columns.
        found.append("\(name): not everybody's function")
      } else if Self.aggregates.contains(name), arguments(from: index + 2) != 1 {
        found.append("\(name) of several: another function, or none")
      }
    }
    return found
  }

  /// CASE without ELSE is NULL. Inside of an aggregate that is a row which does not count.
  var objectionsToCases: [String] {
    var found: [String] = []
    /// Of each CASE that is open: whether an ELSE was seen, and whether it stands right in an aggregate.
    var open: [(hasElse: Bool, counts: Bool)] = []
    for index in tokens.indices {
      switch at(index).word {
      case "CASE":
        let counts =
          at(index - 1) == .sign("(") && (Self.aggregates.union(["COUNT"])).contains(at(index - 2).word)
        open.append((false, counts))
      case "ELSE": if !open.isEmpty { open[open.count - 1].hasElse = true }
      case "END":
        guard let last = open.popLast() else { continue }
        if !last.hasElse, !last.counts { found.append("CASE without ELSE: NULL") }
      default: continue
      }
    }
    return found
  }

  /// Of each SELECT: sums of no rows, keys of its order, and subqueries without a name.
  var objectionsToSelects: [String] {
    var found: [String] = []
    for index in tokens.indices where at(index).word == "SELECT" {
      let block = self.block(from: index)
      let level = level(block)
      let isGrouped = level.contains { at($0).word == "GROUP" }
      for place in level where Self.aggregates.contains(at(place).word) && at(place + 1) == .sign("(") {
        if !isGrouped, at(end(of: place + 1)).word != "OVER" {
          found.append("\(at(place).word) of no rows: NULL without COALESCE")
        }
      }
      if let order = level.first(where: { at($0).word == "ORDER" }) {
        found += objections(toKeys: level.filter { $0 > order + 1 })
      }
    }
    for index in tokens.indices
    where ["FROM", "JOIN"].contains(at(index).word) && at(index + 1) == .sign("(") {
      guard at(index + 2).word == "SELECT" else { continue }
      let end = block(from: index + 2).upperBound + 1
      let name = at(end).word == "AS" ? at(end + 1).word : at(end).word
      let isName =
        !name.isEmpty && !["ON", "WHERE", "JOIN", "CROSS", "LEFT", "GROUP", "ORDER"].contains(name)
      if !isName { found.append("a subquery without a name: PostgreSQL wants one") }
    }
    return found
  }

  /// Plain columns, which the tables never leave NULL.
  private func objections(toKeys places: [Int]) -> [String] {
    places.compactMap { place in
      switch at(place) {
      case .sign(","), .sign("."): nil
      case .word(let word):
        Self.functions.contains(word.uppercased()) || word.uppercased() == "CASE"
          ? "ORDER BY \(word): name the column that it is" : nil
      default: "ORDER BY a value that is no column"
      }
    }
  }

  /// From a SELECT until the parenthesis that it stands in ends, a UNION, a semicolon or the text.
  private func block(from start: Int) -> Range<Int> {
    var depth = 0
    for index in start..<tokens.count {
      if at(index) == .sign("(") { depth += 1 }
      if at(index) == .sign(")") { depth -= 1 }
      if depth < 0 || at(index) == .sign(";") { return start..<index }
      if depth == 0, index > start, ["UNION", "EXCEPT"].contains(at(index).word) { return start..<index }
    }
    return start..<tokens.count
  }

  /// What stands in it outside of all parentheses.
  private func level(_ block: Range<Int>) -> [Int] {
    var depth = 0
    return block.filter { index in
      if at(index) == .sign(")") { depth -= 1 }
      defer { if at(index) == .sign("(") { depth += 1 } }
      return depth == 0 && at(index) != .sign("(") && at(index) != .sign(")")
    }
  }

  /// What stands behind the parenthesis that begins there.
  private func end(of start: Int) -> Int {
    var depth = 0
    for index in start..<tokens.count {
      if at(index) == .sign("(") { depth += 1 }
      if at(index) == .sign(")") { depth -= 1 }
      if depth == 0 { return index + 1 }
    }
    return tokens.count
  }

  /// How many there are from after the parenthesis on.
  private func arguments(from start: Int) -> Int {
    var (depth, count) = (0, 1)
    for index in start..<tokens.count {
      if at(index) == .sign("(") { depth += 1 }
      if at(index) == .sign(")") { depth -= 1 }
      if depth < 0 { return index == start ? 0 : count }
      if depth == 0, at(index) == .sign(",") { count += 1 }
    }
    return count
  }
}
