// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Evidence

/// Family, model and stepping as CPUID Fn0000_0001_EAX packs them.
/// Source: AMD APM vol. 3, E.3.2; Intel SDM vol. 2A, CPUID, figure 3-6.
struct Identity: Sendable, Hashable {
  let signature: UInt32

  /// Base family, plus the extended one where the base is 0Fh.
  var family: UInt32 { baseFamily + (baseFamily == 0xf ? signature.bits(20...27) : 0) }

  /// The extended model counts for AMD where the base family is 0Fh, for Intel also where it is 6.
  var model: UInt32 {
    signature.bits(4...7) + (baseFamily == 0xf || baseFamily == 0x6 ? signature.bits(16...19) << 4 : 0)
  }

  var stepping: UInt32 { signature.bits(0...3) }
  private var baseFamily: UInt32 { signature.bits(8...11) }
}
