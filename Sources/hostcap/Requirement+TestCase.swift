// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import HostModel
import Results

extension Requirement {
  /// The requirement as a test: `hostcap.check.amd.sev-snp`, `hostcap.check.gpu.passthrough.at-least-2`.
  func testCase(_ outcome: Outcome, on report: HostReport) -> TestCase {
    let id = "hostcap.check.\(id)" + (minimum.map { ".at-least-\($0)" } ?? "")
    let step = report.climb(self.id).flatMap { $0.stopsAt ?? $0.firstUnknown ?? $0.disputed.first }
    let reason = outcome.isHolding ? nil : step?.judgement.reason
    let remedy = reason.map { report.advisor.remedy(for: $0, citing: step?.judgement.citing ?? []) }
    let advice = remedy.map { ["fix: \($0.fix)", "check: \($0.check)"] } ?? []
    switch outcome {
    case .holds(let because): return TestCase(id, text, .passed, details: [because])
    case .fails(let because):
      return TestCase(id, text, .failed(because), reason: reason?.id, details: [because] + advice)
    case .unknown(let because):
      return TestCase(
        id, text, .skipped("unknown: \(because)"), reason: reason?.id, details: [because] + advice)
    }
  }
}
