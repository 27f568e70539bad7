// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

/// SQL text cut into words, and what in it does not mean the same to SQLite, PostgreSQL, DuckDB and Spark.
///
/// Integers and texts only, and nothing that one of them reads otherwise. Measured on SQLite 3.40, PostgreSQL 15,
/// DuckDB 2.0 and Spark 4.3.
struct PortableSQL {
  enum Token: Hashable {
    case word(String)
    case number(String)
    case text(String)
    case sign(String)

    /// In capitals; empty: no word.
    var word: String { if case .word(let word) = self { word.uppercased() } else { "" } }
  }

  let tokens: [Token]

  init(_ sql: String) {
    var tokens: [Token] = []
    var rest = Substring(sql)
    while let first = rest.first {
      if first.isWhitespace {
        rest.removeFirst()
      } else if rest.hasPrefix("--") {
        rest = rest.drop { !$0.isNewline }
      } else if first == "'" {
        tokens.append(.text(Self.text(&rest)))
      } else if first.isLetter || first == "_" {
        tokens.append(.word(Self.take(&rest) { $0.isLetter || $0.isNumber || $0 == "_" }))
      } else if first.isNumber {
        tokens.append(.number(Self.take(&rest) { $0.isNumber || $0.isLetter || $0 == "." }))
      } else {
        let length = Self.signs.first { rest.hasPrefix($0) }?.count ?? 1
        tokens.append(.sign(String(rest.prefix(length))))
        rest.removeFirst(length)
      }
    }
    self.tokens = tokens
  }

  private static let signs = ["<=>", "::", "||", "<>", "<=", ">=", "!=", "==", "->", "/*"]

  private static func take(_ rest: inout Substring, while holds: (Character) -> Bool) -> String {
    let taken = rest.prefix(while: holds)
    rest = rest.dropFirst(taken.count)
    return String(taken)
  }

  /// Two apostrophes are one.
  private static func text(_ rest: inout Substring) -> String {
    var text = ""
    rest.removeFirst()
    while let next = rest.popFirst() {
      if next == "'" {
        guard rest.first == "'" else { return text }
        rest.removeFirst()
      }
      text.append(next)
    }
    return text + "\\"  // It has no end, and is objected to.
  }
}

extension PortableSQL {
  /// Everything that is not portable, each in a few words; empty: it is.
  var objections: [String] {
    let found = objectionsToTokens + objectionsToCalls + objectionsToCases + objectionsToSelects
    return Array(Set(found)).sorted()
  }

  private static let good: Set<String> = [
    "(", ")", ",", ".", ";", "*", "+", "-", "%", "||", "=", "<>", "<", ">", "<=", ">=",
  ]

  /// What to say of words that are not for us.
  private static let bad: [String: String] = {
    let reasons = [
      "LIKE ILIKE GLOB REGEXP RLIKE SIMILAR MATCH": "compares case by the engine's taste",
      "CAST TRY_CAST CONVERT": "makes other things of bad values",
      "ISNULL NOTNULL": "is not standard", "DISTINCTFROM": "needs SQLite 3.39", "FULL": "needs SQLite 3.39",
      "TRUE FALSE": "is 1 here and true there", "NATURAL USING": "makes columns nobody named",
      "LIMIT OFFSET FETCH TOP": "leaves open which rows stay", "NULLS": "no key is ever NULL",
      "COLLATE": "names orders that others do not have", "INTERVAL DATE TIME TIMESTAMP": "times are texts",
      "CURRENT_DATE CURRENT_TIME CURRENT_TIMESTAMP": "the moment is the scope's",
    ]
    return reasons.reduce(into: [:]) { all, pair in
      for word in pair.key.split(separator: " ") { all[String(word)] = pair.value }
    }
  }()

  private var objectionsToTokens: [String] {
    var found: [String] = []
    for (index, token) in tokens.enumerated() {
      switch token {
      case .sign(let sign) where !Self.good.contains(sign): found.append("\(sign)")
      case .number(let number) where !number.allSatisfy(\.isNumber): found.append("\(number): a fraction")
      case .text(let text) where text.contains("\\"): found.append("a backslash in a text")
      case .word(let word):
        // A column may have such a name.
        let isName = index > 0 && [".sign", "AS"].contains(Self.kind(before: index, tokens))
        if !isName, let reason = Self.bad[token.word] { found.append("\(word): \(reason)") }
        if token.word == "DISTINCT", at(index + 1).word == "FROM" {
          found.append("IS DISTINCT FROM: needs SQLite 3.39")
        }
        let before = [at(index - 1).word, at(index - 2).word]
        if token.word == "NULL", before[0] != "IS", before != ["NOT", "IS"] {
          found.append("NULL: a value that sorts differently")
        }
      default: continue
      }
    }
    return found
  }

  private static func kind(before index: Int, _ tokens: [Token]) -> String {
    tokens[index - 1] == .sign(".") ? ".sign" : tokens[index - 1].word
  }

  /// What stands there; an empty word: nothing does.
  func at(_ index: Int) -> Token { tokens.indices.contains(index) ? tokens[index] : .word("") }
}
