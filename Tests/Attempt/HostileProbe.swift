// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Evidence
import HostModel

/// A probe that goes astray.
enum HostileProbe: Probe {
  static let id = "hostile"
  static let summary = "does what its name says"
  static let ladders: [Ladder] = []

  static func examine(_ host: any HostSource) -> ProbeResult {
    // It has done its duty first: reading goes on in the sandbox.
    let isReading = host.read(.file("/proc/self/status"), as: { $0.isEmpty ? nil : true }).value == true
    let outcome = isReading ? Attempt.all.first { $0.name == Swift.CommandLine.arguments[2] }?.make() : nil
    var result = ProbeResult()
    result.facts = [Fact("hostile.outcome", .text(outcome.map { "\($0)" } ?? "no such attempt"), citing: [])]
    return result
  }
}
