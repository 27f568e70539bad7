// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

public import ArgumentParser
internal import Catalog
public import HostModel
internal import LiveHost
internal import ReportText
internal import Tape

/// Forms of the report that others pick up: several from one look at the host.
public struct PublishOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Also write the report in this form to this file, whole or not at all, for everybody to read (mode 0644).",
      discussion: "May be given several times. Forms: \(Self.formats.joined(separator: ", ")).",
      valueName: "form=file"))
  public var publish: [String] = []

  public init() {}

  /// Every form but the one for people.
  static let formats = Catalog.reports.map { $0.format }.filter { $0 != TextReport.format }

  public func validate() throws {
    for wish in publish where Self.target(wish) == nil {
      throw ValidationError(
        "--publish takes FORM=FILE, with one of the forms \(Self.formats.joined(separator: ", ")).")
    }
    guard Set(outputs).count == outputs.count else {
      throw ValidationError("--publish names one file for two forms.")
    }
  }

  /// The files.
  public var outputs: [String] { publish.compactMap(Self.target).map(\.path) }

  private static func target(_ wish: String) -> (form: any Renderer.Type, path: String)? {
    let parts = wish.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[1].isEmpty, formats.contains(String(parts[0])),
      let form = Catalog.reports.first(where: { $0.format == parts[0] })
    else { return nil }
    return (form, String(parts[1]))
  }

  /// Writes all of them. One that cannot be written costs a line on standard error, and the others are written all the
  /// same.
  ///
  /// Returns whether all were.
  public func write(_ report: HostReport) -> Bool {
    var isWhole = true
    for (form, path) in publish.compactMap(Self.target) {
      do throws(InputError) {
        try OutputFile.write(to: path, isPublic: true) { form.render(report, into: &$0, draining: $1) }
      } catch {
        Writing.complain("hostcap: \(error)")
        isWhole = false
      }
    }
    return isWhole
  }
}
