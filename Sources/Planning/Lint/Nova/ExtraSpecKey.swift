// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

/// An extra spec that Nova knows.
struct ExtraSpecKey: Sendable, Hashable {
  let key: String
  let kind: ExtraSpecKind
  /// The major version of the first Nova that knows it, of those that hostcap tells apart.
  let since: Int
  /// What may follow.
  let suffix: Suffix

  enum Suffix: Sendable {
    case nothing
    /// Digits.
    case number
    /// Words, each behind a colon, or nothing.
    case path
    /// At least one character.
    case anything
  }

  init(_ key: String, _ kind: ExtraSpecKind, since: Int = 31, suffix: Suffix = .nothing) {
    (self.key, self.kind, self.since, self.suffix) = (key, kind, since, suffix)
  }

  func matches(_ text: String) -> Bool {
    guard text.hasPrefix(key) else { return false }
    let rest = text.dropFirst(key.count)
    switch suffix {
    case .nothing: return rest.isEmpty
    case .anything: return !rest.isEmpty
    case .number: return !rest.isEmpty && rest.allSatisfy { $0.isASCII && $0.isNumber }
    case .path:
      let words = rest.dropFirst().split(separator: ":", omittingEmptySubsequences: false)
      return rest.isEmpty
        || rest.first == ":"
          && words.allSatisfy { !$0.isEmpty && $0.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" } }
    }
  }

  static func named(_ key: String) -> ExtraSpecKey? { NovaExtraSpecs.keys.first { $0.matches(key) } }
}
