// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Evidence

extension Pseudonyms {
  /// Configuration space without a function's serial number: the Device Serial Number capability gets eight other bytes,
  /// and the data register of Vital Product Data, which keeps the last four bytes read, zeros.
  ///
  /// Source: PCI Express Base Specification 6.0, sections 7.9.3 and 7.9.18.
  func configuration(_ bytes: [UInt8]) -> [UInt8] {
    var bytes = bytes
    for start in Self.offsets(of: 0x03, in: bytes) where start + 8 <= bytes.count {
      bytes.replaceSubrange((start + 4)..<(start + 8), with: [0, 0, 0, 0])
    }
    for start in Self.extendedOffsets(of: 0x0003, in: bytes) where start + 12 <= bytes.count {
      let number = Array(bytes[(start + 4)..<(start + 12)])
      if number.starts(with: Self.mark) || Set(number).isSubset(of: [0x00]) || Set(number) == [0xff] {
        continue
      }
      bytes.replaceSubrange(
        (start + 4)..<(start + 12), with: Self.mark + self.bytes(.deviceSerialNumber, number, count: 4))
    }
    return bytes
  }

  /// Source: PCI Local Bus Specification 3.0, section 6.7: status bit 4, the pointer at 34h, at most 48 entries.
  private static func offsets(of capability: UInt8, in bytes: [UInt8]) -> [Int] {
    guard bytes.count >= 64, bytes[0x06] & 0x10 != 0 else { return [] }
    var found: [Int] = []
    var at = Int(bytes[0x34] & 0xfc)
    for _ in 0..<48 {
      guard at >= 0x40, at + 2 <= bytes.count else { break }
      if bytes[at] == capability { found.append(at) }
      at = Int(bytes[at + 1] & 0xfc)
    }
    return found
  }

  /// Source: PCI Express Base Specification 6.0, section 7.6.3: a list from 100h, four bytes aligned, at most 960 entries.
  private static func extendedOffsets(of capability: UInt16, in bytes: [UInt8]) -> [Int] {
    var found: [Int] = []
    var at = 0x100
    for _ in 0..<960 {
      guard at >= 0x100, let header = littleEndian(bytes[...], at: at, as: UInt32.self), header != 0,
        header != .max
      else { break }
      if UInt16(truncatingIfNeeded: header) == capability, !found.contains(at) { found.append(at) }
      at = Int(header >> 20) & 0xffc
    }
    return found
  }
}
