// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Evidence
internal import HostModel

extension AMDSEVProbe {
  /// The kernel's own words on why a ladder stops, each cause once. The log is asked for only where a ladder of this
  /// processor stops or stays open.
  static func kernelLogFindings(_ host: any HostSource, _ climbs: [Climb]) -> [Finding] {
    let isOpen = climbs.contains { climb in
      climb.steps.contains { $0.rung.id == "vendor" && $0.judgement.verdict == .pass }
        && [.blocked, .unknown].contains(climb.state)
    }
    guard isOpen, let log = host.read(.kernelLog, as: { lines($0) }).value else { return [] }
    var found: [Finding] = []
    for row in KernelLogCatalogue.rows {
      let fragment = Array(row.fragment.utf8)
      guard let line = log.last(where: { holds(fragment, in: $0) }) else { continue }
      found.append(Finding(row.reason, subject: "kernel log", words(line), citing: [.kernelLog]))
    }
    return found
  }

  /// The line, and what the firmware's error code in it stands for: `… failed rc -5, error 0x3`.
  private static func words(_ line: ArraySlice<UInt8>) -> String {
    let line = text(line)
    guard let error = line.split(separator: "error ").last, error.hasPrefix("0x") else { return line }
    let digits = error.dropFirst(2).prefix { $0.isHexDigit }
    guard let code = UInt32(digits, radix: 16), FirmwareError.words(code) != hex(code, width: 1) else {
      return line
    }
    return "\(line): \(FirmwareError.words(code))"
  }

  private static func holds(_ fragment: [UInt8], in line: ArraySlice<UInt8>) -> Bool {
    guard let first = fragment.first else { return true }
    var rest = line
    while let at = rest.firstIndex(of: first) {
      if rest[at...].starts(with: fragment) { return true }
      rest = rest[(at + 1)...]
    }
    return false
  }
}
