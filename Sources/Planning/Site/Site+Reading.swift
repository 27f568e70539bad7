// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

public import Documents
public import Tape

extension Site {
  private static let keys = [
    "release", "deployment", "pci_in_placement", "reserved_host_memory_mb", "name_pieces", "hosts", "devices",
    "confidential", "flavors",
  ]

  /// Reads a site's file. Throws, with the line, at the first key or value that is not one of the documented.
  public init(_ document: Document) throws(InputError) {
    let top = try document.root.object("the site", keys: Self.keys)
    let (release, osism) = try Self.release(top.required("release", "the site"))
    self.init(release: release)
    self.osism = osism
    if let node = top["deployment"] {
      deployment = try node.choice("deployment", of: Deployment.self)
    }
    if let node = top["pci_in_placement"] { isPCIInPlacement = try node.boolean("pci_in_placement") }
    if let node = top["reserved_host_memory_mb"] {
      reservedHostMemoryMiB = try node.integer("reserved_host_memory_mb", in: 0...(1 << 30))
    }
    for node in try top["name_pieces"]?.list("name_pieces") ?? [] {
      namePieces.insert(try node.choice("a name piece", of: NamePiece.self))
    }
    for entry in try top["hosts"]?.object("hosts").entries ?? [] {
      hosts[entry.key] = try HostPolicy(entry.value)
    }
    for node in try top["devices"]?.list("devices") ?? [] { try add(DevicePolicy(node), at: node) }
    for node in try top["confidential"]?.list("confidential") ?? [] {
      let policy = try ConfidentialPolicy(node)
      guard !confidential.contains(where: { $0.encryption == policy.encryption }) else {
        throw node.refusal("\(policy.encryption.capability) is there twice")
      }
      confidential.append(policy)
    }
    flavors = try (top["flavors"]?.list("flavors") ?? []).sizes(needsDevice: false, isPublic: true)
  }

  /// Two aliases of one class would let a guest have either's devices, and one alias twice is an error of Nova's.
  private mutating func add(_ policy: DevicePolicy, at node: DocumentNode) throws(InputError) {
    if devices.contains(where: { $0.alias == policy.alias }) {
      throw node.refusal("the alias \(policy.alias) is there twice")
    }
    if let other = devices.first(where: { $0.resourceClass == policy.resourceClass }) {
      throw node.refusal(
        "\(policy.alias) and \(other.alias) share the resource_class \(policy.resourceClass)")
    }
    devices.append(policy)
  }

  static func release(
    _ node: DocumentNode
  ) throws(InputError) -> (OpenStackRelease, OSISMRelease?) {
    let choice = try node.object("release", keys: ["openstack", "osism"])
    switch (choice["openstack"], choice["osism"]) {
    case (let openStack?, nil):
      return (try OpenStackRelease.known(openStack.text("openstack"), by: openStack), nil)
    case (nil, let osism?):
      let id = try osism.text("osism")
      guard let release = OSISMRelease.all.first(where: { $0.id == id }) else {
        throw osism.refusal("no OSISM \(id); known are \(OSISMRelease.all.map(\.id).joined(separator: ", "))")
      }
      return (try OpenStackRelease.known(release.openStack, by: osism), release)
    default: throw node.refusal("release needs one of the keys openstack and osism")
    }
  }
}

extension OpenStackRelease {
  fileprivate static func known(_ id: String, by node: DocumentNode) throws(InputError) -> OpenStackRelease {
    if let release = named(id) { return release }
    throw node.refusal(
      "OpenStack \(id) is not known to this hostcap; known are \(all.map(\.id).joined(separator: ", "))")
  }
}

extension HostPolicy {
  fileprivate init(_ node: DocumentNode) throws(InputError) {
    let object = try node.object("a host", keys: ["hypervisor_hostname", "service_host", "offer"])
    self.init()
    if let node = object["hypervisor_hostname"] { hypervisorHostname = try node.name("hypervisor_hostname") }
    if let node = object["service_host"] { serviceHost = try node.name("service_host") }
    if let node = object["offer"] { isOffered = try node.boolean("offer") }
  }
}

extension ConfidentialPolicy {
  fileprivate init(_ node: DocumentNode) throws(InputError) {
    let object = try node.object("a kind of confidential guest", keys: ["capability", "flavors"])
    let encryption = try object.required("capability", "a kind of confidential guest")
      .choice("capability", of: MemoryEncryption.self)
    let flavors = try object.required("flavors", encryption.capability).list("flavors")
    self.init(encryption, flavors: try flavors.sizes(needsDevice: false, isPublic: false))
  }
}

extension [DocumentNode] {
  func sizes(needsDevice: Bool, isPublic: Bool) throws(InputError) -> [FlavorSize] {
    var sizes: [FlavorSize] = []
    for node in self { sizes.append(try FlavorSize(node, hasDevice: needsDevice, isPublic: isPublic)) }
    return sizes
  }
}
