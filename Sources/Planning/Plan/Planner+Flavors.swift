// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

// Flavors that at least one host can run, and that the release makes no less of.
extension Planner {
  /// Never with a device: a guest with encrypted memory has none. Source: OpenStack Nova doc/source/admin/sev.rst.
  mutating func planConfidentialFlavors() {
    for policy in site.confidential {
      let encryption = policy.encryption
      for size in policy.flavors {
        let hosts = plan.hosts.filter { $0.encryption.contains(encryption) }
        let name = size.name ?? Self.confidentialName(encryption, size)
        guard encryption.isUsable(in: site.release) else {
          leaveOut(
            name, "Nova of \(site.releaseName) would make less of it: it knows no \(encryption.model)",
            next: Self.firstRelease(of: encryption))
          continue
        }
        // Such a guest starts none of its own.
        var namedFor = site
        namedFor.namePieces.remove(.hwv)
        let scs = SCSNaming(size, hosts: hosts.map(\.host), site: namedFor)
        // The model's key is younger than plain SEV.
        let model =
          site.release.memoryEncryptionModels.isEmpty
          ? [] : [FlavorSpec("hw:mem_encryption_model", encryption.model)]
        add(
          name, size, on: hosts, scs,
          scs.specs + [FlavorSpec("hw:mem_encryption", "true")] + model
            + [FlavorSpec("trait:\(HostTraits.trait(encryption.capability))", "required")],
          missing: "no host offers \(encryption.capability)")
      }
    }
  }

  /// `cc-snp-4c-16`: SCS names have no word for it, and must not be extended.
  static func confidentialName(_ encryption: MemoryEncryption, _ size: FlavorSize) -> String {
    let word: String
    switch encryption {
    case .sev: word = "sev"
    case .sevES: word = "sev-es"
    case .sevSNP: word = "snp"
    case .tdx: word = "tdx"
    }
    return "cc-\(word)-\(shape(size))"
  }

  /// `4c-16`, or `4c-16-50` with a disk.
  private static func shape(_ size: FlavorSize) -> String {
    "\(size.cpus)\(size.cpuType.lowercased())-\(size.ramGiB)" + (size.diskGB > 0 ? "-\(size.diskGB)" : "")
  }

  /// The SCS name where it speaks of the device; otherwise the alias says what the name cannot.
  private static func deviceName(_ policy: DevicePolicy, _ size: FlavorSize, _ name: SCSName) -> String {
    if name.gpu != nil || name.hasInfiniBand, size.count == 1 { return name.description }
    return "\(policy.alias)-\(shape(size))" + (size.count > 1 ? "-x\(size.count)" : "")
  }

  mutating func planDeviceFlavors() {
    for policy in site.devices {
      for size in policy.flavors {
        let hosts = plan.hosts.filter { host in
          host.offers.count { $0.policy.alias == policy.alias } >= size.count
        }
        let offers = hosts.flatMap { $0.offers }.filter { $0.policy.alias == policy.alias }
        let scs = SCSNaming(size, hosts: hosts.map(\.host), devices: offers.map(\.device), site: site)
        var specs = scs.specs
        specs.append(FlavorSpec("pci_passthrough:alias", "\(policy.alias):\(size.count)"))
        if let numa = policy.numaPolicy { specs.append(FlavorSpec("hw:pci_numa_affinity_policy", numa)) }
        if offers.contains(where: \.needsWideGuest) {
          specs.append(FlavorSpec("hw:maxphysaddr_mode", "passthrough"))
        }
        add(
          size.name ?? Self.deviceName(policy, size, scs.name), size, on: hosts, scs, specs,
          missing: "no host offers \(size.count) of \(policy.alias)")
      }
    }
  }

  mutating func planPlainFlavors() {
    for size in site.flavors {
      // Nothing in such a flavor keeps it off any host of the region.
      let scs = SCSNaming(size, hosts: plan.hosts.map(\.host), site: site)
      add(
        size.name ?? scs.name.description, size, on: plan.hosts, scs, scs.specs, missing: "there is no host")
    }
  }

  private mutating func add(
    _ name: String, _ size: FlavorSize, on hosts: [HostPlan], _ scs: SCSNaming, _ specs: [FlavorSpec],
    missing: String
  ) {
    let reserved = site.reservedHostMemoryMiB ?? 0
    let large = hosts.filter { host in
      // Nothing is promised of a host whose size nobody knows.
      guard let bytes = host.host.count("memory-bytes"), let cpus = host.host.count("cpu.count") else {
        return false
      }
      let memoryMiB = (bytes >> 20) - (host.isEmpty ? 0 : reserved)
      return memoryMiB >= size.ramGiB * 1024 && cpus >= size.cpus
    }
    if hosts.isEmpty { return leaveOut(name, missing) }
    if large.isEmpty {
      return leaveOut(
        name, "no host that could run it is known to have \(size.cpus) CPUs and \(size.ramGiB) GiB")
    }
    if plan.flavors.contains(where: { $0.name == name }) {
      return leaveOut(name, "another flavor has this name", next: "give one of them a name in the site")
    }
    plan.flavors.append(
      FlavorPlan(
        name: name, size: size, extraSpecs: specs, hosts: large.map(\.name), notes: scs.notes))
  }

  private mutating func leaveOut(_ name: String, _ because: String, next: String? = nil) {
    plan.leftOut.append(LeftOut("flavor \(name)", because, next: next))
  }
}
