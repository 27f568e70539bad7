// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

/// What a region's hosts offer under a site's policy: a pure function of reports and site.
public struct Plan: Sendable, Hashable {
  public let site: Site
  /// By name.
  public internal(set) var hosts: [HostPlan] = []
  /// In the site's order, those that a host offers something under.
  public internal(set) var aliases: [AliasPlan] = []
  public internal(set) var flavors: [FlavorPlan] = []
  /// Flavors that are not written, and why.
  public internal(set) var leftOut: [LeftOut] = []
  /// What the operator has to know although nothing is left out for it.
  public internal(set) var warnings: [LeftOut] = []

  init(site: Site) { self.site = site }

  /// Hosts with something to offer, by what they offer: an aggregate each, of compute services.
  public var aggregates: [(name: String, hosts: [String])] {
    let models = site.confidential.map(\.encryption).map { encryption in
      (encryption.model, hosts.filter { $0.encryption.contains(encryption) })
    }
    let devices = aliases.map { alias in
      (alias.policy.alias, hosts.filter { $0.offers(alias.policy.alias) })
    }
    return (models + devices).filter { !$0.1.isEmpty }.map { name, hosts in
      ("hostcap-\(name)", hosts.map { site.hosts[$0.name]?.serviceHost ?? $0.name })
    }
  }
}

/// Something that is not offered: in the report's words, with the next step.
public struct LeftOut: Sendable, Hashable {
  /// A capability, a function's address, a flavor's name.
  public let subject: String
  public let because: String
  /// What would change it; `nil`: nothing that hostcap knows of.
  public let next: String?

  public init(_ subject: String, _ because: String, next: String? = nil) {
    (self.subject, self.because, self.next) = (subject, because, next)
  }
}

/// A line of `[pci] alias`, and what is behind it.
public struct AliasPlan: Sendable, Hashable {
  public let policy: DevicePolicy
  public let type: NovaDeviceType
  /// `10de:2335`, sorted: with PCI in Placement they only inform, without it each is a line.
  public let ids: [String]
  /// Devices offered in all.
  public let count: Int
}

/// One host's part.
public struct HostPlan: Sendable, Hashable {
  public let host: HostRecord
  /// What Placement calls it.
  public let hypervisorHostname: String
  /// `CUSTOM_HOSTCAP_…` on the host's own provider, sorted.
  public internal(set) var traits: [String] = []
  /// Those of hostcap's that the host must not have, sorted: a trait stays in Placement when it leaves the file.
  public internal(set) var withdrawnTraits: [String] = []
  /// Confidential guests that the site offers, the host runs and the release starts.
  public internal(set) var encryption: [MemoryEncryption] = []
  /// By address.
  public internal(set) var offers: [DeviceOffer] = []
  public internal(set) var leftOut: [LeftOut] = []

  init(_ host: HostRecord, as hypervisorHostname: String) {
    (self.host, self.hypervisorHostname) = (host, hypervisorHostname)
  }

  public var name: String { host.name }
  public var isEmpty: Bool { offers.isEmpty && encryption.isEmpty }
  public func offers(_ alias: String) -> Bool { offers.contains { $0.policy.alias == alias } }
}

/// A function that Nova may hand out.
public struct DeviceOffer: Sendable, Hashable {
  public let device: DeviceRecord
  public let policy: DevicePolicy

  /// libvirt must not bind it anew: NVIDIA's driver serves it.
  public var isUnmanaged: Bool { device.remarks.contains("pci.managed_no") }
  /// Its BARs want a guest as wide as the host.
  public var needsWideGuest: Bool { device.remarks.contains("pci.guest_too_narrow") }
  /// Networks' devices are Neutron's, which Nova keeps out of Placement.
  public var isInPlacement: Bool { policy.physicalNetwork == nil }
  /// Traits of the device, sorted. They follow its PF's where it is a VF, for the provider is the PF's.
  public var traits: [String] {
    var traits = ["CUSTOM_HOSTCAP_PT_READY"]
    if device.numaNode != nil { traits.append("CUSTOM_HOSTCAP_NUMA_KNOWN") }
    if device.isCCCapable { traits.append("CUSTOM_HOSTCAP_CC_CAPABLE") }
    return traits.sorted()
  }
}

/// A flavor as OpenStack takes it.
public struct FlavorPlan: Sendable, Hashable {
  public let name: String
  public let size: FlavorSize
  /// In the order in which they are written.
  public let extraSpecs: [FlavorSpec]
  /// Names of the hosts that can run it.
  public let hosts: [String]
  /// Why the name does not say more, one a line.
  public let notes: [String]
}

/// One extra spec.
public struct FlavorSpec: Sendable, Hashable {
  public let key, value: String

  public init(_ key: String, _ value: String) { (self.key, self.value) = (key, value) }
}
