// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

/// A firmware's version: numbers parted by dots, compared one by one, so that 1.6 comes before 1.55.
public struct FirmwareVersion: Sendable, Hashable, Comparable, CustomStringConvertible {
  public let parts: [UInt32]
  /// As it was written, leading zeros included.
  public let description: String

  /// Up to eight numbers; `nil`: anything else.
  ///
  /// - Parameter radix: 16 for what the ccp driver prints of the secure processor's parts.
  public init?(_ text: String, radix: Int = 10) {
    let words = text.split(separator: ".", omittingEmptySubsequences: false)
    let parts = words.compactMap { word in word.first == "+" ? nil : UInt32(word, radix: radix) }
    guard !parts.isEmpty, parts.count == words.count, parts.count <= 8 else { return nil }
    (self.parts, description) = (parts, text)
  }

  public init(_ parts: UInt32...) {
    (self.parts, description) = (parts, parts.map(String.init).joined(separator: "."))
  }

  /// A missing number counts as 0.
  public static func < (a: Self, b: Self) -> Bool {
    for index in 0..<max(a.parts.count, b.parts.count) where a.part(index) != b.part(index) {
      return a.part(index) < b.part(index)
    }
    return false
  }
  public static func == (a: Self, b: Self) -> Bool { !(a < b) && !(b < a) }

  public func hash(into hasher: inout Hasher) {
    for part in parts.reversed().drop(while: { $0 == 0 }) { hasher.combine(part) }
  }

  private func part(_ index: Int) -> UInt32 { index < parts.count ? parts[index] : 0 }
}
