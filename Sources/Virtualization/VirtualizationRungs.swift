// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Evidence
public import HostModel
internal import Markup

/// The rungs between KVM and a guest that starts: QEMU, libvirt, the guest's firmware.
public enum VirtualizationRungs {
  /// Lowest first; guest firmware only where the kind of guest needs one made for it.
  public static func all(for guest: ConfidentialGuest) -> [Rung] {
    [qemu(guest), libvirt(guest)] + (guest.firmwareFeatures.isEmpty ? [] : [guestFirmware(guest)])
  }

  /// What libvirt lists, its QEMU has; what is older than the first release may still have been ported back.
  static func qemu(_ guest: ConfidentialGuest) -> Rung {
    let (object, since) = guest.object
    return Rung(
      "qemu", .qemu, "QEMU can start \(guest.title) guests",
      specification: "QEMU qapi/qom.json, \(object) since \(since.major).\(since.minor)"
    ) { host in
      let listing = host.domainCapabilities()
      if let word = guest.word, listing.value.map({ lists(guest, $0) }) == true {
        return .pass("libvirt lists \(word), so QEMU has \(object)", citing: [listing.question])
      }
      if let silence = host.libvirtSilence(.version) { return silence }
      return host.libvirtVersions().judge("libvirt's version") { versions in
        guard let qemu = versions.qemu else {
          return .unknown(guest.qemuNotFound, "libvirt \(versions.libvirt) found no QEMU", citing: [])
        }
        if qemu >= since { return .pass("QEMU \(qemu)", citing: []) }
        let because = "QEMU \(qemu); \(object) came with \(since.major).\(since.minor)"
        return listing.judge("libvirt's domain capabilities") { _ in
          .fail(guest.qemuTooOld, because, citing: [])
        }
      }
    }
  }

  /// libvirt's word is about QEMU, not about the kernel: it lists sev-snp also where kvm_amd.sev_snp = N.
  static func libvirt(_ guest: ConfidentialGuest) -> Rung {
    Rung(
      "libvirt", .libvirt, "libvirt offers \(guest.title) guests",
      specification: "libvirt docs/formatdomaincaps.rst: \(guest.element ?? "sev"), launchSecurity",
      implies: guest.word == nil ? [] : ["qemu"]
    ) { host in
      if let silence = host.libvirtSilence(.domainCapabilities) { return silence }
      return host.domainCapabilities().judge("libvirt's domain capabilities") { root in
        switch guest {
        case .sev: sev(root, host)
        case .sevES: encryptedState(root, host)
        case .sevSNP, .tdx, .sgx, .secureExecution: listed(guest, root, host)
        }
      }
    }
  }

  static func lists(_ guest: ConfidentialGuest, _ root: XMLElement) -> Bool {
    if supports(guest, root) == "yes" { return true }
    return guest.sectype.map { securityTypes(root).contains($0) } ?? false
  }

  /// `yes` or `no`; `nil`: not a word of it.
  private static func supports(_ guest: ConfidentialGuest, _ root: XMLElement) -> String? {
    guest.element.flatMap { root.first("features/\($0)")?.attributes["supported"] }
  }

  private static func sev(_ root: XMLElement, _ host: any HostSource) -> Judgement {
    switch supports(.sev, root) {
    case "yes": .pass("<sev supported='yes'>", citing: [])
    case "no": refused(host)
    default: unsaid(.sev, "no <sev>", host)
    }
  }

  /// libvirt's own words on why, if it has some. Source: libvirt src/qemu/qemu_driver.c, qemuNodeGetSEVInfo().
  private static func refused(_ host: any HostSource) -> Judgement {
    let question = Question.libvirt(.nodeSEVInfo)
    guard case .failed(_, let words) = host.ask(question), !words.isEmpty else {
      return .fail(.libvirtWithoutSEV, "<sev supported='no'/>", citing: [])
    }
    return .fail(.libvirtWithoutSEV, "<sev supported='no'/>: \(words)", citing: [question])
  }

  /// There is no word for SEV-ES but the number of its guests.
  private static func encryptedState(_ root: XMLElement, _ host: any HostSource) -> Judgement {
    let below = sev(root, host)
    guard below.verdict == .pass else { return below }
    guard let element = root.first("features/sev/maxESGuests") else {
      return .unknown(.libvirtTooOld, "<sev> without maxESGuests", citing: [])
    }
    guard let guests = decimal(Array(element.text.utf8)[...]) else {
      return .unknown(.sourceUnreadable, "maxESGuests is no number", citing: [])
    }
    return guests > 0
      ? .pass("maxESGuests = \(guests)", citing: [])
      : .fail(.noASIDsForSEVES, "maxESGuests = 0", citing: [])
  }

  private static func listed(
    _ guest: ConfidentialGuest, _ root: XMLElement, _ host: any HostSource
  ) -> Judgement {
    let word = guest.word ?? ""
    if lists(guest, root) { return believed(guest, "libvirt lists \(word)", host) }
    if supports(guest, root) == "no" {
      return .fail(guest.notOffered, "<\(word) supported='no'/>", citing: [])
    }
    guard guest.sectype != nil else { return unsaid(guest, "no <\(word)>", host) }
    guard let security = root.first("features/launchSecurity") else {
      return unsaid(guest, "no <launchSecurity>", host)
    }
    if security.attributes["supported"] == "no" {
      return unsaid(guest, "<launchSecurity supported='no'/>", host)
    }
    let types = securityTypes(root).joined(separator: ", ")
    return unsaid(guest, "sectype lists \(types.isEmpty ? "nothing" : types)", host)
  }

  /// A yes, unless this libvirt says it on every host.
  private static func believed(
    _ guest: ConfidentialGuest, _ what: String, _ host: any HostSource
  ) -> Judgement {
    guard let since = guest.believedSince else { return .pass(what, citing: []) }
    return host.libvirtVersions().judge("\(what), and libvirt's version") { versions in
      versions.libvirt >= since
        ? .pass(what, citing: [])
        : .unknown(
          guest.libvirtTooOld,
          "\(what), as libvirt \(versions.libvirt) does on every host whose QEMU has \(guest.object.name)",
          citing: [])
    }
  }

  /// That a libvirt does not mention a type means no only where it is known to know it.
  private static func unsaid(
    _ guest: ConfidentialGuest, _ what: String, _ host: any HostSource
  ) -> Judgement {
    host.libvirtVersions().judge("\(what), and libvirt's version") { versions in
      versions.libvirt >= guest.knownSince
        ? .fail(guest.notOffered, "\(what), libvirt \(versions.libvirt)", citing: [])
        : .unknown(guest.libvirtTooOld, "\(what), libvirt \(versions.libvirt)", citing: [])
    }
  }

  static func securityTypes(_ root: XMLElement) -> [String] {
    let types = root.first("features/launchSecurity")?.all("enum").first {
      $0.attributes["name"] == "sectype"
    }
    return types?.all("value").map(\.trimmedText) ?? []
  }
}
