// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

/// The path of a record, where it lies.
struct PackedPath {
  let kind: PackedKey.Kind
  private let bytes: [UInt8]
  private let shared, rest: Range<Int>

  /// `nil`: a question without one.
  init?(_ chunk: PackedChunk, at place: Int) {
    var place = place
    guard let kind = chunk.kind(at: place), let (shared, rest) = chunk.path(&place) else { return nil }
    (self.kind, bytes, self.shared, self.rest) = (kind, chunk.bytes, shared, rest)
  }

  func hasPrefix(_ prefix: [UInt8]) -> Bool {
    guard shared.count + rest.count >= prefix.count else { return false }
    for index in prefix.indices where byte(index) != prefix[index] { return false }
    return true
  }

  /// Eight bytes from there, the first one highest; behind the end there are zeros, which no path holds.
  func number(at start: Int) -> UInt64 {
    var number: UInt64 = 0
    for index in start..<start + 8 { number = number << 8 | UInt64(byte(index)) }
    return number
  }

  private func byte(_ index: Int) -> UInt8 {
    if index < shared.count { return bytes[shared.lowerBound + index] }
    return index < shared.count + rest.count ? bytes[rest.lowerBound + index - shared.count] : 0
  }
}
