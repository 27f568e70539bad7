// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

public import Evidence

extension Contradiction {
  /// A row of a table: what two sources would have to say, and whether they do. Without the word of either it does not
  /// hold.
  public typealias Rule = (id: String, holds: Bool, meaning: String, citing: [Question])

  public static func found(_ rules: [Rule]) -> [Contradiction] {
    rules.filter(\.holds).map { Contradiction($0.id, $0.meaning, citing: $0.citing) }
  }
}
