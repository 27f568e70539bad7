// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

public import Evidence
public import HostModel
internal import Virtualization

/// Intel TDX: from the processor to a guest's firmware.
///
/// No CPUID bit says that a processor can host trust domains. The BIOS's registers, the kernel's flag and KVM's own word
/// tell, each for those below it.
public enum IntelTDXProbe: Probe {
  public static let id = "intel-tdx"
  public static let summary = "Intel TDX from CPUID to guest firmware"
  public static let ladders = [
    Ladder(
      "intel.tdx", "Intel Trust Domain Extensions",
      [
        Environment.rung, .intelProcessor, silicon, memoryEncryption, keys, seam, machineCheck,
        KVMIntel.moduleLoaded, kernelSupport, kernelFlag, module, kvmParameter, kvmType,
      ] + VirtualizationRungs.all(for: .tdx) + [quotingService, capacity])
  ]

  public static func examine(_ host: any HostSource) -> ProbeResult {
    var result = ProbeResult()
    result.climbs = ladders.map { $0.climb(host) }
    result.facts = facts(host)
    result.contradictions = contradictions(host)
    return result
  }
}
