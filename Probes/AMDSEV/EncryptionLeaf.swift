// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Evidence

/// CPUID Fn8000_001F: encrypted memory capabilities. Source: AMD APM vol. 3 (24594), appendix E.4.17.
struct EncryptionLeaf: Sendable {
  static let leaf: UInt32 = 0x8000_001f
  let registers: CPUIDRegisters

  func has(_ feature: Feature) -> Bool { registers.eax.bit(feature.bit) }
  /// EAX[5]; every generation with it (Milan and later) has the SEV-SNP silicon.
  var hasVMPL: Bool { registers.eax.bit(5) }
  /// EAX[23]: the RMP may lie in segments.
  var hasSegmentedRMP: Bool { registers.eax.bit(23) }
  /// EBX[5:0]: position of the encryption bit in a page-table entry.
  var cBit: UInt32 { registers.ebx.bits(0...5) }
  /// EBX[11:6]: physical address bits the host loses while SYSCFG[23] is set.
  var physicalAddressReduction: UInt32 { registers.ebx.bits(6...11) }
  /// EBX[15:12]: virtual machine privilege levels.
  var vmplCount: UInt32 { registers.ebx.bits(12...15) }
  /// ECX: the highest ASID an encrypted guest can have, so their number too. 0: KVM takes SEV as not supported.
  var maxASID: UInt32 { registers.ecx }
  /// EDX: the lowest ASID of a guest with SEV but without SEV-ES. The BIOS sets it; 1 leaves SEV-ES and SEV-SNP none.
  var minSEVASID: UInt32 { registers.edx }

  /// ASIDs for guests with plain SEV: EDX…ECX. `nil`: the two do not fit together.
  var plainASIDs: UInt32? {
    minSEVASID == 0 || minSEVASID > maxASID &+ 1 ? nil : maxASID &+ 1 &- minSEVASID
  }
  /// ASIDs that SEV-ES and SEV-SNP guests share: 1…EDX-1. `nil` as above.
  var encryptedStateASIDs: UInt32? {
    minSEVASID == 0 || minSEVASID > maxASID &+ 1 ? nil : minSEVASID - 1
  }
}

extension HostSource {
  func encryptionLeaf() -> Reading<EncryptionLeaf> { cpuid(EncryptionLeaf.leaf).map(EncryptionLeaf.init) }

  /// CPUID Fn0000_0001_EAX: base plus extended family. Source: AMD APM vol. 3, E.3.2.
  func processorFamily() -> Reading<UInt32> {
    cpuid(1).map { $0.eax.bits(8...11) + ($0.eax.bits(8...11) == 0xf ? $0.eax.bits(20...27) : 0) }
  }
}
