// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

public import Evidence
public import HostModel

/// Intel SGX: from the processor to KVM, whose guests get their part of the enclave pages.
public enum IntelSGXProbe: Probe {
  public static let id = "intel-sgx"
  public static let summary = "Intel SGX from CPUID to KVM"
  public static let ladders = [
    Ladder(
      "intel.sgx", "Intel Software Guard Extensions",
      [
        Environment.rung, .intelProcessor, silicon, enabled, pages, commandLine, kernelFlag, launchControl,
        guestPages, KVMIntel.moduleLoaded, kvmParameter,
      ])
  ]

  public static func examine(_ host: any HostSource) -> ProbeResult {
    var result = ProbeResult()
    result.climbs = ladders.map { $0.climb(host) }
    result.facts = facts(host)
    return result
  }
}
