// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Glibc

extension [UInt8] {
  /// The same as `contains`, many times as fast.
  public func holds(_ byte: UInt8) -> Bool {
    // Safe: memchr looks no farther than the array's end.
    unsafe withUnsafeBytes { bytes in
      guard let start = bytes.baseAddress else { return false }
      return unsafe memchr(start, Int32(byte), bytes.count) != nil
    }
  }
}
