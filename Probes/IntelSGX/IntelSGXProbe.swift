// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

public import Evidence
public import HostModel
internal import Virtualization

/// Intel SGX: from the processor to libvirt, whose guests get their part of the enclave pages.
public enum IntelSGXProbe: Probe {
  public static let id = "intel-sgx"
  public static let summary = "Intel SGX from CPUID to libvirt"
  public static let ladders = [
    Ladder(
      "intel.sgx", "Intel Software Guard Extensions",
      [
        Environment.rung, .intelProcessor, silicon, enabled, pages, commandLine, kernelFlag, launchControl,
        guestPages, KVMIntel.moduleLoaded, kvmParameter,
      ] + VirtualizationRungs.all(for: .sgx))
  ]

  public static func examine(_ host: any HostSource) -> ProbeResult {
    var result = ProbeResult()
    result.climbs = ladders.map { $0.climb(host) }
    result.facts = facts(host)
    result.contradictions = contradictions(host)
    return result
  }
}
