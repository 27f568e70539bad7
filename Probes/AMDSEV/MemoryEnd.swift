// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Evidence

/// The address behind the last byte of memory, as closely as it can be told. In bytes.
struct MemoryEnd: Sendable, Hashable {
  let atLeast, atMost: UInt64
}

extension HostSource {
  /// /proc/iomem to the byte where it may be read, else the kernel's memory blocks to the block.
  ///
  /// Errors: an unprivileged reader sees only zeros in /proc/iomem; with thousands of PCI functions it is longer than a
  /// file may be here, and a cut listing could end before the memory does.
  func memoryEnd() -> Reading<MemoryEnd> {
    let listing = read(.file("/proc/iomem"), as: Self.lastSystemRAM)
    guard listing.value == nil else { return listing }
    let blocks = memoryBlocksEnd()
    return blocks.value == nil ? listing : blocks
  }

  /// Lines `  100000000-87f6ffffff : System RAM`. Source: kernel kernel/resource.c, r_show().
  private static func lastSystemRAM(_ bytes: ArraySlice<UInt8>) -> MemoryEnd? {
    guard bytes.count < Question.fileLimit else { return nil }
    var end: UInt64 = 0
    for line in lines(bytes) where text(line).hasSuffix(": System RAM") {
      let range = trimmed(line).prefix { $0 != 0x20 }.split(separator: UInt8(ascii: "-")).map(hexadecimal)
      guard range.count == 2, let last = range[1] else { return nil }
      end = max(end, last)
    }
    return end == 0 || end == .max ? nil : MemoryEnd(atLeast: end + 1, atMost: end + 1)
  }

  /// Numbers of /sys/devices/system/memory/memoryN, each block_size_bytes (hexadecimal) long.
  /// Source: kernel Documentation/admin-guide/mm/memory-hotplug.rst.
  private func memoryBlocksEnd() -> Reading<MemoryEnd> {
    let folder = "/sys/devices/system/memory"
    return read(.file("\(folder)/block_size_bytes"), as: hexadecimal).flatMap { size in
      names(in: folder).flatMap { names in
        let last = names.compactMap { $0.hasPrefix("memory") ? UInt64($0.dropFirst(6)) : nil }.max()
        // 2^40 blocks are more than any machine's address space; the bound keeps a strange name from overflowing.
        guard let last, last < 1 << 40, size > 0,
          case let (end, overflow) = (last + 1).multipliedReportingOverflow(by: size), !overflow
        else { return .unreadable("no memory block") }
        return .value(MemoryEnd(atLeast: end - size + 1, atMost: end))
      }.outcome
    }
  }
}
