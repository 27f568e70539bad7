// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import HostModel
import Testing

@Suite struct ReasonTests {
  static let areas: Set<Substring> = [
    "source", "hardware", "bios", "kernel", "psp", "kvm", "iommu", "sriov", "pci", "libvirt",
    "qemu", "guestfw", "attestation", "guest",
  ]

  @Test func everyIDIsUniqueAndOfTheDocumentedForm() {
    #expect(Set(Reason.all.map(\.id)).count == Reason.all.count)
    for reason in Reason.all {
      let parts = reason.id.split(separator: ".")
      #expect(parts.count == 2 && Self.areas.contains(parts[0]), "\(reason.id)")
      #expect(
        reason.id.allSatisfy { $0.isLowercase || $0.isNumber || $0 == "_" || $0 == "." }, "\(reason.id)")
      #expect(!reason.fix.isEmpty && !reason.check.isEmpty, "\(reason.id)")
    }
  }

  /// Advice seen in the field that switches SEV-SNP off, or does nothing.
  @Test func noFixBreaksWhatItMends() {
    // These three name the option to take it away, or as a choice of its own.
    let exempt: [Reason] = [.iommuPassthrough, .memEncryptOff, .iommuOptionWithoutEffect]
    for reason in Reason.all where !exempt.contains(reason) {
      for harm in ["iommu=pt", "amd_iommu=on", "mem_encrypt=on", "kvm_amd.sev=1", "sev_snp=1"] {
        #expect(!reason.fix.contains(harm), "\(reason.id): \(reason.fix)")
      }
    }
    #expect(Reason.iommuPassthrough.fix.hasPrefix("remove iommu=pt"))
    #expect(Reason.iommuOptionWithoutEffect.fix.hasPrefix("drop amd_iommu=on"))
  }
}
