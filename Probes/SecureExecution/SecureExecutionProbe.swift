// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

public import Evidence
public import HostModel

/// IBM Secure Execution for Linux: guests that an s390x host runs but cannot look into.
public enum SecureExecutionProbe: Probe {
  public static let id = "secure-execution"
  public static let summary = "IBM Secure Execution from the machine's facilities to KVM"
  public static let ladders = [
    Ladder(
      "ibm.secure-execution", "IBM Secure Execution for Linux",
      [Environment.rung, .s390xProcessor, facility, ultravisor, asked, host, kvm])
  ]

  public static func examine(_ host: any HostSource) -> ProbeResult {
    var result = ProbeResult()
    result.climbs = ladders.map { $0.climb(host) }
    guard host.processorVendor().value == "IBM/S390" else { return result }
    // Source: kernel arch/s390/kernel/uv.c, uv_query_max_guest_vms_show() and its neighbours.
    for (id, name) in [("max-guests", "max_guests"), ("max-cpus", "max_cpus")] {
      let reading = host.read(.file("\(folder)/query/\(name)"), as: decimal)
      guard let count = reading.value else { continue }
      result.facts.append(Fact("ibm.secure-execution.\(id)", .count(count), citing: [reading.question]))
    }
    return result
  }
}
