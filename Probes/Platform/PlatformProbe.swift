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
    result.facts = processor(host) + features(host) + machine(host)
    return result
  }
}
