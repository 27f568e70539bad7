// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

/// A document libvirt can be asked for.
public enum LibvirtDocument: String, Hashable, Sendable, CaseIterable {
  /// `virConnectGetCapabilities`, XML; works on a read-only connection.
  case capabilities
  /// `virConnectGetDomainCapabilities` for the kvm domain type, XML; wants a read-write connection. The machine type is
  /// the one that confidential guests need: q35 on x86-64, s390-ccw-virtio on s390x, elsewhere libvirt's default.
  case domainCapabilities = "domain-capabilities"
  /// The numbers of `virNodeGetSEVInfo`, a line `name value` each, never its keys and serial numbers; wants a
  /// read-write connection.
  case nodeSEVInfo = "node-sev-info"
  /// The names of the PCI functions that libvirt knows, `pci_0000_3b_00_0`, a line each, of `virConnectListAllNodeDevices`;
  /// works on a read-only connection. Costs the daemon a quarter of a millisecond a function, and at its start much more.
  case nodeDevices = "node-devices"
  /// `libvirt N` and `hypervisor N`, a line each: the daemon's version and, where it has one, QEMU's, as
  /// 1000000 major + 1000 minor + release; works on a read-only connection.
  case version

  public var wantsReadWrite: Bool {
    switch self {
    case .domainCapabilities, .nodeSEVInfo: true
    case .capabilities, .nodeDevices, .version: false
    }
  }

  /// How "withheld" ends where libvirt's library is missing: nothing was asked, but what to do is known.
  public static let libraryMissing = "is not installed"
}
