// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

/// A set of CPU numbers as the kernel prints it: `0-3,8,10-11`.
///
/// A newline alone is the empty set. Source: kernel lib/bitmap-str.c, bitmap_print_to_pagebuf().
public struct CPUList: Hashable, Sendable {
  public private(set) var ranges: [ClosedRange<Int>] = []

  /// Highest CPU number the kernel can be built for. Source: arch/x86/Kconfig, NR_CPUS_RANGE_END.
  static let limit = 8192

  /// `nil`: of another form, or not even the newline of the empty set.
  public init?(_ bytes: ArraySlice<UInt8>) {
    guard !bytes.isEmpty else { return nil }
    for part in trimmed(bytes).split(separator: UInt8(ascii: ","), omittingEmptySubsequences: true) {
      let ends = part.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false).map(decimal)
      guard let first = ends.first.flatMap({ $0 }), let last = ends.last.flatMap({ $0 }), ends.count <= 2,
        first <= last, last < Self.limit
      else { return nil }
      ranges.append(Int(first)...Int(last))
    }
  }

  public var count: Int { ranges.reduce(0) { $0 + $1.count } }
}
