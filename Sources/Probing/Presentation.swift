// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import HostModel
internal import LiveHost
public import ReportText

/// How text for people looks where it goes.
public enum Presentation {
  /// A page is made for this many columns; a wider terminal gets no wider lines.
  private static let columns = 80

  /// Colours only on a terminal that has them and whose user did not say NO_COLOR (no-color.org).
  ///
  /// - Parameter output: the file that is written; `nil` or `-`: standard output.
  public static func style(forOutput output: String?) -> TextStyle {
    let isUnicode = Self.isUnicode
    guard output == nil || output == "-", Terminal.isTerminal() else {
      return TextStyle(columns: columns, unicode: isUnicode)
    }
    let isColorful = (Terminal.variable("NO_COLOR") ?? "").isEmpty && Terminal.variable("TERM") != "dumb"
    let available = Terminal.columns() ?? columns
    return TextStyle(color: isColorful, columns: min(columns, available), unicode: isUnicode)
  }

  /// Whether the locale's encoding is UTF-8; a process without a locale is given it, as today's tools do.
  /// Source: POSIX.1-2024, Base Definitions 8.2: LC_ALL, then LC_CTYPE, then LANG.
  private static var isUnicode: Bool {
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].lazy.compactMap(Terminal.variable).first { !$0.isEmpty }
    guard let locale, locale.contains(".") else { return true }
    return ["UTF-8", "utf-8", "UTF8", "utf8"].contains { locale.contains($0) }
  }

  /// Names from the local pci.ids, each looked up once; none where a file or a pipe is written: there the same tape
  /// gives the same bytes, whatever list of names this machine has.
  public static func names(forOutput output: String?) -> TextReport.Names {
    guard output == nil || output == "-", Terminal.isTerminal() else { return { _ in nil } }
    let names = PCINames()
    return { function in
      guard let vendor = function.vendor, let device = function.device else { return nil }
      let words = [names.vendor(vendor), names.device(vendor: vendor, device: device)].compactMap { $0 }
      return words.isEmpty ? nil : words.joined(separator: " ")
    }
  }
}
