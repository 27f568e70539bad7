// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

/// What Nova takes as an extra spec's value.
enum ExtraSpecKind: Sendable, Hashable {
  case text
  case boolean
  /// From a number on, up to another if there is one.
  case integer(from: Int?, to: Int? = nil)
  case choice([String])
  /// `0-3,^2`.
  case processors
  /// `large`, `small`, `any`, or a number with a unit.
  case pageSize
  /// Words parted by commas.
  case words
  /// The models of the release.
  case model

  /// Source: oslo.utils, strutils.bool_from_string(), as observed: case and blanks around do not count.
  static let yes = ["1", "t", "true", "on", "y", "yes"], no = ["0", "f", "false", "off", "n", "no"]

  /// As oslo.utils reads it; `nil`: neither, which Nova takes for no where it reads a flavor.
  static func boolean(_ text: String) -> Bool? {
    let word = trimmed(text).lowercased()
    return yes.contains(word) ? true : no.contains(word) ? false : nil
  }

  func accepts(_ value: String, in release: OpenStackRelease) -> Bool {
    switch self {
    case .text: true
    case .boolean: Self.boolean(value) != nil
    case .integer(let from, let to):
      Int(Self.trimmed(value)).map { $0 >= from ?? .min && $0 <= to ?? .max } ?? false
    case .choice(let choices): choices.contains(value)
    case .model: release.memoryEncryptionModels.contains(value)
    case .processors: Self.isProcessors(value)
    case .pageSize: Self.isPageSize(value)
    case .words:
      value.split(separator: ",").allSatisfy {
        $0.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
      }
        && !value.isEmpty && !value.hasPrefix(",") && !value.contains(",,")
    }
  }

  /// What it takes, for a sentence.
  func expectation(in release: OpenStackRelease) -> String {
    switch self {
    case .text: "text"
    case .boolean: "true or false"
    case .integer(let from?, let to?): "a whole number from \(from) to \(to)"
    case .integer(let from?, nil): "a whole number from \(from) on"
    case .integer: "a whole number"
    case .choice(let choices): choices.joined(separator: ", ")
    case .model: release.memoryEncryptionModels.joined(separator: ", ")
    case .processors: "processors like 0-3,^2"
    case .pageSize: "large, small, any or a size like 2MB"
    case .words: "names parted by commas"
    }
  }

  private static func trimmed(_ text: String) -> Substring {
    let isBlank: (Character) -> Bool = { $0 == " " || $0 == "\t" || $0 == "\n" || $0 == "\r" }
    let start = text.drop(while: isBlank)
    return start.prefix(start.count - start.reversed().prefix(while: isBlank).count)
  }

  private static func isDigits(_ text: Substring) -> Bool {
    !text.isEmpty && text.allSatisfy { $0.isASCII && $0.isNumber }
  }

  private static func isProcessors(_ text: String) -> Bool {
    text.split(separator: ",", omittingEmptySubsequences: false).allSatisfy { item in
      let ends = item.drop(while: { $0 == "^" }).split(separator: "-", omittingEmptySubsequences: false)
      return !item.hasPrefix("^^") && ends.count <= 2 && !ends.isEmpty && ends.allSatisfy(isDigits)
    }
  }

  private static func isPageSize(_ text: String) -> Bool {
    if ["large", "small", "any"].contains(text) { return true }
    let digits = text.prefix { $0.isASCII && $0.isNumber }
    var unit = text.dropFirst(digits.count)
    if let scale = unit.first, "kKMGT".contains(scale) {
      unit = unit.dropFirst()
      if unit.hasPrefix("i") { unit = unit.dropFirst() }
    }
    return !digits.isEmpty && ["", "b", "bit", "B"].contains(unit)
  }
}
