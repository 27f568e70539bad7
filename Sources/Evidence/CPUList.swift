// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

/// A set of CPU numbers as the kernel prints it: `0-3,8,10-11`.
///
/// A newline alone is the empty set. Source: kernel lib/bitmap-str.c, bitmap_print_to_pagebuf().
public struct CPUList: Hashable, Sendable {
  public private(set) var ranges: [ClosedRange<Int>] = []

  /// Highest CPU number the kernel can be built for. Source: arch/x86/Kconfig, NR_CPUS_RANGE_END.
  static let limit = 8192

  /// `nil` for any other form, numbers that do not ascend and blanks in between included, and for no bytes at all.
  public init?(_ bytes: ArraySlice<UInt8>) {
    guard !bytes.isEmpty else { return nil }
    let list = trimmed(bytes)
    guard !list.contains(where: { $0 <= 0x20 }) else { return nil }
    guard !list.isEmpty else { return }
    for part in list.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false) {
      let ends = part.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false).map(decimal)
      guard let first = ends.first.flatMap({ $0 }), let last = ends.last.flatMap({ $0 }), ends.count <= 2,
        first <= last, last < Self.limit, ranges.last.map({ $0.upperBound < first }) != false
      else { return nil }
      ranges.append(Int(first)...Int(last))
    }
  }

  public var count: Int { ranges.reduce(0) { $0 + $1.count } }
}
