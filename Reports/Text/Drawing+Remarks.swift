// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Evidence
internal import HostModel

extension Drawing {
  mutating func contradictions() {
    guard !report.contradictions.isEmpty else { return }
    section("Sources that do not agree")
    for contradiction in report.contradictions {
      page.line("  ", Span("≠ ", .caution), Span(contradiction.id, .strong), hang: 4)
      page.line("    ", Span(contradiction.meaning), hang: 4)
      page.evidence(contradiction.citing) { report.evidence[$0] }
    }
  }

  /// Findings by reason: the same advice stands once, with everything it is about.
  mutating func findings() {
    guard !report.findings.isEmpty else { return }
    section("Findings")
    for (reason, findings) in grouped(report.findings, by: \.reason) {
      let address = findings.count == 1 ? PCIAddress(findings[0].subject) : nil
      let remedy = report.advisor.remedy(for: reason, at: address, citing: findings.flatMap(\.citing))
      let subjects = Self.counted(findings.map(\.subject))
      page.line(
        "  ", Span("! ", .caution), Span(subjects, .strong), Span(": " + findings[0].because), hang: 4)
      page.line("    ", Span("→ ", .faint), Span(remedy.fixKind.introducing(remedy.fix)), hang: 6)
    }
  }

  /// Groups in the order in which their first members stand.
  func grouped<Element, Key: Hashable>(
    _ elements: [Element], by key: (Element) -> Key
  ) -> [(key: Key, members: [Element])] {
    var order: [Key] = []
    var members: [Key: [Element]] = [:]
    for element in elements {
      let key = key(element)
      if members[key] == nil { order.append(key) }
      members[key, default: []].append(element)
    }
    return order.map { ($0, members[$0] ?? []) }
  }

  /// The first few, and how many more.
  static func counted(_ names: [String], showing limit: Int = 8) -> String {
    let shown = names.prefix(limit).joined(separator: " ")
    return names.count > limit ? shown + " … and \(names.count - limit) more" : shown
  }
}
