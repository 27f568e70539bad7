// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

public import Documents
public import Tape

extension DemandList {
  /// Reads a file of demands. Throws, with the line, at the first key or value that is not one of the documented.
  public init(_ document: Document) throws(InputError) {
    let top = try document.root.object("the list", keys: ["release", "demands"])
    let (release, osism) = try Site.release(top.required("release", "the list"))
    self.init(release: release)
    self.osism = osism
    for node in try top.required("demands", "the list").list("demands") {
      let demand = try Demand(node)
      if demands.contains(where: { $0.name == demand.name }) {
        throw node.refusal("the demand \(demand.name) is there twice")
      }
      demands.append(demand)
    }
    if demands.isEmpty { throw document.root.refusal("the list has no demands") }
  }
}

extension Demand {
  private static let keys = [
    "name", "capability", "hosts", "slots", "devices", "match", "memory_gib", "host_prefix",
    "provider", "region", "layer", "release",
  ]
  private static let most = 1_000_000

  fileprivate init(_ node: DocumentNode) throws(InputError) {
    let object = try node.object("a demand", keys: Self.keys)
    let name = try object.required("name", "a demand").text("name")
    let kinds = ["hosts", "slots", "devices"].filter { object[$0] != nil }
    guard kinds.count == 1, let count = object[kinds[0]] else {
      throw node.refusal("\(name) needs one of the keys hosts, slots and devices")
    }
    let wanted = try count.integer(kinds[0], in: 1...Self.most)
    if kinds[0] == "devices" {
      if let capability = object["capability"] {
        throw capability.refusal("\(name) is about devices: match says which, and capability is of hosts")
      }
      let match = try DevicePolicy.Match(object.required("match", name))
      let memory = try object["memory_gib"]?.integer("memory_gib", in: 1...65536)
      self.init(name, .devices(match, memoryGiB: memory), wanted: wanted)
    } else {
      for key in ["match", "memory_gib"] {
        if let node = object[key] { throw node.refusal("\(name) is about hosts: \(key) is of devices") }
      }
      let node = try object.required("capability", name)
      let capability = try node.text("capability")
      guard HostTraits.capabilities.contains(capability) else {
        throw node.refusal(
          "no capability \(capability); there are \(HostTraits.capabilities.joined(separator: ", "))")
      }
      self.init(
        name, kinds[0] == "hosts" ? .hosts(capability: capability) : .slots(capability: capability),
        wanted: wanted)
    }
    if let node = object["host_prefix"] { hostPrefix = try node.name("host_prefix") }
    if let node = object["provider"] { provider = try node.name("provider") }
    if let node = object["region"] { region = try node.name("region") }
    if let node = object["layer"] {
      let words = Layer.allCases.map(\.rawValue)
      guard let layer = Layer(rawValue: try node.text("layer")) else {
        throw node.refusal("layer is one of \(words.joined(separator: ", "))")
      }
      self.layer = layer
    }
    if let node = object["release"] {
      let id = try node.text("release")
      guard let release = OpenStackRelease.named(id) else {
        throw node.refusal("no OpenStack release \(id) is known; quotes keep a number a text")
      }
      self.release = release
    }
  }
}
