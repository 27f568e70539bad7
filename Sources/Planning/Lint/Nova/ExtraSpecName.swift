// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

/// An extra spec's key in its parts: `trait1:CUSTOM_X` is namespace `trait`, group `1` and name `CUSTOM_X`.
struct ExtraSpecName: Sendable, Hashable {
  /// Empty: the key has no colon.
  let namespace: String
  /// The suffix of `resources` and `trait`; empty: the group without one, which is the host's.
  let group: String
  let name: String

  init(_ key: String) {
    guard let colon = key.firstIndex(of: ":") else {
      (namespace, group, name) = ("", "", key)
      return
    }
    let head = key[..<colon]
    name = String(key[key.index(after: colon)...])
    let grouped = Self.grouped.first { head.hasPrefix($0) && Self.isGroup(head.dropFirst($0.count)) }
    namespace = grouped ?? String(head)
    group = String(head.dropFirst(namespace.count))
  }

  /// Source: Nova 34.0.0, validators of extra specs, as observed.
  private static let grouped = ["resources", "trait"]

  /// Up to 64 letters, digits, `_` and `-`.
  private static func isGroup(_ text: Substring) -> Bool {
    text.utf8.count <= 64
      && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_" || $0 == "-") }
  }

  /// Placement's form of an operator's own trait or resource class.
  var isCustom: Bool {
    let own = name.dropFirst("CUSTOM_".count)
    return name.hasPrefix("CUSTOM_") && !own.isEmpty
      && own.allSatisfy { $0.isASCII && ($0.isUppercase || $0.isNumber || $0 == "_") }
  }
}
