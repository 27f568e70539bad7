// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Evidence

/// Alternative Routing-ID Interpretation, 000Eh: a device may have more than eight functions.
/// Source: PCI Express Base Specification 6.0, 7.8.8.
public struct ARICapability: Capability {
  /// Next Function Number, 8 bits; 0: the last.
  public let nextFunction: Int

  init?(_ space: ConfigSpace, at offset: Int) {
    guard let both = space.register(offset + 4) else { return nil }
    nextFunction = Int(both.bits(8...15))
  }
}
