// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Evidence

/// Who is asking: decides what "denied" can mean and what the report must say about itself.
public struct Privilege: Sendable, Hashable {
  public let effectiveUserID: UInt64
  /// CapEff as /proc/self/status prints it. Source: capabilities(7).
  public let effectiveCapabilities: UInt64

  /// Reads `euid N` and `cap_eff HEX`, a line each.
  public init?(_ bytes: ArraySlice<UInt8>) {
    var fields: [String: ArraySlice<UInt8>] = [:]
    for line in lines(bytes) {
      let parts = line.split(separator: UInt8(ascii: " "))
      guard parts.count == 2 else { return nil }
      fields[text(parts[0])] = parts[1]
    }
    guard let user = fields["euid"].flatMap(decimal), let set = fields["cap_eff"].flatMap(hexadecimal) else {
      return nil
    }
    (effectiveUserID, effectiveCapabilities) = (user, set)
  }

  /// CAP_SYS_ADMIN, bit 21: the kernel hands a reader without it 64 bytes of configuration space.
  public var canReadConfigurationSpace: Bool { effectiveCapabilities.bit(21) }
  /// CAP_SYS_RAWIO, bit 17: needed to open /dev/cpu/N/msr.
  public var canReadMSR: Bool { effectiveCapabilities.bit(17) }
}
