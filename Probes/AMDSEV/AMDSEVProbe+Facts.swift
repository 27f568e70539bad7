// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Evidence
internal import HostModel

extension AMDSEVProbe {
  /// What CPUID Fn8000_001F says, whoever asks; nothing where the processor is not AMD's or has no such leaf.
  static func facts(_ host: any HostSource) -> [Fact] {
    guard isAMD(host) else { return [] }
    let reading = host.encryptionLeaf()
    guard let leaf = reading.value else { return flagFacts(host) + firmwareFacts(host) }
    let citing = [reading.question]
    var facts = [Feature.sme, .sev, .sevES, .sevSNP].map {
      Fact("amd.\($0.title.lowercased())", .flag(leaf.has($0)), citing: citing)
    }
    facts.append(Fact("amd.vmpl", .flag(leaf.hasVMPL), citing: citing))
    let counts: [(String, UInt32?)] = [
      ("amd.c-bit", leaf.cBit), ("amd.physical-address-reduction", leaf.physicalAddressReduction),
      ("amd.vmpl-count", leaf.vmplCount), ("amd.sev.max-asid", leaf.maxASID),
      ("amd.sev.min-asid", leaf.minSEVASID),
      ("amd.sev.guests", leaf.has(.sev) ? leaf.plainASIDs : nil),
      ("amd.sev-es.guests", leaf.has(.sevES) ? leaf.encryptedStateASIDs : nil),
    ]
    facts += counts.compactMap { id, count in count.map { Fact(id, .count(UInt64($0)), citing: citing) } }
    return facts + firmwareFacts(host)
  }

  /// The kernel's flags prove what they show; one that is missing may only be hidden, so it makes no fact.
  private static func flagFacts(_ host: any HostSource) -> [Fact] {
    [Feature.sme, .sev, .sevES, .sevSNP].compactMap { feature in
      let flag = host.processorFlag(feature.kernelName)
      guard flag.value == true else { return nil }
      return Fact("amd.\(feature.title.lowercased())", .flag(true), citing: [flag.question])
    }
  }

  private static func firmwareFacts(_ host: any HostSource) -> [Fact] {
    var facts: [Fact] = []
    let sev = host.sevStatus()
    if case .done(let status) = sev.value {
      facts.append(
        Fact(
          "amd.psp.sev-api", .text("\(status.apiMajor).\(status.apiMinor).\(status.build)"),
          citing: [sev.question]))
      facts.append(Fact("amd.psp.sev-guests", .count(UInt64(status.guests)), citing: [sev.question]))
    }
    let snp = host.snpStatus()
    if case .done(let status) = snp.value {
      let version = "\(status.apiMajor).\(status.apiMinor).\(status.build)"
      facts += [
        Fact("amd.psp.snp-api", .text(version), citing: [snp.question]),
        Fact("amd.psp.snp-tcb", .text(hex(status.currentTCB, width: 16)), citing: [snp.question]),
        Fact("amd.psp.snp-guests", .count(UInt64(status.guests)), citing: [snp.question]),
        Fact("amd.psp.alias-check", .flag(status.hasCheckedAliases), citing: [snp.question]),
      ]
      if let family = host.processorFamily().value {
        facts.append(
          Fact(
            "amd.psp.snp-tcb-components", .list(status.components(of: status.currentTCB, family: family)),
            citing: [snp.question]))
        // Guests attest against the reported one; it lags behind until the operator commits an update.
        facts.append(
          Fact(
            "amd.psp.snp-reported-tcb-components",
            .list(status.components(of: status.reportedTCB, family: family)), citing: [snp.question]))
      }
      if let model = host.processorModel().value {
        let abilities = FirmwareMinimum.rows.filter {
          $0.models?.contains(model) != false && status.version >= $0.api
        }
        facts.append(
          Fact("amd.psp.snp-abilities", .list(abilities.map(\.ability)), citing: [snp.question]))
      }
    }
    facts += bootloaderFacts(host)
    let files = host.names(in: "/lib/firmware/amd").map { $0.filter { $0.hasPrefix("amd_sev_") } }
    if let names = files.value {
      facts.append(Fact("amd.psp.firmware-files", .list(names), citing: [files.question]))
    }
    return facts
  }

  /// `00.13.00.70`, since kernel 6.4, where the secure processor reports it. Loadable firmware wants a recent one below.
  /// Source: kernel Documentation/ABI/testing/sysfs-driver-ccp, bootloader_version, tee_version.
  private static func bootloaderFacts(_ host: any HostSource) -> [Fact] {
    let driver = "/sys/bus/pci/drivers/ccp"
    let devices = (host.names(in: driver).value ?? []).filter { PCIAddress($0) != nil }
    let files = [("bootloader", "bootloader_version"), ("tee", "tee_version")]
    return files.compactMap { id, name in
      let readings = devices.lazy.map { device in
        host.read(.file("\(driver)/\(device)/\(name)")) { $0.isEmpty ? nil : text($0) }
      }
      guard let found = readings.first(where: { $0.value != nil }), let version = found.value else {
        return nil
      }
      return Fact("amd.psp.\(id)-version", .text(version), citing: [found.question])
    }
  }
}
