// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

public import Evidence
public import HostModel

/// What kind of machine this is: processor, kernel, firmware, memory. Facts only, no ladder.
public enum PlatformProbe: Probe {
  public static let id = "platform"
  public static let summary = "processor, kernel, firmware, memory and NUMA nodes"
  public static let ladders: [Ladder] = []

  public static func examine(_ host: any HostSource) -> ProbeResult {
    var result = ProbeResult()
    result.facts = processor(host) + features(host) + machine(host) + condition(host)
    if let objection = Environment.firmwareObjection(host) {
      result.contradictions = [
        Contradiction(
          "platform.firmware-names-hypervisor",
          "the processor's hypervisor bit is clear, but the firmware calls the machine \(objection.value ?? ""): a hypervisor "
            + "that hides itself, or a test machine", citing: [objection.question])
      ]
    }
    return result
  }
}
