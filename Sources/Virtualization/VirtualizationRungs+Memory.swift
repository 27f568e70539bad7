// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Evidence
public import HostModel

extension VirtualizationRungs {
  /// A confidential guest's memory is pinned: it is neither swapped nor given to two guests at once.
  ///
  /// Only advises: how much is free now says little about tomorrow.
  public static let guestMemory = Rung(
    "guest-memory", .capacity, "memory is free for one more guest",
    specification: "kernel Documentation/filesystems/proc.rst, /proc/meminfo, MemAvailable", isAdvisory: true
  ) { host in
    host.read(.file("/proc/meminfo"), as: memAvailable).judge("MemAvailable") { kibibytes in
      let because = "MemAvailable = \(kibibytes >> 10) MiB"
      return kibibytes >= smallestGuestKiB
        ? .pass(because, citing: []) : .warn(.guestMemoryShort, because, citing: [])
    }
  }

  /// 1 GiB, the smallest guest that SCS flavors with a confidential image make sense for.
  private static let smallestGuestKiB: UInt64 = 1 << 20

  /// `MemAvailable:   21689212 kB`; kB is 1,024 bytes there. Source: proc_meminfo(5).
  private static func memAvailable(_ bytes: ArraySlice<UInt8>) -> UInt64? {
    let line = lines(bytes).first { $0.starts(with: "MemAvailable:".utf8) }
    let words = line?.split(separator: 0x20) ?? []
    return words.count == 3 ? decimal(words[1]) : nil
  }
}
