// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Evidence

/// CPUID Fn8000_0025: what segments of the RMP a processor takes. Only where Fn8000_001F_EAX[23] = 1.
/// Source: AMD APM vol. 3, appendix E, Fn8000_0025; kernel arch/x86/virt/svm/sev.c, setup_segmented_rmptable().
struct SegmentLimits: Sendable {
  static let leaf: UInt32 = 0x8000_0025
  /// log2 of the bytes that one segment may cover: EAX[5:0] to EAX[11:6].
  let smallest, largest: UInt64
  /// How many segments there can be: a page of 8-byte entries holds 512, and EBX[10] makes EBX[9:0] a limit.
  let most: UInt64

  init(_ registers: CPUIDRegisters) {
    smallest = UInt64(registers.eax.bits(0...5))
    largest = UInt64(registers.eax.bits(6...11))
    most = registers.ebx.bit(10) ? min(512, UInt64(registers.ebx.bits(0...9))) : 512
  }

  func takes(_ coverage: UInt64) -> Bool { coverage >= smallest && coverage <= largest }

  /// Bytes that all segments together can cover at most.
  func reach(_ coverage: UInt64) -> UInt64 {
    let (bytes, overflow) = most.multipliedReportingOverflow(by: coverage < 64 ? 1 << coverage : 0)
    return overflow || coverage >= 55 ? .max : bytes
  }
}

extension HostSource {
  func segmentLimits() -> Reading<SegmentLimits> { cpuid(SegmentLimits.leaf).map(SegmentLimits.init) }
}
