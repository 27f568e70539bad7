// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

/// What a flavor says of the hosts that it runs on.
struct FlavorPromise {
  enum Claim: Sendable {
    case kept
    case broken(String)
    case open(String)
  }

  /// Of the flavor's name or the longest of its `scs:name-vN`; `nil`: it has none.
  let name: SCSName?
  /// `nil`: not encrypted, or with a model that nobody knows.
  let encryption: MemoryEncryption?
  /// hostcap's traits that it requires.
  let traits: Set<String>
  /// Aliases, and how many devices of each.
  let devices: [(alias: String, count: Int)]
  let cpus, ramMiB: Int?

  init(_ flavor: FlavorDefinition) {
    var texts: [String: String] = [:]
    for spec in flavor.extraSpecs { texts[spec.key] = spec.text }
    let variants = texts.filter { $0.key.hasPrefix("scs:name-v") }.sorted { $0.key < $1.key }.map(\.value)
    let names = ([flavor.name] + variants).compactMap(Self.parse)
    name = names.max { $0.description.count < $1.description.count }
    let isEncrypted = texts["hw:mem_encryption"].flatMap(ExtraSpecKind.boolean) == true
    let model = texts["hw:mem_encryption_model"] ?? MemoryEncryption.sev.model
    encryption = isEncrypted ? MemoryEncryption.allCases.first { $0.model == model } : nil
    let required = texts.filter { $0.key.hasPrefix("trait:") && $0.value == "required" }
    traits = Set(required.map { String($0.key.dropFirst("trait:".count)) }.filter(HostTraits.all.contains))
    let wishes = texts["pci_passthrough:alias"]?.split(separator: ",") ?? []
    devices = wishes.map { wish in
      let parts = wish.split(separator: ":").map { $0.trimmingPrefix { $0 == " " } }
      return (String(parts.first ?? ""), parts.count > 1 ? Int(parts[1]) ?? 1 : 1)
    }
    (cpus, ramMiB) = (flavor.cpus, flavor.ramMiB)
  }

  private static func parse(_ text: String) -> SCSName? {
    (try? SCSName.parse(text)) ?? (try? SCSName.parse(version1: text))
  }

  var isEmpty: Bool { name == nil && encryption == nil }

  /// Why Nova does not put the flavor there; `nil`: it may.
  func obstacle(_ host: HostRecord, offers: HostPlan?) -> String? {
    let missing = traits.subtracting(HostTraits.traits(of: host)).sorted()
    if let missing = missing.first { return "it lacks the trait \(missing)" }
    if let cpus, let own = host.count("cpu.count"), own < cpus { return "it has \(own) CPUs" }
    if let ramMiB, let own = host.count("memory-bytes"), own >> 20 < ramMiB {
      return "it has \(own >> 30) GiB"
    }
    for (alias, count) in devices {
      if let offers {
        let own = offers.offers.count { $0.policy.alias == alias }
        if own < count { return "it offers \(own) of \(alias)" }
      } else if !host.devices.contains(where: { $0.state == .ready }) {
        return "no device of it is ready"
      } else if name?.gpu?.isPassthrough == true, !host.devices.contains(where: { $0.kind == "gpu" }) {
        return "it has no GPU"
      }
    }
    return nil
  }

  /// In the order of the name.
  func claims(_ host: HostRecord) -> [Claim] {
    var claims: [Claim] = []
    if let encryption { claims.append(self.encryption(encryption, host)) }
    guard let name else { return claims }
    claims += [mitigations(name, host), errorCorrection(name, host)]
    if name.hasNestedVirtualization {
      claims.append(Self.flag(host.flag("kvm.nested"), "_hwv: nested virtualization"))
    }
    if let hypervisor = name.hypervisor, hypervisor != .kvm {
      claims.append(.broken("_\(hypervisor.rawValue): the host runs KVM"))
    }
    if let architecture = name.architecture { claims.append(Self.architecture(architecture, host)) }
    if let gpu = name.gpu { claims.append(Self.gpu(gpu, host)) }
    if name.hasInfiniBand {
      let isThere = host.devices.contains { $0.isInfiniBand && $0.state == .ready }
      claims.append(isThere ? .kept : .broken("_ib: no InfiniBand function is ready there"))
    }
    return claims
  }

  private func encryption(_ encryption: MemoryEncryption, _ host: HostRecord) -> Claim {
    guard let record = host.capabilities[encryption.capability] else {
      return .open("\(encryption.capability): the report does not speak of it")
    }
    let why = "\(encryption.capability) is \(record.state.rawValue): \(record.cause?.because ?? "")"
    switch record.state {
    case .ready: return .kept
    case .unknown, .notApplicable: return .open(why)
    case .blocked, .absent: return .broken(why)
    }
  }

  private func mitigations(_ name: SCSName, _ host: HostRecord) -> Claim {
    if name.isInsecure { return .kept }
    guard let open = host.list("cpu.vulnerable") else { return .open("no i: what is mitigated is not known") }
    return open.isEmpty ? .kept : .broken("no i: \(open.joined(separator: ", "))")
  }

  /// That no controller reports ECC does not prove that there is none.
  private func errorCorrection(_ name: SCSName, _ host: HostRecord) -> Claim {
    name.isWithoutECC || host.flag("memory.ecc") == true ? .kept : .open("no u: ECC is not known to be on")
  }

  private static func flag(_ value: Bool?, _ what: String) -> Claim {
    switch value {
    case true?: .kept
    case false?: .broken("\(what) is off")
    case nil: .open("\(what) is not known")
    }
  }

  private static func architecture(_ claimed: SCSName.Architecture, _ host: HostRecord) -> Claim {
    guard let own = SCSNaming.architecture(host) else {
      return .open("_\(claimed): its processor is not known")
    }
    guard own.maker == claimed.maker else {
      return .broken("_\(claimed): its processor is _\(own.maker.rawValue)")
    }
    guard let generation = claimed.generation else { return .kept }
    guard let real = own.generation else { return .open("_\(claimed): its generation is not known") }
    return real >= generation ? .kept : .broken("_\(claimed): its processor is _\(own)")
  }

  /// One card that has what is claimed at least; of vGPUs no report tells what a guest gets.
  private static func gpu(_ claimed: SCSName.GPU, _ host: HostRecord) -> Claim {
    guard claimed.isPassthrough else { return .open("_\(claimed): what a vGPU has is not in a report") }
    let cards = host.devices.filter { $0.kind == "gpu" && $0.state == .ready }
    let known = cards.compactMap { card in
      card.scsNamePiece.flatMap { (try? SCSName.parse("SCS-1V-1_\($0)"))?.gpu }
    }
    if known.contains(where: { $0.keeps(claimed) }) { return .kept }
    if known.count < cards.count { return .open("_\(claimed): a GPU of it is not in the device table") }
    let have = known.map { "_\($0)" }
    return .broken(
      "_\(claimed): \(have.isEmpty ? "no GPU is ready there" : "it has \(have.joined(separator: ", "))")")
  }
}

extension SCSName.GPU {
  /// Whether a card that is this has all that `claimed` says.
  fileprivate func keeps(_ claimed: SCSName.GPU) -> Bool {
    maker == claimed.maker && (claimed.generation == nil || claimed.generation == generation)
      && (units ?? 0) >= (claimed.units ?? 0) && (memoryGiB ?? 0) >= (claimed.memoryGiB ?? 0)
      && unitFrequencyMarks >= claimed.unitFrequencyMarks
      && (hasHighBandwidthMemory || !claimed.hasHighBandwidthMemory)
  }
}
