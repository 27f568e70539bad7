// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

public import Evidence

/// What is known of a PCI function beyond what it is: where it sits, how it is joined, what it can do.
///
/// `nil` is not known, or nobody asked; an empty list is the host's word that there is none. A virtual function's place,
/// link, BARs and ARI are its physical function's, whose registers hold them.
public struct FunctionDetails: Sendable, Equatable {
  public private(set) var address: PCIAddress
  public var place: PCIPlace?
  public var link: PCILink?
  public var bars: [PCIBAR]?
  /// Expansion ROM; 0: none.
  public var romBytes: UInt64?
  public var resizableBARs: [ResizableBAR]?
  /// In the kernel's order. Empty: it knows none, or somebody switched them off.
  public var resetMethods: [String]?
  /// Names below `/dev/vfio/devices`: one while VFIO holds the function, since kernel 6.1.
  public var vfioDevices: [String]?
  /// Whether the port above forwards by ARI. Source: sysfs `ari_enabled`.
  public var isARIEnabled: Bool?
  /// Whether the kernel offers to join it to a confidential guest.
  /// Source: kernel Documentation/ABI/testing/sysfs-bus-pci, tsm.
  public var hasTSM: Bool?
  /// `vendor:type` of what its mailboxes speak. Empty: the kernel lists none.
  /// Source: kernel Documentation/ABI/testing/sysfs-bus-pci, doe_features.
  public var doeFeatures: [String]?
  /// From configuration space: only of functions that people hand to guests, and of the ports above them.
  public var capabilities: FunctionCapabilities?

  public init(_ address: PCIAddress) { self.address = address }

  /// The same of a function elsewhere.
  public func moved(to address: PCIAddress) -> FunctionDetails {
    var details = self
    details.address = address
    return details
  }
}

/// Where a function sits in the tree of buses.
public struct PCIPlace: Sendable, Hashable {
  /// `pciDDDD:BB`: the root complex, by its domain and root bus. Finer than a NUMA node, of which several share one.
  public let hostBridge: String
  /// Bridges above the function, the root port first. Empty: it sits on the root bus.
  public let ports: [PCIAddress]

  public init(hostBridge: String, ports: [PCIAddress]) {
    (self.hostBridge, self.ports) = (hostBridge, ports)
  }

  /// Only a function on the root bus has none.
  public var rootPort: PCIAddress? { ports.first }

  /// Reads where the function's link leads: `../../../devices/pci0000:3a/0000:3a:00.0/0000:3b:00.0`. `nil`: elsewhere.
  /// The last host bridge counts: Intel VMD's stands below a function of another.
  init?(_ target: ArraySlice<UInt8>, of address: PCIAddress) {
    let parts = target.split(separator: UInt8(ascii: "/")).map { String(decoding: $0, as: UTF8.self) }
    guard let bridge = parts.lastIndex(where: Self.isHostBridge) else { return nil }
    let below = parts[(bridge + 1)...].map { PCIAddress($0) }
    guard let last = below.last, last == address, !below.contains(nil) else { return nil }
    (hostBridge, ports) = (parts[bridge], below.dropLast().compactMap { $0 })
  }

  /// Source: kernel drivers/pci/probe.c, pci_register_host_bridge(): `pci%04x:%02x`.
  private static func isHostBridge(_ name: String) -> Bool {
    name.hasPrefix("pci") && PCIAddress(name.dropFirst(3) + ":00.0") != nil
  }
}

extension HostSource {
  /// Where a function sits.
  public func pciPlace(_ address: PCIAddress) -> Reading<PCIPlace> {
    read(.link(PCIDevices.path(address))) { PCIPlace($0, of: address) }
  }

  /// The kernel's ways to reset a function.
  ///
  /// Absent: a kernel before 5.15, which only says whether there is one. Empty: none, for whatever reason.
  public func resetMethods(_ address: PCIAddress) -> Reading<[String]> {
    let methods = namedResetMethods(address)
    guard methods.isAbsent else { return methods }
    // Neither file is there without a method. Source: kernel drivers/pci/pci-sysfs.c, reset_method_attr_is_visible().
    return contains("reset", in: PCIDevices.path(address)).flatMap { $0 ? .absent : .value([]) }
  }

  /// What `reset_method` names: `flr`, `bus`; none: resets were switched off. Absent: as above, or there is no method.
  /// Errors: what no method is called is unreadable. Source: kernel drivers/pci/pci.c, pci_reset_fn_methods[]: all names
  /// are short, of small letters and underscores.
  public func namedResetMethods(_ address: PCIAddress) -> Reading<[String]> {
    surveyed(address, { $0.resetMethods }, { $0.resetMethods = $1 }) {
      read(PCIDevices.file(address, "reset_method")) { bytes in
        let words = trimmed(bytes).split(separator: UInt8(ascii: " "))
        let areNames = words.allSatisfy { word in
          word.count < 32 && word.allSatisfy { (0x61...0x7a).contains($0) || $0 == UInt8(ascii: "_") }
        }
        return areNames ? words.map(text) : nil
      }
    }
  }

  /// Names below `/dev/vfio/devices`. Absent: VFIO holds it, and the kernel is older than 6.1, which has no such names.
  public func vfioDevices(_ function: PCIFunction) -> Reading<[String]> {
    let binding = driverBinding(function)
    return binding.value?.isVFIO == true
      ? names(in: "\(PCIDevices.path(function.address))/vfio-dev") : binding.map { _ in [] }
  }
}
