// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

// Which functions Nova may hand out. Each rule leaves a device out, and says so.
extension Planner {
  func decideDevices(_ plan: inout HostPlan) {
    var policies: [(DeviceRecord, DevicePolicy)] = []
    for device in plan.host.devices {
      // Of what the site does not name nothing is said: a host has dozens of such functions.
      guard let policy = site.devices.first(where: { $0.match.suits(device) }) else { continue }
      policies.append((device, policy))
    }
    var offers: [DeviceOffer] = []
    for (device, policy) in policies {
      if let leftOut = Self.objection(to: device, under: policy, in: site.release) {
        plan.leftOut.append(leftOut)
      } else {
        offers.append(DeviceOffer(device: device, policy: policy))
      }
    }
    let apart = keepPhysicalOrVirtual(offers, &plan)
    plan.offers = keepOneClassPerFunction(apart, &plan)
  }

  static func objection(
    to device: DeviceRecord, under policy: DevicePolicy, in release: OpenStackRelease
  ) -> LeftOut? {
    let address = device.address
    guard device.state == .ready else {
      return LeftOut(
        address, "\(device.state.rawValue): \(device.cause?.because ?? "no cause is given")",
        next: device.cause?.fix)
    }
    // Nova parses domains of four digits, and knows no functions that go together.
    guard let domain = device.domain, domain <= 0xffff else {
      return LeftOut(
        address, "Nova knows no PCI domain above FFFF",
        next: "BIOS: VMD: Disabled for this port, or another slot")
    }
    if let companion = device.companions.first {
      return LeftOut(
        address, "goes together with \(companion), and Nova hands functions out one by one",
        next: "unbind or hide the companion in the BIOS, so that the group holds one function")
    }
    guard device.id != nil else { return LeftOut(address, "its vendor and device are not known") }
    if device.remarks.contains("pci.host_driver_bound"), device.type != .virtual, !policy.takesFromHost {
      return LeftOut(
        address, "a driver of the host's holds it",
        next: "bind it to vfio-pci, or let the site say take_from_host: true for \(policy.alias)")
    }
    if ["required", "socket"].contains(policy.numaPolicy), device.numaNode == nil {
      return LeftOut(
        address,
        "its NUMA node is not known, and with numa_policy \(policy.numaPolicy ?? "") nobody would get it",
        next: "update the BIOS, or numa_policy: preferred for \(policy.alias)")
    }
    if device.remarks.contains("pci.managed_no"), !release.hasManagedDevices {
      return LeftOut(address, "NVIDIA's driver has to keep it, and this Nova's device_spec has no managed")
    }
    return nil
  }

  /// nova-compute does not start where VFs of one PF differ in resource class or traits.
  private func keepOneClassPerFunction(_ offers: [DeviceOffer], _ plan: inout HostPlan) -> [DeviceOffer] {
    var aliases: [String: String] = [:]
    var kept: [DeviceOffer] = []
    for offer in offers {
      let owner = offer.device.providerFunction
      if let alias = aliases[owner], alias != offer.policy.alias {
        plan.leftOut.append(
          LeftOut(
            offer.device.address,
            "\(offer.policy.alias) would have it, and other VFs of \(owner) are offered as \(alias)",
            next: "let one entry of the site's devices suit all VFs of a PF"))
        continue
      }
      aliases[owner] = offer.policy.alias
      kept.append(offer)
    }
    return kept
  }

  /// nova-compute does not start where both match; the VFs have the say, for they are enabled already.
  private func keepPhysicalOrVirtual(_ offers: [DeviceOffer], _ plan: inout HostPlan) -> [DeviceOffer] {
    let parents = Set(offers.compactMap(\.device.physicalFunction))
    return offers.filter { offer in
      guard parents.contains(offer.device.address) else { return true }
      plan.leftOut.append(
        LeftOut(
          offer.device.address, "its VFs are offered, and Nova takes a PF or its VFs",
          next: "write 0 to sriov_numvfs to offer the whole device"))
      return false
    }
  }

