// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import HostModel

/// The lines below a case: what was seen, what it rests on, and what to do.
struct CaseAdvice {
  let report: HostReport
  /// Longest list of evidence below a case.
  private static let citations = 6

  func lines(for judgement: Judgement) -> [String] {
    var lines = ["because: \(judgement.because)"]
    for question in judgement.citing.prefix(Self.citations) {
      lines.append("evidence: \(question)" + (report.evidence[question].map { " = \($0)" } ?? ""))
    }
    let more = judgement.citing.count - Self.citations
    if more > 0 { lines.append("evidence: and \(more) more") }
    guard let reason = judgement.reason else { return lines }
    let remedy = report.advisor.remedy(for: reason, citing: judgement.citing)
    return lines + Self.lines(for: remedy)
  }

  /// For any device of the kind: the word ADDRESS stays in the fix.
  func lines(for reason: Reason) -> [String] {
    Self.lines(for: report.advisor.remedy(for: reason))
  }

  private static func lines(for remedy: Remedy) -> [String] {
    let isPlain = remedy.fixKind == .none || remedy.fixKind == .bios && remedy.fix.hasPrefix("BIOS")
    return ["fix: \(isPlain ? "" : "\(remedy.fixKind.rawValue): ")\(remedy.fix)", "check: \(remedy.check)"]
  }
}
