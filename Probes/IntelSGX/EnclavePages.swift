// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Evidence

/// The Enclave Page Cache, as the processor lists it. In bytes.
struct EnclavePages: Sendable, Hashable {
  struct Section: Sendable, Hashable {
    let base, size: UInt64
  }
  let sections: [Section]

  var bytes: UInt64 { sections.reduce(0) { $0 &+ $1.size } }

  static let leaf: UInt32 = 0x12
  /// Most sub-leaves any processor uses, from the second on. Source: kernel arch/x86/kernel/cpu/sgx/sgx.h,
  /// SGX_MAX_EPC_SECTIONS 8.
  static let subleaves = UInt32(2)..<10
}

extension HostSource {
  /// Up to the first sub-leaf that is none. Source: Intel SDM vol. 2A, CPUID leaf 12H, sub-leaves 2 and on.
  ///
  /// Withheld and the like: only where the first sub-leaf is; a list cut short is a list all the same.
  func enclavePages() -> Reading<EnclavePages> {
    var sections: [EnclavePages.Section] = []
    for subleaf in EnclavePages.subleaves {
      let leaf = cpuid(EnclavePages.leaf, subleaf)
      guard let r = leaf.value else {
        if sections.isEmpty { return leaf.flatMap { _ in .absent } }
        break
      }
      guard r.eax.bits(0...3) == 1 else { break }
      sections.append(
        EnclavePages.Section(
          base: UInt64(r.ebx.bits(0...19)) << 32 | UInt64(r.eax & 0xffff_f000),
          size: UInt64(r.edx.bits(0...19)) << 32 | UInt64(r.ecx & 0xffff_f000)))
    }
    return Reading(
      .cpuid(leaf: EnclavePages.leaf, subleaf: EnclavePages.subleaves.lowerBound),
      .value(EnclavePages(sections: sections)))
  }
}
