// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Evidence
internal import HostModel

extension HostSource {
  /// How many SEV-SNP guests alone may use, where ciphertext hiding splits the shared pool: 1…N for SEV-SNP, the rest
  /// for SEV-ES. 0: it is off. Absent: the kernel has no such parameter. Source: kernel 7.1 arch/x86/kvm/svm/sev.c.
  func ciphertextHidingASIDs() -> Reading<UInt64> {
    read(.file("\(KVMAMD.folder)/ciphertext_hiding_asids"), as: decimal)
  }

  /// The misc controller's file `capacity` or `current`, as far as it can be believed: before kvm_amd loads it has no line.
  func asidCounts(_ name: String) -> Reading<[String: UInt64]> {
    miscCounts(name).flatMap { $0.isEmpty ? .unreadable("no line") : .value($0) }
  }

  /// Room for guests of one kind: plain SEV's ASIDs, or those that SEV-ES and SEV-SNP share, which the kernel charges to
  /// `sev_es`. Source: kernel arch/x86/kvm/svm/sev.c.
  ///
  /// `nil`: the technology is not in the processor, or the sources that divide its ASIDs cannot be read.
  func asidSlots(of feature: Feature) -> GuestSlots? {
    let leaf = encryptionLeaf()
    guard let registers = leaf.value, registers.has(feature) else { return nil }
    let name = feature == .sev ? "sev" : "sev_es"
    let capacity = asidCounts("capacity")
    let current = asidCounts("current")
    let used = current.value.map { $0[name] ?? 0 }
    if feature != .sev {
      guard let isSplit = contains("ciphertext_hiding_asids", in: KVMAMD.folder).value else { return nil }
      let hiding = ciphertextHidingASIDs()
      if isSplit {
        guard let hidden = hiding.value, let shared = registers.encryptedStateASIDs.map(UInt64.init) else {
          return nil
        }
        let forSNP = min(hidden, shared)
        // Both kinds are charged to one name, so what each uses is not known.
        if hidden > 0 {
          let total = feature == .sevSNP ? forSNP : shared - forSNP
          return GuestSlots(total: total, used: nil, citing: [leaf.question, hiding.question])
        }
      }
    }
    if let counts = capacity.value {
      return GuestSlots(total: counts[name] ?? 0, used: used, citing: [capacity.question, current.question])
    }
    let count = feature == .sev ? registers.plainASIDs : registers.encryptedStateASIDs
    return count.map { GuestSlots(total: UInt64($0), used: used, citing: [leaf.question, current.question]) }
  }
}
