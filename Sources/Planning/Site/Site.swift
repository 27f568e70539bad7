// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

/// What an operator decides about a region: which release runs there, and what of the hosts is offered under which name.
///
/// Nothing is offered that the site does not name.
public struct Site: Sendable, Hashable {
  /// Who carries nova.conf to the hosts, and so where the plan's files go.
  public enum Deployment: String, Sendable, CaseIterable {
    case osism, kolla, kayobe, yaook, nova
  }

  /// An optional piece of an SCS name, written where it is true of every host that could get the flavor.
  public enum NamePiece: String, Sendable, CaseIterable {
    case hypervisor, hwv, generation
  }

  public let release: OpenStackRelease
  /// The OSISM release that the site named instead; `nil`: it named OpenStack's.
  public var osism: OSISMRelease?
  public var deployment = Deployment.osism
  /// `[filter_scheduler] pci_in_placement`, and `[pci] report_in_placement` on the hosts, which no host can take back.
  public var isPCIInPlacement = true
  /// MiB that a host which offers anything keeps for itself; `nil`: left to the deployment.
  public var reservedHostMemoryMiB: Int?
  public var namePieces: Set<NamePiece> = []
  /// By the inventory's name; a host that is not listed is planned as it is.
  public var hosts: [String: HostPolicy] = [:]
  /// In the site's order; of several that suit a device the first one has it.
  public var devices: [DevicePolicy] = []
  /// In the site's order.
  public var confidential: [ConfidentialPolicy] = []
  /// Flavors without devices and without encryption.
  public var flavors: [FlavorSize] = []

  public init(release: OpenStackRelease) { self.release = release }

  /// `OSISM 11 (OpenStack 2026.1)`.
  public var releaseName: String {
    osism.map { "OSISM \($0.id) (OpenStack \(release.id))" } ?? "OpenStack \(release.id)"
  }
}

/// What the site says of one host.
public struct HostPolicy: Sendable, Hashable {
  /// What nova-compute reports, and Placement calls the host; `nil`: the inventory's name.
  public var hypervisorHostname: String?
  /// What `openstack compute service list` calls it, which aggregates go by; `nil`: the inventory's name.
  public var serviceHost: String?
  /// Whether anything of it is offered at all.
  public var isOffered = true

  public init() {}
}

/// Devices that are offered under one alias.
public struct DevicePolicy: Sendable, Hashable {
  /// Each one that is given has to suit.
  public struct Match: Sendable, Hashable {
    /// As in the report: `gpu`, `vf`, `network` …
    public var kind: String?
    /// `10de:2335`, lower case.
    public var id: String?
    /// A row of the device table, letter for letter.
    public var model: String?
    public var type: NovaDeviceType?

    public init() {}

    public func suits(_ device: DeviceRecord) -> Bool {
      (kind == nil || kind == device.kind) && (id == nil || id == device.id)
        && (model == nil || model == device.model) && (type == nil || type == device.type)
    }
  }

  /// `[pci] alias`, name: 1 to 256 characters.
  public let alias: String
  public var match = Match()
  /// `CUSTOM_…`; by default made of the alias.
  public var resourceClass: String
  /// `required`, `preferred`, `legacy` or `socket`; `nil`: Nova's default, legacy.
  public var numaPolicy: String?
  /// Neutron's name of the network that VFs are on; such devices are not put in Placement.
  public var physicalNetwork: String?
  public var isTrusted = false
  /// Devices that a driver of the host's holds are offered as well; libvirt takes them off it.
  public var takesFromHost = false
  public var flavors: [FlavorSize] = []

  public init(alias: String) {
    self.alias = alias
    resourceClass = PlacementName.custom(alias)
  }
}

/// Flavors for confidential guests.
public struct ConfidentialPolicy: Sendable, Hashable {
  public let encryption: MemoryEncryption
  public var flavors: [FlavorSize]

  public init(_ encryption: MemoryEncryption, flavors: [FlavorSize]) {
    (self.encryption, self.flavors) = (encryption, flavors)
  }
}

/// A flavor's size.
public struct FlavorSize: Sendable, Hashable {
  public let cpus: Int
  /// `L`, `V`, `T` or `C` of an SCS name: what the site's overcommitment and pinning make of a vCPU.
  public var cpuType = "V"
  public let ramGiB: Int
  /// 0: none, the guest boots from a volume.
  public var diskGB = 0
  /// `n`, `h`, `s` or `p` of an SCS name; `nil`: not promised.
  public var diskType: String?
  /// Devices of the alias; 0 without one.
  public var count = 0
  /// Everybody sees the flavor.
  public var isPublic: Bool
  /// The flavor's name instead of the one that hostcap makes.
  public var name: String?

  public init(cpus: Int, ramGiB: Int, isPublic: Bool = true) {
    (self.cpus, self.ramGiB, self.isPublic) = (cpus, ramGiB, isPublic)
  }
}
