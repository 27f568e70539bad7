// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Evidence
internal import HostModel

/// The ASIDs of one kind of guest on this host. Counts.
struct ASIDPool: Sendable, Hashable {
  let total: UInt64
  /// Charged to running guests now; `nil`: not known.
  let used: UInt64?
  /// The file or register that each number comes from.
  let citing: [Question]

  var free: UInt64? { used.map { total > $0 ? total - $0 : 0 } }
}

extension HostSource {
  /// How many SEV-SNP guests alone may use, where ciphertext hiding splits the shared pool: 1…N for SEV-SNP, the rest
  /// for SEV-ES. 0: it is off. Absent: the kernel has no such parameter. Source: kernel 7.1 arch/x86/kvm/svm/sev.c.
  func ciphertextHidingASIDs() -> Reading<UInt64> {
    read(.file("\(KVMAMD.folder)/ciphertext_hiding_asids"), as: decimal)
  }

  /// `nil`: the technology is not in the processor, or the sources that divide its ASIDs cannot be read.
  func asidPool(of feature: Feature) -> ASIDPool? {
    let leaf = encryptionLeaf()
    guard let registers = leaf.value, registers.has(feature) else { return nil }
    let name = feature == .sev ? "sev" : "sev_es"
    let capacity = miscResources("capacity")
    let current = miscResources("current")
    let used = current.value.map { $0.counts[name] ?? 0 }
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
          return ASIDPool(total: total, used: nil, citing: [leaf.question, hiding.question])
        }
      }
    }
    if let counts = capacity.value?.counts {
      return ASIDPool(total: counts[name] ?? 0, used: used, citing: [capacity.question, current.question])
    }
    let count = feature == .sev ? registers.plainASIDs : registers.encryptedStateASIDs
    return count.map { ASIDPool(total: UInt64($0), used: used, citing: [leaf.question, current.question]) }
  }
}
