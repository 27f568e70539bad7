// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Evidence

/// Nonsense, the same each time.
public enum Garbage: String, Hashable, Sendable, CaseIterable {
  case raw
  /// ASCII in lines.
  case printable
  /// One number, too large for every integer.
  case digits

  /// A mebibyte is sixteen times what a live file may give.
  public static let most = 1 << 20

  /// - Parameter count: of them; at most `most`.
  public func bytes(_ count: Int) -> [UInt8] { Array(all.prefix(count)) }

  private var all: [UInt8] {
    switch self {
    case .raw: Self.noise
    case .printable: Self.text
    case .digits: Self.number
    }
  }

  private static let noise = drawn()
  private static let text = noise.map { $0 % 32 == 0 ? 0x0a : 0x20 + $0 % 95 }
  private static let number = noise.map { 0x30 + $0 % 10 }

  /// Source: Marsaglia, "Xorshift RNGs", 2003, the triple 13, 7, 17.
  private static func drawn() -> [UInt8] {
    var state: UInt64 = 0x9e37_79b9_7f4a_7c15
    var bytes: [UInt8] = []
    while bytes.count < most {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      bytes += littleEndianBytes(state)
    }
    return bytes
  }
}
