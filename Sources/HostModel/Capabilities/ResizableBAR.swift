// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Evidence

/// One base address register that can be given another size: of Resizable BAR, 0015h, or of VF Resizable BAR, 0024h.
/// Source: PCI Express Base Specification 6.0, 7.8.6 and 9.3.7.4.
public struct ResizableBAR: Sendable, Hashable {
  /// 0 to 5.
  public let index: Int
  /// Its size now; `nil`: not known.
  public var bytes: UInt64?
  /// Powers of two, smallest first.
  public let supportedBytes: [UInt64]

  init(index: Int, bytes: UInt64?, supportedBytes: [UInt64]) {
    (self.index, self.bytes, self.supportedBytes) = (index, bytes, supportedBytes)
  }

  /// The size 2^(20 + code); `nil`: 2^64 bytes or more.
  static func size(code: Int) -> UInt64? { (0...43).contains(code) ? 1 << UInt64(20 + code) : nil }

  /// Bit n of `bits`: 2^(20 + n) bytes.
  static func sizes(_ bits: UInt64) -> [UInt64] {
    (0...43).filter { bits.bit($0) }.compactMap { size(code: $0) }
  }
}

/// All that one capability lists.
struct ResizableBARCapability: Capability {
  let bars: [ResizableBAR]

  init?(_ space: ConfigSpace, at offset: Int) {
    guard let first = space.register(offset + 8) else { return nil }
    // Number of Resizable BARs, in the first entry's control.
    let count = Int(first.bits(5...7))
    guard (1...6).contains(count) else { return nil }
    var bars: [ResizableBAR] = []
    for entry in 0..<count {
      guard let capability = space.register(offset + 4 + 8 * entry),
        let control = space.register(offset + 8 + 8 * entry), control.bits(0...2) < 6
      else { return nil }
      // Capability[31:4] are 1 MiB to 128 TiB, Control[31:16] go on from there.
      let bits = UInt64(capability.bits(4...31)) | UInt64(control.bits(16...31)) << 28
      bars.append(
        ResizableBAR(
          index: Int(control.bits(0...2)), bytes: ResizableBAR.size(code: Int(control.bits(8...13))),
          supportedBytes: ResizableBAR.sizes(bits)))
    }
    self.bars = bars
  }
}
