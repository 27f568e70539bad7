// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

public import HostModel

/// The report for people: where every ladder stops, why, and what to do, in the width of a terminal.
public enum TextReport: Renderer {
  public static let format = "text"
  public static let mediaType = "text/plain; charset=utf-8"

  /// A function's name for people, `NVIDIA Corporation GH100`; `nil`: none known.
  public typealias Names = (PCIFunction) -> String?

  /// 80 columns, no colours, no names: what goes into a file.
  public static func render(_ report: HostReport, into output: inout [UInt8]) {
    output += render(report, style: .plain)
  }

  public static func render(
    _ report: HostReport, style: TextStyle, names: @escaping Names = { _ in nil }
  ) -> [UInt8] {
    var drawing = Drawing(report: report, names: names, page: Page(style))
    drawing.headline()
    drawing.overview()
    drawing.ladders()
    drawing.contradictions()
    drawing.findings()
    drawing.inventory()
    drawing.virtualFunctions()
    drawing.passthrough()
    return drawing.page.output
  }

  /// A title between two reports on one page.
  public static func heading(_ text: String, style: TextStyle) -> [UInt8] {
    var page = Page(style)
    page.line(Span("== ", .faint), Span(text, .strong), hang: 3)
    page.line("")
    return page.output
  }
}

/// A report on its way to a page.
struct Drawing {
  let report: HostReport
  let names: TextReport.Names
  var page: Page

  var guestOf: String? {
    if case .guest(let hypervisor) = report.environment.kind { hypervisor } else { nil }
  }

  /// In a guest, the ladders that are about it; otherwise all.
  var climbs: [Climb] {
    guestOf == nil ? report.climbs : report.climbs.filter { $0.ladder.subject == .guest }
  }

  mutating func section(_ title: String) {
    page.blank()
    page.line(Span(title, .strong))
  }
}
