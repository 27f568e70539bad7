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

  /// Three hexadecimal words, of 64 bits at most. Source: kernel drivers/pci/pci-sysfs.c, resource_show(), `0x%016llx`.
  init?(_ line: ArraySlice<UInt8>) {
    let words = line.split(separator: UInt8(ascii: " "))
    guard words.count == 3, let start = hexadecimal(words[0]), let end = hexadecimal(words[1]),
      let flags = hexadecimal(words[2])
    else { return nil }
    self.init(start: start, end: end, flags: flags)
  }

  private init(start: UInt64, end: UInt64, flags: UInt64) {
    (self.start, self.end, self.flags) = (start, end, flags)
  }

  /// A line exactly as kernels print it; `nil`: another form, or fewer bytes.
  init?(_ bytes: Span<UInt8>, at place: Int) {
    guard bytes.count >= place + Self.lineLength, bytes[place + Self.lineLength - 1] == 0x0a,
      bytes[place + 18] == 0x20, bytes[place + 37] == 0x20, let start = Self.word(bytes, at: place),
      let end = Self.word(bytes, at: place + 19), let flags = Self.word(bytes, at: place + 38)
    else { return nil }
    self.init(start: start, end: end, flags: flags)
  }

  /// `0x`, 16 digits and a blank or a newline, three times.
  static let lineLength = 57

  private static func word(_ bytes: Span<UInt8>, at place: Int) -> UInt64? {
    guard bytes[place] == UInt8(ascii: "0"), bytes[place + 1] == UInt8(ascii: "x") else { return nil }
    var value: UInt64 = 0
    for index in place + 2..<place + 18 {
      guard let digit = hexDigit(bytes[index]) else { return nil }
      value = value << 4 | UInt64(digit)
    }
    return value
  }

  /// Whether two `resource` files tell the same but where: line by line the same flags, and the same addresses or as many of
  /// them, at places that are not 0. Then all that is derived above is the same. Another form than the kernel's is alike only
  /// if it is the same.
  public static func areAlike(_ one: [UInt8], _ other: [UInt8]) -> Bool {
    guard one.count == other.count, one.count % lineLength == 0 else { return one == other }
    let (first, second) = (one.span, other.span)
    for place in stride(from: 0, to: first.count, by: lineLength) {
      var index = place
      while index < place + lineLength, first[index] == second[index] { index += 1 }
      if index == place + lineLength { continue }
      guard let a = PCIResource(first, at: place), let b = PCIResource(second, at: place), a.isAlike(b) else {
        return false
      }
    }
    return true
  }

  private func isAlike(_ other: PCIResource) -> Bool {
    guard flags == other.flags, start > 0, other.start > 0, end >= start, other.end >= other.start else {
      return self == other
    }
    return end - start == other.end - other.start
  }
}

extension HostSource {
  /// A function's resources by line number. Lines that the kernel adds later are kept.
  public func pciResources(_ address: PCIAddress) -> Reading<[PCIResource]> {
    surveyed(address, { $0.resources }, { $0.resources = $1 }) {
      read(PCIDevices.file(address, "resource")) { bytes in
        let resources = asPrinted(bytes.span) ?? anyForm(bytes)
        // DEVICE_COUNT_RESOURCE is 17 with CONFIG_PCI_IOV; more than 64 lines are no resource file.
        guard let resources, (6...64).contains(resources.count) else { return nil }
        return resources
      }
    }
  }

  /// Nearly every file there is, without a look for where its words end.
  private func asPrinted(_ bytes: Span<UInt8>) -> [PCIResource]? {
    guard bytes.count % PCIResource.lineLength == 0 else { return nil }
    var resources: [PCIResource] = []
    resources.reserveCapacity(bytes.count / PCIResource.lineLength)
    for place in stride(from: 0, to: bytes.count, by: PCIResource.lineLength) {
      guard let resource = PCIResource(bytes, at: place) else { return nil }
      resources.append(resource)
    }
    return resources
  }

  private func anyForm(_ bytes: ArraySlice<UInt8>) -> [PCIResource]? {
    let all = lines(bytes)
    let resources = all.compactMap { PCIResource($0) }
    return resources.count == all.count ? resources : nil
  }
}
