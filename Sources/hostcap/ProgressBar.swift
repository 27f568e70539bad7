// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import LiveHost

/// How far a long run has come, on standard error, if that is a terminal.
final class ProgressBar {
  private let width: Int?
  private var seen = 0
  private var isShown = false

  init() {
    width = Terminal.isTerminal(Terminal.standardError) ? Terminal.columns(Terminal.standardError) ?? 80 : nil
  }

  /// Drawn now and then only.
  func show(_ begun: Int, of total: Int) {
    seen += 1
    guard let width, seen.isMultiple(of: 256) else { return }
    isShown = true
    // How much of one file is left, a pipe or an archive does not say.
    guard total > 1 else { return Writing.draw("\r\(seen) reports") }
    let numbers = " \(seen) reports, file \(begun) of \(total)"
    let room = max(0, min(40, width - numbers.count - 4))
    let full = room * (begun - 1) / total
    let bar = String(repeating: "━", count: full) + String(repeating: "╌", count: room - full)
    Writing.draw("\r\(bar)\(numbers)")
  }

  func clear() { if isShown, let width { Writing.draw("\r\(String(repeating: " ", count: width - 1))\r") } }
}
