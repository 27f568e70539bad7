// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

public import Evidence
public import HostModel
internal import Markup
internal import Virtualization

/// What libvirt says it can offer: facts from its capabilities and domain capabilities.
///
/// They are libvirt's words, not the host's: it lists `sev-snp` also where kvm_amd.sev_snp = N.
/// Source: libvirt docs/formatdomaincaps.rst, docs/formatcaps.rst.
public enum LibvirtProbe: Probe {
  public static let id = "libvirt"
  public static let summary = "libvirt's capabilities and domain capabilities"
  public static let ladders: [Ladder] = []

  public static func examine(_ host: any HostSource) -> ProbeResult {
    var result = ProbeResult()
    result.facts = domainFacts(host) + hostFacts(host) + versionFacts(host) + deviceFacts(host)
    result.contradictions = Contradiction.found([deviceRule(host)])
    return result
  }

  /// An element that is not there is one that this libvirt does not know; it says nothing about the host.
  private static func domainFacts(_ host: any HostSource) -> [Fact] {
    let document = host.libvirt(.domainCapabilities, root: "domainCapabilities")
    guard let root = document.value else { return [] }
    let citing = [document.question]
    var facts: [Fact] = []
    for (id, path) in [
      ("sev", "features/sev"), ("sgx", "features/sgx"), ("tdx", "features/tdx"),
      ("s390-pv", "features/s390-pv"),
    ] {
      guard let supported = root.first(path)?.attributes["supported"] else { continue }
      facts.append(Fact("libvirt.\(id)", .flag(supported == "yes"), citing: citing))
    }
    for (id, path) in [("max-guests", "maxGuests"), ("max-es-guests", "maxESGuests"), ("c-bit", "cbitpos")] {
      guard let element = root.first("features/sev/\(path)"),
        let count = decimal(Array(element.text.utf8)[...])
      else { continue }
      facts.append(Fact("libvirt.sev.\(id)", .count(count), citing: citing))
    }
    if let security = root.first("features/launchSecurity") {
      let types = security.all("enum").first { $0.attributes["name"] == "sectype" }?.all("value") ?? []
      facts.append(Fact("libvirt.launch-security", .list(types.map(\.trimmedText)), citing: citing))
    }
    for (id, path) in [("machine", "machine"), ("domain-type", "domain")] {
      guard let text = root.first(path)?.trimmedText, !text.isEmpty else { continue }
      facts.append(Fact("libvirt.\(id)", .text(text), citing: citing))
    }
    return facts
  }

  private static func hostFacts(_ host: any HostSource) -> [Fact] {
    let document = host.libvirt(.capabilities, root: "capabilities")
    guard let root = document.value else { return [] }
    var facts: [Fact] = []
    if let model = root.first("host/cpu/model")?.trimmedText {
      facts.append(Fact("libvirt.cpu-model", .text(model), citing: [document.question]))
    }
    if let support = root.first("host/iommu")?.attributes["support"] {
      facts.append(Fact("libvirt.iommu", .flag(support == "yes"), citing: [document.question]))
    }
    return facts
  }

  private static func versionFacts(_ host: any HostSource) -> [Fact] {
    let versions = host.libvirtVersions()
    guard let libvirt = versions.value?.libvirt else { return [] }
    return [Fact("libvirt.version", .text("\(libvirt)"), citing: [versions.question])]
  }
}
