// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

public import CanonicalJSON
public import HostModel
public import Planning

/// What a cloud tells its users: which capabilities can be had, by which flavors, and since when. Never how many, never
/// where: a file for `/.well-known/hostcap.json`.
public struct SelfDescription: Sendable {
  public static let version = "1.0.0"
  /// Days after which a reader should no longer believe it.
  static let validDays = 7

  public struct Capability: Sendable, Hashable {
    public let id, title: String
    /// A day: `2026-11-26`.
    public let since: String
    /// A guest has seen it on this hardware.
    public let isProven: Bool
    /// Names of flavors that everybody sees, sorted; empty: one is given on request.
    public let flavors: [String]
  }

  public let provider: String
  public let release: String
  public let at: UTCTime
  /// By id; those that can be had.
  public let capabilities: [Capability]
  /// GPUs and other devices that flavors hand out: the model, and the flavors.
  public let devices: [String: [String]]

  /// - Parameters:
  ///   - plan: what the site offers of its hosts.
  ///   - since: by capability, the day since which it can be had without a break; missing: the oldest report that says so.
  ///   - titles: of capabilities, by id; models: of devices that there are. A report's own words are not repeated.
  public init(
    _ plan: Plan, provider: String, proofs: Set<Proof>, since: [String: String], titles: [String: String],
    models: Set<String>, at: UTCTime
  ) {
    (self.provider, self.at, release) = (provider, at, plan.site.releaseName)
    let all = plan.flavors.filter { !$0.hosts.isEmpty }
    let flavors = all.filter(\.size.isPublic)
    var capabilities: [Capability] = []
    for encryption in plan.site.confidential.map(\.encryption) {
      let hosts = plan.hosts.filter { $0.encryption.contains(encryption) }
      // A capability without a flavor cannot be had.
      let asking = all.filter { Self.asks($0, for: encryption, plan.site.release) }
      guard !hosts.isEmpty, !asking.isEmpty else { continue }
      let names = asking.filter(\.size.isPublic).map(\.name).sorted()
      let id = encryption.capability
      let title = titles[id] ?? id
      let seen = hosts.compactMap { $0.host.observedAt }.min() ?? "\(at)"
      let isProven = hosts.contains { plan in
        proofs.contains(
          Proof(provider: plan.host.provider, hardwareClass: plan.host.className, capability: id))
      }
      capabilities.append(
        Capability(
          id: id, title: title, since: String((since[id] ?? seen).prefix(10)), isProven: isProven,
          flavors: names))
    }
    self.capabilities = capabilities.sorted { $0.id < $1.id }
    devices = Self.devices(plan, flavors, models)
  }

  private static func asks(
    _ flavor: FlavorPlan, for encryption: MemoryEncryption, _ release: OpenStackRelease
  ) -> Bool {
    let specs = Dictionary(flavor.extraSpecs.map { ($0.key, $0.value) }) { first, _ in first }
    guard specs["hw:mem_encryption"] == "true" else { return false }
    return (specs["hw:mem_encryption_model"] ?? MemoryEncryption.sev.model) == encryption.model
  }

  private static func devices(_ plan: Plan, _ flavors: [FlavorPlan], _ models: Set<String>) -> [String:
    [String]]
  {
    var devices: [String: Set<String>] = [:]
    for flavor in flavors {
      let wanted = flavor.extraSpecs.first { $0.key == "pci_passthrough:alias" }?.value
      guard let alias = wanted?.split(separator: ":").first else { continue }
      for offer in plan.hosts.flatMap(\.offers) where offer.policy.alias == alias {
        let kinds = ["gpu", "vf", "network", "storage", "accelerator"]
        let kind = kinds.contains(offer.device.kind) ? offer.device.kind : "other"
        let model = offer.device.model.flatMap { models.contains($0) ? $0 : nil } ?? kind
        devices[offer.device.type == .virtual ? "\(model), virtual function" : model, default: []].insert(
          flavor.name)
      }
    }
    return devices.mapValues { $0.sorted() }
  }

  public var json: JSONValue {
    let valid = at.later(by: Self.validDays * 86_400)
    return [
      "selfDescriptionVersion": .string(Self.version),
      "generator": .string("hostcap \(HostReport.productVersion)"),
      "provider": .string(provider), "release": .string(release), "asOf": .string(String("\(at)".prefix(10))),
      "validUntil": .string(String("\(valid)".prefix(10))),
      "capabilities": .array(
        capabilities.map { each in
          [
            "id": .string(each.id), "title": .string(each.title), "since": .string(each.since),
            "proven": .bool(each.isProven), "access": .string(each.flavors.isEmpty ? "onRequest" : "public"),
            "flavors": .array(each.flavors.map { .string($0) }),
          ]
        }),
      "devices": .array(
        devices.sorted { $0.key < $1.key }.map { model, flavors in
          ["model": .string(model), "flavors": .array(flavors.map { .string($0) })]
        }),
    ]
  }
}
