// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Evidence
internal import HostModel

extension Drawing {
  /// Physical functions listed one by one.
  private static let rows = 32

  mutating func virtualFunctions() {
    let all = report.physicalFunctions
    guard !all.isEmpty else { return }
    section("Virtual functions")
    page.line(Span("    function      total active assigned   free", .faint))
    for function in all.prefix(Self.rows) { row(function) }
    if all.count > Self.rows { page.line(Span("    … and \(all.count - Self.rows) more", .faint)) }
    guard guestOf == nil else { return }
    causes(all.map { Case(subject: $0.address.description, kind: "function", standing: $0.standing) })
  }

  private mutating func row(_ function: PhysicalFunction) {
    func cell(_ value: Int?, _ width: Int) -> String {
      let text = value.map(String.init) ?? "?"
      return String(repeating: " ", count: max(1, width - text.utf8.count)) + text
    }
    let counts =
      cell(function.totalVFs, 6) + cell(function.activeVFs, 7) + cell(function.assignedVFs, 9)
      + cell(function.freeVFs, 7)
    let driver = report.functions.first { $0.address == function.address }?.driver
    page.line(
      "  ", function.standing.state.mark, " ", Span(function.address.description), Span(counts),
      Span(driver.map { "  " + $0 } ?? "", .faint), hang: 4)
  }
}
