// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Documents
internal import Tape

extension FlavorFile {
  /// Source: openstack-flavor-manager 0.20261007.0, as observed.
  static func definitions(_ root: DocumentNode) throws(InputError) -> [FlavorDefinition] {
    let file = try root.object("a file of flavors")
    let defaults = try Self.defaults(file.required("reference", "a file of flavors"))
    var all: [FlavorDefinition] = []
    for node in try file.required("mandatory", "a file of flavors").list("mandatory") {
      all.append(try FlavorDefinition(defined: node, in: .mandatory, defaults: defaults))
    }
    for node in try file["recommended"]?.list("recommended") ?? [] {
      all.append(try FlavorDefinition(defined: node, in: .recommended, defaults: defaults))
    }
    return all
  }

  /// What a flavor has that does not say otherwise: nothing else of `reference` counts.
  private static func defaults(_ node: DocumentNode) throws(InputError) -> [String: DocumentNode] {
    var defaults: [String: DocumentNode] = [:]
    for node in try node.list("reference") {
      let item = try node.object("an item of reference")
      let field = try item.required("field", "an item of reference").text("field")
      if let value = item["default"] { defaults[field] = value }
    }
    return defaults
  }
}

extension FlavorDefinition {
  /// The keys without a colon that are read. `disabled` is known, and ignored.
  private static let keys = ["name", "cpus", "ram", "disk", "public", "flavorid", "disabled"]

  fileprivate init(
    defined node: DocumentNode, in section: Section, defaults: [String: DocumentNode]
  ) throws(InputError) {
    let flavor = try node.object("a flavor")
    func field(_ key: String) -> DocumentNode? { flavor[key] ?? defaults[key] }
    if let merged = flavor.entries.first(where: { $0.key == "<<" }) {
      throw InputError(
        flavor.path, line: merged.line, "a flavor's keys cannot be merged with <<; write them out")
    }
    name = try flavor.required("name", "a flavor").text("name")
    line = node.line
    cpus = try field("cpus")?.integer("cpus", in: Self.sizes)
    ramMiB = try field("ram")?.integer("ram", in: Self.sizes)
    diskGB = try field("disk")?.integer("disk", in: Self.sizes) ?? 0
    isPublic = try field("public")?.boolean("public")
    self.section = section
    extraSpecs = flavor.entries.filter { $0.key.contains(":") }.map {
      FlavorExtraSpec(key: $0.key, value: FlavorExtraSpec.Value($0.value), line: $0.line)
    }
    let disabled = try flavor["disabled"]?.boolean("disabled") ?? false
    disabledLine = disabled ? flavor["disabled"]?.line : nil
    ignoredKeys = flavor.entries.filter { !$0.key.contains(":") && !Self.keys.contains($0.key) }.map {
      IgnoredKey(key: $0.key, line: $0.line)
    }
  }

  /// What Nova takes for a flavor's sizes. Source: Nova 34.0.0, schema of flavors.
  static let sizes = 0...0x7fff_ffff
}