  /// An alias has one device type. The one that most devices have is taken; the others' SR-IOV setting differs.
  mutating func settleDeviceTypes() {
    for policy in site.devices {
      let all = plan.hosts.flatMap { $0.offers }.filter { $0.policy.alias == policy.alias }
      let counts = Dictionary(grouping: all, by: \.device.type).mapValues(\.count)
      // Of equally many the whole card is what an operator mostly means.
      let order: [NovaDeviceType] = [.physical, .pci, .virtual]
      guard counts.count > 1, let most = counts.values.max(),
        let main = order.first(where: { counts[$0] == most })
      else { continue }
      for index in plan.hosts.indices { drop(policy, otherThan: main, from: &plan.hosts[index]) }
    }
  }

  /// Without Placement Nova finds devices by vendor, device and type alone: a guest that asks for one alias could get what
  /// is meant for another. The first entry of the site has them.
  mutating func tellAliasesApart() {
    guard !site.isPCIInPlacement else { return }
    var owners: [String: String] = [:]
    for policy in site.devices {
      for offer in plan.hosts.flatMap({ $0.offers }) where offer.policy.alias == policy.alias {
        let key = Self.key(offer)
        if owners[key] == nil { owners[key] = policy.alias }
      }
    }
    for index in plan.hosts.indices {
      let others = plan.hosts[index].offers.filter { owners[Self.key($0)] != $0.policy.alias }
      plan.hosts[index].offers.removeAll { others.contains($0) }
      plan.hosts[index].leftOut += others.map { offer in
        LeftOut(
          offer.device.address,
          "has vendor, device and type of \(owners[Self.key(offer)] ?? ""), and without Placement Nova cannot tell them apart",
          next: "pci_in_placement: true, or one alias for both")
      }
    }
  }

  private static func key(_ offer: DeviceOffer) -> String {
    "\(offer.device.id ?? "") \(offer.device.type.rawValue)"
  }

  private func drop(_ policy: DevicePolicy, otherThan type: NovaDeviceType, from host: inout HostPlan) {
    let others = host.offers.filter { $0.policy.alias == policy.alias && $0.device.type != type }
    host.offers.removeAll { others.contains($0) }
    host.leftOut += others.map {
      LeftOut(
        $0.device.address, "is \($0.device.type.rawValue) to Nova, and \(policy.alias) is \(type.rawValue)",
        next: "set SR-IOV alike on all such devices, or a device_type and an alias of their own in the site")
    }
  }

  mutating func planAliases() {
    for policy in site.devices {
      let offers = plan.hosts.flatMap { $0.offers }.filter { $0.policy.alias == policy.alias }
      guard let type = offers.first?.device.type else {
        plan.warnings.append(LeftOut(policy.alias, "no host offers a device under this alias"))
        continue
      }
      let ids = Set(offers.compactMap(\.device.id)).sorted()
      plan.aliases.append(AliasPlan(policy: policy, type: type, ids: ids, count: offers.count))
      warnOfManyProviders(policy)
    }
  }

  /// Placement tries every combination of like providers. Source: OpenStack Nova doc/source/admin/pci-passthrough.rst.
  private static let usualProviders = 8

  private mutating func warnOfManyProviders(_ policy: DevicePolicy) {
    guard site.isPCIInPlacement, policy.flavors.contains(where: { $0.count > 1 }) else { return }
    for host in plan.hosts {
      let offers = host.offers.filter { $0.policy.alias == policy.alias && $0.isInPlacement }
      let providers = Set(offers.map(\.device.providerFunction)).count
      guard providers > Self.usualProviders else { continue }
      plan.warnings.append(
        LeftOut(
          "\(policy.alias) on \(host.name)",
          "\(providers) like providers, and flavors ask for several: Placement's candidates grow with every combination",
          next:
            "[placement] max_allocation_candidates and allocation_candidates_generation_strategy bound them"))
    }
  }
}
