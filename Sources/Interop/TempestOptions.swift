// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

public import Planning

/// The hardware half of tempest's configuration, as whitebox-tempest-plugin reads it: what a plan and its hosts' reports tell
/// of the options that otherwise are filled in by hand.
///
/// An option is left out, with the reason as a comment, where hosts differ or do not say: a wrong one makes tests fail for
/// the wrong reason. Source: whitebox_tempest_plugin/config.py, 0.1.0 and later.
public struct TempestOptions: Sendable, Hashable {
  public struct Option: Sendable, Hashable {
    public let name: String
    /// `nil`: it cannot be told.
    public let value: String?
    /// Where the value comes from, or why there is none.
    public let note: String
  }

  /// In the order in which they are written.
  public let sections: [(name: String, options: [Option])]

  public static func == (a: Self, b: Self) -> Bool { a.text == b.text }
  public func hash(into hasher: inout Hasher) { hasher.combine(text) }

  public init(_ plan: Plan) {
    let hosts = plan.hosts.filter {
      $0.host.environment == "bareMetal" && plan.site.hosts[$0.name]?.isOffered != false
    }
    sections = [
      (
        "whitebox",
        [
          Option(
            name: "max_compute_nodes", value: hosts.isEmpty ? nil : "\(hosts.count)",
            note: "hosts that reports speak of; there may be more"),
          Option(
            name: "libvirt_hw_machine_type", value: nil,
            note: "what nova.conf says on the compute hosts, which no report tells"),
        ]
      ),
      ("whitebox-hardware", Self.network(hosts) + Self.passthrough(plan) + Self.processors(hosts)),
    ]
  }

  public var text: String {
    var text =
      "# The hardware half of tempest's configuration, for whitebox-tempest-plugin. It names hosts: keep it.\n"
    for (name, options) in sections {
      text += "\n[\(name)]\n"
      for option in options {
        text += "# \(option.note.replacing("\n", with: " "))\n"
        text += option.value.map { "\(option.name) = \($0)\n" } ?? "#\(option.name) =\n"
      }
    }
    return text
  }
}

extension TempestOptions {
  /// A value that all agree on, or why there is none.
  static func agreed(_ name: String, _ values: [String?], _ source: String) -> Option {
    let told = Set(values.compactMap { $0 })
    if values.isEmpty { return Option(name: name, value: nil, note: "nothing to tell it from: \(source)") }
    if values.contains(nil) { return Option(name: name, value: nil, note: "not every one says: \(source)") }
    guard told.count == 1, let value = told.first else {
      return Option(
        name: name, value: nil, note: "they differ, \(told.sorted().joined(separator: " and ")): \(source)")
    }
    return Option(name: name, value: value, note: source)
  }

  /// VFs on the physical network that has the most of them.
  private static func network(_ hosts: [HostPlan]) -> [Option] {
    var all: [(host: HostRecord, offer: DeviceOffer)] = []
    for host in hosts {
      for offer in host.offers where offer.device.type == .virtual && offer.policy.physicalNetwork != nil {
        all.append((host.host, offer))
      }
    }
    let networks = Dictionary(grouping: all) { $0.offer.policy.physicalNetwork ?? "" }
    let most = networks.max { ($0.value.count, $1.key) < ($1.value.count, $0.key) }
    let offers = most?.value ?? []
    let parents = offers.map { host, offer in
      host.physicalFunctions.first { $0.address == offer.device.physicalFunction }
    }
    let source = most.map { "VFs on \($0.key)" } ?? "no VF on a physical network in the plan"
    return [
      Option(name: "sriov_physnet", value: most?.key, note: source),
      Option(name: "sriov_vnic_type", value: most == nil ? nil : "direct", note: source),
      agreed("sriov_nic_vendor_id", offers.map(\.offer.device.vendor), source),
      agreed("sriov_vf_product_id", offers.map(\.offer.device.device), source),
      agreed("sriov_pf_product_id", parents.map { $0?.device }, source),
      agreed("physnet_numa_affinity", offers.map { $0.offer.device.numaNode.map(String.init) }, source),
    ]
  }

  /// The first alias of whole devices, in the site's order.
  private static func passthrough(_ plan: Plan) -> [Option] {
    let alias = plan.aliases.first { $0.type != .virtual && $0.policy.physicalNetwork == nil }
    let offers = plan.hosts.flatMap(\.offers).filter { $0.policy.alias == alias?.policy.alias }
    let addresses = Set(offers.map(\.device.address)).sorted()
    let source = alias == nil ? "no alias of whole devices in the plan" : "the first alias of whole devices"
    let isInPlacement = alias != nil && plan.site.isPCIInPlacement
    return [
      Option(name: "pci_passthrough_alias", value: alias?.policy.alias, note: source),
      Option(
        name: "pci_passthrough_addresses", value: addresses.isEmpty ? nil : addresses.joined(separator: ","),
        note: source),
      Option(
        name: "pci_passthrough_resource_class", value: isInPlacement ? alias?.policy.resourceClass : nil,
        note: isInPlacement ? source : "PCI devices are not in Placement"),
    ]
  }

  private static func processors(_ hosts: [HostPlan]) -> [Option] {
    let threads = hosts.map { ($0.hypervisorHostname, $0.host.flag("cpu.smt")) }
    let smt = threads.filter { $0.1 == true }.map { $0.0 }
    let isSMTKnown = !threads.isEmpty && !threads.contains { $0.1 == nil }
    let pages = hosts.map { $0.host.list("memory.huge-pages-kib") }
    let common =
      pages.contains(nil) || pages.isEmpty
      ? nil : pages.dropFirst().reduce(Set(pages[0] ?? [])) { $0.intersection($1 ?? []) }
    return [
      agreed(
        "cpu_topology", hosts.map { $0.host.list("numa.cpus").flatMap(topology) }, "CPUs of each NUMA node"),
      Option(
        name: "smt_hosts", value: isSMTKnown ? smt.joined(separator: ",") : nil,
        note: isSMTKnown
          ? "hosts whose cores run two threads" : "not every host says whether its cores run two threads"),
      Option(
        name: "configured_hugepage_sizes",
        value: common.map { $0.compactMap { Int($0) }.sorted().map(String.init).joined(separator: ",") },
        note: common == nil
          ? "not every host says which huge pages are set aside" : "KiB, set aside on every host"),
    ]
  }

  /// `0: [0,1], 1: [2,3]` of `0: 0-1` and `1: 2-3`; `nil`: of another form.
  static func topology(_ nodes: [String]) -> String? {
    var parts: [String] = []
    for node in nodes {
      let pair = node.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
      guard pair.count == 2, let number = Int(pair[0]) else { return nil }
      var processors: [String] = []
      for range in pair[1].filter({ $0 != " " }).split(separator: ",") {
        let ends = range.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
        guard let first = ends.first ?? nil, let last = ends.last ?? nil, ends.count <= 2, first <= last,
          last < 8192
        else { return nil }
        processors += (first...last).map(String.init)
      }
      parts.append("\(number): [\(processors.joined(separator: ","))]")
    }
    return parts.isEmpty ? nil : parts.joined(separator: ", ")
  }
}
