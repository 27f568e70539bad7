// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

/// What a flavor says of the hosts that it runs on.
struct FlavorPromise {
  enum Claim: Sendable {
    case kept
    case broken(String)
    case open(String)
  }

  /// The flavor's name and its `scs:name-vN`, as far as they are SCS names, each once: every one is a promise.
  let names: [SCSName]
  /// What it is encrypted with; `nil`: it is not.
  let model: String?
  /// hostcap's traits that it requires.
  let traits: Set<String>
  /// Aliases, and how many devices of each.
  let devices: [(alias: String, count: Int)]
  let cpus, ramMiB: Int?

  init(_ flavor: FlavorDefinition) {
    var texts: [String: String] = [:]
    for spec in flavor.extraSpecs { texts[spec.key] = spec.text }
    let variants = texts.filter { $0.key.hasPrefix("scs:name-v") }.sorted { $0.key < $1.key }.map(\.value)
    var names: [SCSName] = []
    for name in ([flavor.name] + variants).compactMap(Self.parse) where !names.contains(name) {
      names.append(name)
    }
    self.names = names
    let isEncrypted = texts["hw:mem_encryption"].flatMap(ExtraSpecKind.boolean) == true
    model = isEncrypted ? texts["hw:mem_encryption_model"] ?? MemoryEncryption.sev.model : nil
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

  var isEmpty: Bool { names.isEmpty && model == nil }
  private var isWithGPU: Bool { names.contains { $0.gpu?.isPassthrough == true } }

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
      } else if isWithGPU, !host.devices.contains(where: { $0.kind == "gpu" }) {
        return "it has no GPU"
      }
    }
    return nil
  }

  /// In the order of the names.
  ///
  /// - Parameters:
  ///   - offers: what the site offers of the host; `nil`: no site was given.
  ///   - release: the site's.
  func claims(_ host: HostRecord, offers: HostPlan?, release: OpenStackRelease?) -> [Claim] {
    var claims: [Claim] = []
    if let model { claims.append(encryption(model, host, release)) }
    for name in names {
      claims += [mitigations(name, host), errorCorrection(name, host)]
      if name.hasNestedVirtualization {
        claims.append(Self.flag(host.flag("kvm.nested"), "_hwv: nested virtualization"))
      }
      if let hypervisor = name.hypervisor, hypervisor != .kvm {
        claims.append(.broken("_\(hypervisor.rawValue): the host runs KVM"))
      }
      if let architecture = name.architecture { claims.append(Self.architecture(architecture, host)) }
      if let gpu = name.gpu { claims.append(self.gpu(gpu, host, offers)) }
      if name.hasInfiniBand {
        let isThere = host.devices.contains { $0.isInfiniBand && $0.state == .ready }
        claims.append(isThere ? .kept : .broken("_ib: no InfiniBand function is ready there"))
      }
    }
    return claims
  }

  private func encryption(_ model: String, _ host: HostRecord, _ release: OpenStackRelease?) -> Claim {
    guard let encryption = MemoryEncryption.allCases.first(where: { $0.model == model }) else {
      return .broken("\(model) is no model that a Nova knows")
    }
    if let release, !encryption.isUsable(in: release) {
      return .broken("Nova \(release.nova) cannot start guests with \(model)")
    }
    if encryption == .sevES, HostTraits.isESUnsafe(host) {
      return .broken("amd.sev-es: SEV-SNP is on beside it, or may be: CVE-2025-48514")
    }
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

  /// Every card that a guest could get has what is claimed at least: with a site those of the flavor's aliases, without
  /// one any that is ready. Of vGPUs no report tells what a guest gets.
  private func gpu(_ claimed: SCSName.GPU, _ host: HostRecord, _ offers: HostPlan?) -> Claim {
    guard claimed.isPassthrough else { return .open("_\(claimed): what a vGPU has is not in a report") }
    guard !devices.isEmpty else { return .broken("_\(claimed): the flavor asks for no device") }
    let aliases = devices.map(\.alias)
    let cards =
      offers?.offers.filter { aliases.contains($0.policy.alias) && $0.device.kind == "gpu" }.map(\.device)
      ?? host.devices.filter { $0.kind == "gpu" && $0.state == .ready }
    if cards.isEmpty { return .broken("_\(claimed): no GPU is ready there") }
    let known = cards.compactMap { card in
      card.scsNamePiece.flatMap { (try? SCSName.parse("SCS-1V-1_\($0)"))?.gpu }
    }
    let short = known.filter { !$0.keeps(claimed) }
    if short.isEmpty, known.count == cards.count { return .kept }
    // Without a site the alias may well mean the one that keeps it.
    if offers == nil, known.contains(where: { $0.keeps(claimed) }) {
      return short.isEmpty
        ? .open("_\(claimed): a GPU of it is not in the device table")
        : .open("_\(claimed): it has others as well")
    }
    if short.isEmpty { return .open("_\(claimed): a GPU of it is not in the device table") }
    return .broken("_\(claimed): it has \(short.map { "_\($0)" }.joined(separator: ", "))")
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
