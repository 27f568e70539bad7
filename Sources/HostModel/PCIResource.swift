// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

public import Evidence

/// One line of a function's `resource` file: a base address register, or the space for one of all its VFs.
///
/// Lines 0 to 5 are BAR0 to BAR5, 6 the expansion ROM; with CONFIG_PCI_IOV 7 to 12 are the VF BARs.
/// Source: kernel drivers/pci/pci-sysfs.c, resource_show(); include/linux/pci.h.
public struct PCIResource: Sendable, Hashable {
  public let start, end, flags: UInt64

  /// IORESOURCE_MEM. Source: kernel include/linux/ioport.h.
  public var isMemory: Bool { flags & 0x200 != 0 }
  /// IORESOURCE_PREFETCH. Source: kernel include/linux/ioport.h.
  public var isPrefetchable: Bool { flags & 0x2000 != 0 }
  /// IORESOURCE_MEM_64. Source: kernel include/linux/ioport.h.
  var kind: PCIBAR.Kind { !isMemory ? .io : flags & 0x10_0000 != 0 ? .memory64 : .memory32 }
  /// Its size; `nil`: nothing behind it, or no size that there could be.
  public var bytes: UInt64? {
    start == 0 && end == 0 || end < start || end - start == .max ? nil : end - start + 1
  }
  /// Nothing behind this line: neither a size nor a kind.
  public var isEmpty: Bool { start == 0 && end == 0 && flags == 0 }
  /// IORESOURCE_UNSET, or a size without an address: nobody gave it room.
  public var isUnassigned: Bool { flags & 0x2000_0000 != 0 || start == 0 && end != 0 }

  init?(_ line: ArraySlice<UInt8>) {
    let words = line.split(separator: UInt8(ascii: " "))
    guard words.count == 3, let start = hexadecimal(words[0]), let end = hexadecimal(words[1]),
      let flags = hexadecimal(words[2])
    else { return nil }
    (self.start, self.end, self.flags) = (start, end, flags)
  }
}

extension HostSource {
  /// A function's resources by line number. Lines that the kernel adds later are kept.
  public func pciResources(_ address: PCIAddress) -> Reading<[PCIResource]> {
    read(PCIDevices.file(address, "resource")) { bytes in
      // DEVICE_COUNT_RESOURCE is 17 with CONFIG_PCI_IOV; more than 64 lines are no resource file.
      let all = lines(bytes)
      guard (6...64).contains(all.count) else { return nil }
      let resources = all.compactMap { PCIResource($0) }
      return resources.count == all.count ? resources : nil
    }
  }
}
