// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Planning

/// A plan's flavors, for openstack-flavor-manager and as commands.
enum FlavorFiles {
  /// All of them are mandatory ones: of recommended ones the tool leaves out those above 32 GiB. Values are texts, for
  /// Nova refuses booleans after the flavor is there.
  /// Source: openstack-flavor-manager 0.20261007.0.
  static func managerFile(_ plan: Plan, version: String) -> String {
    let reference: [YAMLText.Value] = [
      .object([("field", .text("name"))]),
      .object([("field", .text("public")), ("default", .flag(true))]),
      .object([("field", .text("cpus"))]), .object([("field", .text("ram"))]),
      .object([("field", .text("disk"))]),
    ]
    let flavors = plan.flavors.map { flavor -> YAMLText.Value in
      let size: [(String, YAMLText.Value)] = [
        ("name", .text(flavor.name)), ("cpus", .number(flavor.size.cpus)),
        ("ram", .number(flavor.size.ramGiB * 1024)), ("disk", .number(flavor.size.diskGB)),
        ("public", .flag(flavor.size.isPublic)),
      ]
      return .object(size + flavor.extraSpecs.map { ($0.key, .text($0.value)) })
    }
    return PlanFile.heading("openstack-flavor-manager --name local --url file://…/flavors.yaml", version)
      + "---\n" + YAMLText.write(.object([("reference", .list(reference)), ("mandatory", .list(flavors))]))
  }

  static func commands(_ plan: Plan, version: String) -> String {
    var text = Shell.script(
      "The same flavors for the OpenStack client. A flavor that is there already stops it.", version)
    // Nova's API has no validator for it: from 2.86 on, where extra specs are validated, it would be refused.
    if plan.flavors.contains(where: { $0.extraSpecs.contains { $0.key == "hw:maxphysaddr_mode" } }) {
      text += "export OS_COMPUTE_API_VERSION=2.61\n"
    }
    for flavor in plan.flavors {
      text += "\nopenstack flavor create --vcpus \(flavor.size.cpus) --ram \(flavor.size.ramGiB * 1024)"
      text += " --disk \(flavor.size.diskGB) --\(flavor.size.isPublic ? "public" : "private")"
      for spec in flavor.extraSpecs { text += " \\\n  --property \(Shell.word("\(spec.key)=\(spec.value)"))" }
      text += " \\\n  \(Shell.word(flavor.name))\n"
    }
    return text
  }
}
