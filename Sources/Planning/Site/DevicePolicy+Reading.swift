// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Documents
internal import Tape

extension DevicePolicy {
  private static let keys = [
    "alias", "match", "resource_class", "numa_policy", "physical_network", "trusted", "take_from_host",
    "flavors",
  ]

  init(_ node: DocumentNode) throws(InputError) {
    let object = try node.object("a device", keys: Self.keys)
    self.init(alias: try object.required("alias", "a device").alias())
    guard PlacementName.isCustom(resourceClass) else {
      throw node.refusal("\(alias) needs letters or digits, of which a resource class can be made")
    }
    match = try Match(object.required("match", "the device \(alias)"))
    if let node = object["resource_class"] {
      let name = try node.text("resource_class")
      guard PlacementName.isCustom(name) else {
        throw node.refusal("resource_class has to be CUSTOM_ and then A to Z, 0 to 9 and _")
      }
      resourceClass = name
    }
    if let node = object["numa_policy"] {
      numaPolicy = try node.choice("numa_policy", of: NUMAPolicy.self).rawValue
    }
    if let node = object["physical_network"] { physicalNetwork = try node.name("physical_network") }
    if let node = object["trusted"] { isTrusted = try node.boolean("trusted") }
    if let node = object["take_from_host"] { takesFromHost = try node.boolean("take_from_host") }
    if let node = object["flavors"] {
      if physicalNetwork != nil {
        throw node.refusal("\(alias) is on a network: guests get such devices as ports, not by flavor")
      }
      flavors = try node.list("flavors").sizes(needsDevice: true, isPublic: true)
    }
  }

  /// Source: OpenStack Nova nova/objects/fields.py, PCINUMAAffinityPolicy.
  private enum NUMAPolicy: String, CaseIterable { case required, preferred, legacy, socket }
}

extension DevicePolicy.Match {
  private enum Kind: String, CaseIterable { case gpu, vf, network, storage, accelerator, other }

  init(_ node: DocumentNode) throws(InputError) {
    let object = try node.object("match", keys: ["kind", "id", "model", "device_type"])
    self.init()
    if let node = object["kind"] { kind = try node.choice("kind", of: Kind.self).rawValue }
    if let node = object["id"] { id = try node.deviceID() }
    if let node = object["model"] { model = try node.text("model") }
    if let node = object["device_type"] { type = try node.choice("device_type", of: NovaDeviceType.self) }
    // An empty match would offer every device of every host.
    if self == Self() { throw node.refusal("match needs one of the keys kind, id, model and device_type") }
    if id == nil, model == nil, ["network", "storage", "other", nil].contains(kind) {
      throw node.refusal(
        "match needs an id or a model: by kind alone it could be the host's own disk or network")
    }
  }
}

extension DocumentNode {
  func choice<Choice: RawRepresentable<String> & CaseIterable>(
    _ what: String, of type: Choice.Type
  ) throws(InputError) -> Choice {
    let text = try self.text(what)
    if let choice = Choice(rawValue: text) { return choice }
    throw refusal(
      "\(what) has to be one of \(Choice.allCases.map(\.rawValue).joined(separator: ", ")), not \(text)")
  }

  /// One to 200 printable characters without blanks, quotes and what shells and INI files make something of; no `-` first,
  /// which would be an option.
  func name(_ what: String) throws(InputError) -> String {
    let text = try self.text(what)
    let isAllowed = text.utf8.allSatisfy {
      (0x21...0x7e).contains($0) && !Array("\"'\\`$;&|<>(){}[]*?#=%,".utf8).contains($0)
    }
    guard (1...200).contains(text.utf8.count), isAllowed, !text.hasPrefix("-") else {
      throw refusal(
        "\(what) has to be 1 to 200 letters, digits and marks such as . _ - : /, and begin with no -")
    }
    return text
  }

  /// A flavor asks for `alias:count`, with commas between several.
  fileprivate func alias() throws(InputError) -> String {
    let text = try name("alias")
    guard !text.contains(":") else { throw refusal("alias must hold no colon: flavors ask for ALIAS:COUNT") }
    return text
  }

  fileprivate func deviceID() throws(InputError) -> String {
    let text = try self.text("id")
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    let isID = parts.count == 2 && parts.allSatisfy { $0.utf8.count == 4 && UInt16($0, radix: 16) != nil }
    guard isID else { throw refusal("id has to be vendor:device, four hexadecimal digits each, in quotes") }
    return text.lowercased()
  }
}
