// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Evidence

/// Where the BIOS put the Reverse Map Table.
enum RMPTable: Sendable, Hashable {
  case notReserved(base: UInt64, end: UInt64)
  case invalid(base: UInt64, end: UInt64)
  /// First and last byte.
  case contiguous(base: UInt64, end: UInt64)
  /// Bookkeeping, then a table of segments, from here on; each segment covers 2^`coverage` bytes of memory.
  case segmented(base: UInt64, coverage: UInt64)

  static let baseRegister: UInt32 = 0xc001_0132
  static let endQuestion = Question.msr(0xc001_0133)
  static let configurationQuestion = Question.msr(0xc001_0136)

  /// Address bits 51:13; an unconfigured RMP_END reads 1FFFh. Source: AMD APM vol. 2, 15.36.4.
  private static let addressMask: UInt64 = 0x000f_ffff_ffff_e000

  /// - Parameter configuration: RMP_CFG: [0] segmented, [13:8] log2 of what a segment covers. 0 where there is none.
  init(base: UInt64, end: UInt64, configuration: UInt64) {
    let first = base & Self.addressMask
    let last = end & Self.addressMask | ~Self.addressMask & 0x1fff
    if configuration.bit(0) {
      self =
        first == 0
        ? .notReserved(base: base, end: end)
        : .segmented(base: first, coverage: configuration.bits(8...13))
    } else if first == 0 || end & Self.addressMask == 0 {
      self = .notReserved(base: base, end: end)
    } else {
      self = first < last ? .contiguous(base: first, end: last) : .invalid(base: base, end: end)
    }
  }

  /// 16 bytes for each 4 KiB frame, and 16 KiB of bookkeeping.
  /// Source: kernel 6.12 arch/x86/virt/svm/sev.c, get_rmptable_info().
  static func size(forMemoryEnd end: UInt64) -> UInt64 {
    let frames = end >> 12 + (end & 0xfff == 0 ? 0 : 1)
    return 16 * frames + 0x4000
  }
}

extension HostSource {
  func rmpTable() -> Reading<RMPTable> {
    msr(RMPTable.baseRegister).flatMap { base in
      msr(0xc001_0133).flatMap { end in
        encryptionLeaf().flatMap { leaf in
          guard leaf.hasSegmentedRMP else {
            return .value(RMPTable(base: base, end: end, configuration: 0))
          }
          return msr(0xc001_0136).flatMap { configuration in
            .value(RMPTable(base: base, end: end, configuration: configuration))
          }.outcome
        }.outcome
      }.outcome
    }
  }
}
