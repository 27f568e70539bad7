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
  public let guests, encryptedStateGuests: UInt64?
  /// The values of `sectype`.
  public let types: [String]
}

extension HostSource {
  public func libvirtOffer() -> Reading<LibvirtOffer> {
    domainCapabilities().map { root in
      func count(_ name: String) -> UInt64? {
        root.first("features/sev/\(name)").flatMap { decimal(Array($0.text.utf8)[...]) }
      }
      return LibvirtOffer(
        hasSEV: root.first("features/sev")?.attributes["supported"].map { $0 == "yes" },
        guests: count("maxGuests"), encryptedStateGuests: count("maxESGuests"),
        types: VirtualizationRungs.securityTypes(root))
    }
  }
}
