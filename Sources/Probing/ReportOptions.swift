// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

public import ArgumentParser
internal import Catalog
public import HostModel
internal import LiveHost
internal import ReportText
public import Tape

/// In what form a report is wanted, and where.
public struct ReportOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("The report's form: \(Self.formats.joined(separator: ", ")).", valueName: "format"),
    completion: .list(Self.formats))
  public var format = "text"

  @Option(
    help: ArgumentHelp(
      "Write the report to this file, whole or not at all, instead of standard output.", valueName: "file"),
    completion: .file())
  public var output: String?

  public init() {}

  /// Nothing was asked for.
  public var isDefault: Bool { format == TextReport.format && output == nil }

  /// The file, if one is named.
  public var outputs: [String] { [output].compactMap { $0 } }

  static let formats = Catalog.reports.map { $0.format }

  public func validate() throws {
    guard Self.formats.contains(format) else {
      throw ValidationError("--format takes one of \(Self.formats.joined(separator: ", ")).")
    }
  }

  /// Draws the report in the form asked for and writes it.
  public func write(_ report: HostReport) throws(InputError) {
    let renderer = Catalog.reports.first { $0.format == format && format != TextReport.format }
    guard let renderer else { return try write(draw(report)) }
    try OutputFile.write(to: output ?? "-") { renderer.render(report, into: &$0, draining: $1) }
  }

  /// The report in the form asked for; text in the style of where it goes.
  public func draw(_ report: HostReport) -> [UInt8] {
    if format == TextReport.format {
      return TextReport.render(
        report, style: Presentation.style(forOutput: output), names: Presentation.names(forOutput: output))
    }
    var bytes: [UInt8] = []
    for renderer in Catalog.reports where renderer.format == format { renderer.render(report, into: &bytes) }
    return bytes
  }

  /// Writes what was drawn to where it is wanted.
  public func write(_ bytes: [UInt8]) throws(InputError) {
    try OutputFile.write(bytes, to: output ?? "-")
  }
}
