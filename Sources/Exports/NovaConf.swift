// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import CanonicalJSON
internal import Planning

/// nova.conf, as far as a plan has a say. Several lines of one key stand in one file: an overlay's key replaces all
/// lines of that key from files before it.
enum NovaConf {
  /// For every service of the region: nova-api and nova-compute have to agree on the aliases.
  static func region(_ plan: Plan, version: String) -> String {
    PlanFile.heading("Nova of the whole region: PCI aliases", version) + shared(plan)
  }

  /// Whether hosts report PCI devices to Placement: by the site alone, for no host may take it back, not even when it
  /// loses its last device.
  static func reportsInPlacement(_ site: Site) -> Bool {
    site.isPCIInPlacement && site.devices.contains { $0.physicalNetwork == nil }
  }

  private static func shared(_ plan: Plan, _ more: String = "") -> String {
    var text = ""
    let reports = reportsInPlacement(plan.site)
    let pci = (reports ? "report_in_placement = true\n" : "") + more + aliases(plan)
    if !pci.isEmpty { text += "\n[pci]\n" + pci }
    // nova-compute reads the aliases too, and takes one without a vendor only with this.
    if reports { text += "\n[filter_scheduler]\npci_in_placement = true\n" }
    return text
  }

  /// For one host.
  static func host(_ host: HostPlan, of plan: Plan, version: String) -> String {
    var text = PlanFile.heading("nova-compute of \(host.name)", version)
    if !host.isEmpty {
      // The memory of guests with encrypted memory or with devices is pinned: none of it can be lent twice.
      text += "\n[DEFAULT]\nram_allocation_ratio = 1.0\n"
      if let reserved = plan.site.reservedHostMemoryMiB { text += "reserved_host_memory_mb = \(reserved)\n" }
    }
    let settings = libvirt(host.encryption)
    if !settings.isEmpty { text += "\n[libvirt]\n" + settings.map { "\($0) = \($1)\n" }.joined() }
    let specs = host.offers.map { "device_spec = \(line(spec($0, plan.site)))\n" }.joined()
    // A file of its own has to say what elsewhere stands in the region's.
    if plan.site.deployment == .nova { return text + shared(plan, specs) }
    return specs.isEmpty ? text : text + "\n[pci]\n" + specs
  }

  /// Source: OpenStack Nova doc/source/admin/sev.rst and libvirt configuration for TDX.
  static func libvirt(_ encryption: [MemoryEncryption]) -> [(String, String)] {
    var settings: [(String, String)] = []
    if encryption.contains(.tdx) { settings.append(("cpu_mode", "host-passthrough")) }
    if !encryption.isEmpty { settings.append(("hw_machine_type", "x86_64=q35")) }
    return settings
  }

  private static func aliases(_ plan: Plan) -> String {
    plan.aliases.flatMap { alias($0, plan.site) }.map { "alias = \(line($0))\n" }.joined()
  }

  /// One function by its address: nothing else can match, and no key is free text that Nova would take for a tag.
  static func spec(_ offer: DeviceOffer, _ site: Site) -> [(String, String)] {
    var spec = [
      ("vendor_id", offer.device.vendor ?? ""), ("product_id", offer.device.device ?? ""),
      ("address", offer.device.address),
    ]
    if let network = offer.policy.physicalNetwork { spec.append(("physical_network", network)) }
    if offer.policy.isTrusted { spec.append(("trusted", "true")) }
    if offer.isUnmanaged { spec.append(("managed", "no")) }
    if site.isPCIInPlacement, offer.isInPlacement {
      spec.append(("resource_class", offer.policy.resourceClass))
    }
    return spec
  }

  /// With PCI in Placement one alias by resource class. Without, one line for each vendor and device, alike in type and
  /// NUMA policy. Networks' devices need none: ports ask for them.
  static func alias(_ alias: AliasPlan, _ site: Site) -> [[(String, String)]] {
    guard alias.policy.physicalNetwork == nil else { return [] }
    var rest = [("device_type", alias.type.rawValue)]
    if let policy = alias.policy.numaPolicy { rest.append(("numa_policy", policy)) }
    let name = ("name", alias.policy.alias)
    if site.isPCIInPlacement { return [[name, ("resource_class", alias.policy.resourceClass)] + rest] }
    return alias.ids.map { id in
      let parts = id.split(separator: ":").map(String.init)
      return [name, ("vendor_id", parts[0]), ("product_id", parts[1])] + rest
    }
  }

  /// A JSON object on one line with its keys in the given order, which people read.
  static func line(_ pairs: [(String, String)]) -> String {
    func quoted(_ text: String) -> String {
      var bytes: [UInt8] = []
      JSONValue.string(text).write(into: &bytes)
      return String(decoding: bytes, as: UTF8.self)
    }
    return "{ " + pairs.map { "\(quoted($0)): \(quoted($1))" }.joined(separator: ", ") + " }"
  }
}
