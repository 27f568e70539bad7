// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

public import Evidence
internal import HostModel
internal import Markup

/// What domain capabilities say of confidential guests, as far as other sources can disagree.
public struct LibvirtOffer: Hashable, Sendable {
  /// `<sev supported=…>`; `nil`: not mentioned.
  public let hasSEV: Bool?
  /// `maxGuests` and `maxESGuests`: CPUID's arithmetic, whatever the kernel makes of it.
  public let plainGuests, encryptedStateGuests: UInt64?
  /// The values of `sectype`.
  public let types: [String]
  /// The kinds that it offers in any of its words.
  public let guests: Set<ConfidentialGuest>
}

extension HostSource {
  public func libvirtOffer() -> Reading<LibvirtOffer> {
    domainCapabilities().map { root in
      func count(_ name: String) -> UInt64? {
        root.first("features/sev/\(name)").flatMap { decimal(Array($0.text.utf8)[...]) }
      }
      return LibvirtOffer(
        hasSEV: root.first("features/sev")?.attributes["supported"].map { $0 == "yes" },
        plainGuests: count("maxGuests"), encryptedStateGuests: count("maxESGuests"),
        types: VirtualizationRungs.securityTypes(root),
        guests: Set(ConfidentialGuest.allCases.filter { VirtualizationRungs.lists($0, root) }))
    }
  }
}
