// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Evidence
internal import HostModel

/// How many guests of each kind there is room for.
extension AMDSEVProbe {
  /// Being full is no fault of the host, so this rung only advises.
  static func capacity(_ feature: Feature) -> Rung {
    Rung(
      "capacity", .capacity, "an ASID is free for one more guest",
      specification: "kernel Documentation/admin-guide/cgroup-v2.rst, misc.capacity, misc.current",
      isAdvisory: true
    ) { host in
      host.asidCounts("current").judge("misc.current") { _ in
        host.asidCounts("capacity").judge("misc.capacity") { _ in
          guard let pool = host.asidSlots(of: feature), let free = pool.free else {
            return .unknown(.sourceAbsent, "what each kind of guest uses is not told apart", citing: [])
          }
          return free > 0
            ? .pass("\(free) of \(pool.total) free", citing: pool.citing)
            : .warn(.allASIDsInUse, "all \(pool.total) in use", citing: pool.citing)
        }
      }
    }
  }

  /// With ciphertext hiding the shared pool is split, and SEV-ES may be left with nothing.
  static let ciphertextHiding = Rung(
    "ciphertext-hiding", .kvm, "ciphertext hiding leaves SEV-ES guests ASIDs",
    specification: "kernel 7.1 arch/x86/kvm/svm/sev.c, module parameter ciphertext_hiding_asids"
  ) { host in
    host.contains("ciphertext_hiding_asids", in: KVMAMD.folder).judge("kvm_amd's parameters") { isThere in
      guard isThere else { return .pass("kvm_amd does not split the ASIDs", citing: []) }
      return host.ciphertextHidingASIDs().judge("kvm_amd.ciphertext_hiding_asids") { hidden in
        host.encryptionLeaf().judge("CPUID Fn8000_001F") { leaf in split(hidden, leaf.encryptedStateASIDs) }
      }
    }
  }

  private static func split(_ hidden: UInt64, _ shared: UInt32?) -> Judgement {
    guard hidden > 0, let shared = shared.map(UInt64.init) else {
      return .pass("ciphertext_hiding_asids = \(hidden)", citing: [])
    }
    return hidden >= shared
      ? .fail(.ciphertextHidingTakesAll, "SEV-SNP has \(hidden) of \(shared) ASIDs", citing: [])
      : .pass("\(shared - hidden) of \(shared) ASIDs are left", citing: [])
  }

  static func capacityFacts(_ host: any HostSource) -> [Fact] {
    guard isAMD(host) else { return [] }
    return [Feature.sev, .sevES, .sevSNP].flatMap { feature in
      host.asidSlots(of: feature)?.facts("amd.\(feature.title.lowercased())") ?? []
    }
  }
}
