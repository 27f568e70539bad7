// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

public import Evidence

/// A function's PCI Express link, as it is and as it could be; a VF has its PF's.
///
/// Speeds in megatransfers a second, so that 2.5 GT/s is a whole number; widths in lanes. `nil`: no link, or not known.
/// Idle functions may lawfully run slower than they can; fewer lanes than there could be are a lack.
public struct PCILink: Sendable, Hashable {
  public var speedMTps, width: Int?
  public var maximumSpeedMTps, maximumWidth: Int?

  /// From the registers: LnkCap[3:0] and [9:4], LnkSta likewise.
  /// Source: PCI Express Base Specification 6.0, 7.5.3.6 and 7.5.3.8.
  init(capabilities: UInt32, status: UInt16) {
    speedMTps = status == .max ? nil : Self.speed(code: Int(status.bits(0...3)))
    width = status == .max ? nil : Self.width(Int(status.bits(4...9)))
    maximumSpeedMTps = Self.speed(code: Int(capabilities.bits(0...3)))
    maximumWidth = Self.width(Int(capabilities.bits(4...9)))
  }

  public init(
    speedMTps: Int? = nil, width: Int? = nil, maximumSpeedMTps: Int? = nil, maximumWidth: Int? = nil
  ) {
    (self.speedMTps, self.width) = (speedMTps, width)
    (self.maximumSpeedMTps, self.maximumWidth) = (maximumSpeedMTps, maximumWidth)
  }

  /// Supported Link Speeds Vector, 2.5 to 64 GT/s. Source: PCI Express Base Specification 6.0, 7.5.3.18.
  private static let speeds = [1: 2500, 2: 5000, 3: 8000, 4: 16000, 5: 32000, 6: 64000]

  private static func speed(code: Int) -> Int? { speeds[code] }

  /// Lanes; 0 is no link, and what is not on the list is no answer (255).
  static func width(_ lanes: Int) -> Int? { [1, 2, 4, 8, 12, 16, 32].contains(lanes) ? lanes : nil }

  /// `16.0 GT/s PCIe`, `8 GT/s` from kernels before 5.8, or `Unknown`.
  /// Source: kernel drivers/pci/probe.c, pci_speed_string().
  static func speed(_ text: String) -> Int? {
    let words = text.split(separator: " ")
    guard words.count >= 2, words[1] == "GT/s" else { return nil }
    let parts = words[0].split(separator: ".", omittingEmptySubsequences: false)
    guard let whole = parts.first.flatMap({ Int($0) }), (1...1000).contains(whole) else { return nil }
    switch parts.count {
    case 1: return whole * 1000
    case 2:
      guard let tenths = Int(parts[1]), (0...9).contains(tenths) else { return nil }
      return whole * 1000 + tenths * 100
    default: return nil
    }
  }
}

extension HostSource {
  /// A function's link from sysfs; asking wakes a suspended function, where the source allows that. `nil`: the kernel
  /// knows nothing of it. Source: kernel Documentation/ABI/testing/sysfs-bus-pci, current_link_speed and its siblings.
  public func pciLink(_ address: PCIAddress) -> PCILink? {
    var link = PCILink()
    func speed(_ name: String) -> Int? {
      read(PCIDevices.file(address, name)) { PCILink.speed(text($0)) }.value
    }
    func width(_ name: String) -> Int? {
      read(PCIDevices.file(address, name)) {
        decimal($0).flatMap { Int(exactly: $0) }.flatMap { PCILink.width($0) }
      }.value
    }
    (link.speedMTps, link.width) = (speed("current_link_speed"), width("current_link_width"))
    (link.maximumSpeedMTps, link.maximumWidth) = (speed("max_link_speed"), width("max_link_width"))
    return link == PCILink() ? nil : link
  }
}
