// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

public import Evidence
public import HostModel
internal import Virtualization

/// IBM Secure Execution for Linux: guests that an s390x host runs but cannot look into.
public enum SecureExecutionProbe: Probe {
  public static let id = "secure-execution"
  public static let summary = "IBM Secure Execution from the machine's facilities to libvirt"
  public static let ladders = [
    Ladder(
      "ibm.secure-execution", "IBM Secure Execution for Linux",
      [Environment.rung, .s390xProcessor, facility, ultravisor, asked, host, kvm]
        + VirtualizationRungs.all(for: .secureExecution) + [capacity])
  ]

  public static func examine(_ host: any HostSource) -> ProbeResult {
    var result = ProbeResult()
    result.climbs = ladders.map { $0.climb(host) }
    guard host.processorVendor().value == "IBM/S390" else { return result }
    result.facts = facts(host)
    result.contradictions = contradictions(host)
    return result
  }
}
