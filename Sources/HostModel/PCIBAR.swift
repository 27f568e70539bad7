// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

public import Evidence

/// A base address register with something behind it.
public struct PCIBAR: Sendable, Hashable {
  public enum Kind: String, Sendable, CaseIterable {
    case io, memory32, memory64
  }
  /// 0 to 5.
  public let index: Int
  public let bytes: UInt64
  public let kind: Kind
  /// Whether the host may fetch ahead, as from memory proper.
  public let isPrefetchable: Bool

  /// `nil`: nothing behind it.
  public init?(index: Int, _ line: PCIResource) {
    guard let bytes = line.bytes else { return nil }
    (self.index, self.bytes, kind, isPrefetchable) = (index, bytes, line.kind, line.isPrefetchable)
  }

  public init(index: Int, bytes: UInt64, kind: Kind, isPrefetchable: Bool) {
    (self.index, self.bytes, self.kind, self.isPrefetchable) = (index, bytes, kind, isPrefetchable)
  }
}

/// The room that a physical function holds for one BAR of all its VFs.
public struct VFAperture: Sendable, Hashable {
  /// 0 to 5.
  public let index: Int
  /// All VFs together.
  public let bytes: UInt64
  /// What each VF gets; `nil`: not known.
  public let bar: PCIBAR?

  public init(index: Int, bytes: UInt64, bar: PCIBAR?) {
    (self.index, self.bytes, self.bar) = (index, bytes, bar)
  }
}

extension HostSource {
  /// The room for the VFs' BARs. Empty: none, or not a physical function. Absent: a kernel without CONFIG_PCI_IOV.
  ///
  /// An aperture is as large as its VFs are many by the register TotalVFs, which a driver's limit does not change. Where
  /// the register cannot be read, a VF's own BAR tells. Source: kernel drivers/pci/iov.c, sriov_init().
  public func vfApertures(_ address: PCIAddress, firstVF: PCIAddress?) -> Reading<[VFAperture]> {
    pciResources(address).flatMap { lines in
      guard lines.count >= 13 else { return .absent }
      let held = lines[7...12].enumerated().filter { $0.element.bytes != nil }
      if held.isEmpty { return .value([]) }
      // What a hypervisor makes up is no news of the host.
      let registers = Environment.observe(self).isGuest ? nil : sriovCapability(address).value
      let total = registers.map { UInt64($0.totalVFs) }
      let own = total == nil ? firstVF.flatMap { pciResources($0).value } : nil
      return .value(
        held.compactMap { index, line in
          guard let bytes = line.bytes else { return nil }
          let share = total.map { $0 == 0 || bytes % $0 != 0 ? 0 : bytes / $0 } ?? own?[index].bytes ?? 0
          // A BAR's size is a power of two.
          let bar =
            share.nonzeroBitCount == 1
            ? PCIBAR(
              index: index, bytes: share, kind: line.kind, isPrefetchable: line.isPrefetchable) : nil
          return VFAperture(index: index, bytes: bytes, bar: bar)
        })
    }
  }

  /// Sizes that the kernel offers for a function's BARs, and the ones that they have.
  /// Source: kernel Documentation/ABI/testing/sysfs-bus-pci, resourceN_resize; since 5.19.
  public func resizableBARs(_ address: PCIAddress, files: [String], bars: [PCIBAR]?) -> [ResizableBAR]? {
    var all: [ResizableBAR] = []
    for index in 0...5 where files.contains("resource\(index)_resize") {
      let offered = read(PCIDevices.file(address, "resource\(index)_resize"), as: hexadecimal)
      guard let bits = offered.value else { return nil }
      all.append(
        ResizableBAR(
          index: index, bytes: bars?.first { $0.index == index }?.bytes,
          supportedBytes: ResizableBAR.sizes(bits)))
    }
    return all
  }
}
