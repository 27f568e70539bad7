// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

/// An extra spec of a flavor.
public struct FlavorExtraSpec: Sendable, Hashable {
  public let key: String
  public let value: Value
  /// Of the key, counted from 1.
  public let line: Int

  public init(key: String, value: Value, line: Int) {
    (self.key, self.value, self.line) = (key, value, line)
  }

  /// Nova takes text and numbers, and keeps both as text.
  public enum Value: Sendable, Hashable {
    case text(String)
    case number(String)
    case boolean(Bool)
    case nothing
    case list
    case object
  }

  /// As Nova would keep it; a boolean as the writer meant it. `nil`: the value is of no use at all.
  var text: String? {
    switch value {
    case .text(let text), .number(let text): text
    case .boolean(let value): value ? "true" : "false"
    case .nothing, .list, .object: nil
    }
  }

  /// What it is that Nova does not take; `nil`: it takes it.
  var unusable: String? {
    switch value {
    case .text, .number: nil
    case .boolean(let value): "the boolean \(value)"
    case .nothing: "nothing"
    case .list: "a list"
    case .object: "an object"
    }
  }

  var name: ExtraSpecName { ExtraSpecName(key) }
}
