// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

public import Evidence
public import HostModel

/// Encryption of all memory with one key, against somebody with the memory modules in hand: Intel TME and AMD TSME.
///
/// It keeps no guest apart from the host. AMD's SME, which software controls, is among the SEV ladders.
public enum MemoryEncryptionProbe: Probe {
  public static let id = "memory-encryption"
  public static let summary = "Intel TME and AMD TSME: all memory under one key"
  public static let ladders = [
    Ladder(
      "intel.tme", "Intel Total Memory Encryption",
      [Environment.rung, .intelProcessor, tmeSilicon, tmeEnabled, tmeFlag]),
    Ladder(
      "amd.tsme", "AMD Transparent Secure Memory Encryption",
      [Environment.rung, .amdProcessor, tsmeSilicon, tsme]),
  ]

  public static func examine(_ host: any HostSource) -> ProbeResult {
    var result = ProbeResult()
    result.climbs = ladders.map { $0.climb(host) }
    if host.processorVendor().value == "GenuineIntel",
      let fact = host.featureFact("intel.tme", leaf: 7, bit: 13, of: \.ecx)
    {
      result.facts.append(fact)
    }
    result.contradictions = contradictions(host)
    return result
  }
}
