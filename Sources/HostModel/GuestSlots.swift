// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

public import Evidence

/// How many guests of one kind a host has room for. Counts.
public struct GuestSlots: Sendable, Hashable {
  public let total: UInt64
  /// Taken by running guests now; `nil`: not known.
  public let used: UInt64?
  /// The file or register that each number comes from.
  public let citing: [Question]

  public init(total: UInt64, used: UInt64?, citing: [Question]) {
    (self.total, self.used, self.citing) = (total, used, citing)
  }

  public var free: UInt64? { used.map { total > $0 ? total - $0 : 0 } }

  /// `TECHNOLOGY.slots-total`, and `.slots-used` and `.slots-free` where they are known.
  public func facts(_ technology: String) -> [Fact] {
    let numbers: [(String, UInt64?)] = [
      ("slots-total", total), ("slots-used", used), ("slots-free", free),
    ]
    return numbers.compactMap { name, count in
      count.map { Fact("\(technology).\(name)", .count($0), citing: citing) }
    }
  }
}

extension HostSource {
  /// A file of the root cgroup's misc controller, `capacity` or `current`, version 2 or 1: a count for each resource that
  /// has a capacity. No line at all is right for a host that has none, and is also what a copy of the file holds that was
  /// made without reading it.
  ///
  /// Absent: no misc controller (kernel before 5.13), or a cgroup namespace hides it.
  /// Source: kernel Documentation/admin-guide/cgroup-v2.rst, "Misc".
  public func miscCounts(_ name: String) -> Reading<[String: UInt64]> {
    let unified = read(.file("/sys/fs/cgroup/misc.\(name)"), as: miscLines)
    guard unified.isAbsent else { return unified }
    let legacy = read(.file("/sys/fs/cgroup/misc/misc.\(name)"), as: miscLines)
    return legacy.value == nil ? unified : legacy
  }

  /// One resource's line in it. Unreadable where there is none: the kernel may not count that resource.
  public func miscCount(_ resource: String, _ name: String) -> Reading<UInt64> {
    miscCounts(name).flatMap { counts in
      counts[resource].map { .value($0) } ?? .unreadable("no line \(resource)")
    }
  }
}

/// Lines `NAME COUNT`; names are whole words.
private func miscLines(_ bytes: ArraySlice<UInt8>) -> [String: UInt64]? {
  var counts: [String: UInt64] = [:]
  for line in lines(bytes) {
    let words = line.split(separator: 0x20)
    guard words.count == 2, let count = decimal(words[1]) else { return nil }
    counts[text(words[0])] = count
  }
  return counts
}
