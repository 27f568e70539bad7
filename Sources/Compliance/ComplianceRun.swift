// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

/// The check script's answer: a line for each testcase on standard output, and why on standard error.
///
/// Lines that begin with `WARNING` are everybody's to read once a report is on the monitor, `INFO` lines those of whoever
/// logs in: none holds a host's name, an address or a serial number, and only the latter hold numbers.
/// Source: the monitor's code; its contract for check scripts.
public struct ComplianceRun: Sendable, Hashable {
  /// Ids in the order in which they were asked for.
  public let testcases: [String]
  /// 1: PASS, 0: ABORT, -1: FAIL.
  public let results: [String: Int]
  /// `hostcap-sev-snp-host: PASS`
  public let output: [String]
  public let errors: [String]

  /// - Parameter testcases: ids; empty: all that the scope has a script for. An id that this hostcap does not know is
  ///   aborted: a newer scope is no reason to fail.
  public init(_ testcases: [String], in scope: ComplianceScope, on evidence: ComplianceEvidence) {
    let asked = testcases.isEmpty ? scope.testcases : testcases
    var results: [String: Int] = [:]
    var (told, output, errors): ([String], [String], [String]) = ([], [], [])
    for id in asked where results[id] == nil {
      let answer =
        ComplianceTest.all[id]?.answer(evidence) ?? ComplianceAnswer(.abort, ["testcase.not_known": 1])
      results[id] = answer.verdict.number
      told.append(id)
      output.append("\(id): \(answer.verdict.rawValue)")
      if answer.verdict == .pass { continue }
      let reasons = answer.sorted
      errors.append("WARNING: \(id): \(reasons.map(\.id).joined(separator: ", "))")
      errors.append("INFO: \(id): " + reasons.map { "\($0.count) x \($0.id)" }.joined(separator: ", "))
    }
    self.testcases = told
    (self.results, self.output, self.errors) = (results, output, errors)
  }

  /// Lower case letters, digits and dashes.
  public static func isID(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.count <= 100
      && text.utf8.allSatisfy { (0x61...0x7a).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2d }
  }

  /// Lines on standard error that begin so, as the runner counts them.
  func count(of signal: String) -> Int { errors.count { $0.lowercased().hasPrefix(signal) } }
}
