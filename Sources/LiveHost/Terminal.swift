// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import CHost
internal import Glibc

/// What is behind a descriptor, for whoever chooses colour and width.
public enum Terminal {
  public static let standardOutput = STDOUT_FILENO
  public static let standardError = STDERR_FILENO

  /// In a supervised process, what its supervisor's is.
  public static func isTerminal(_ descriptor: Int32 = standardOutput) -> Bool {
    if descriptor == standardOutput, let supervised = Supervised.current { return supervised.isTerminal }
    return isatty(descriptor) == 1
  }

  /// Width in characters; `nil`: not a terminal, or one that does not say.
  public static func columns(_ descriptor: Int32 = standardOutput) -> Int? {
    if descriptor == standardOutput, let supervised = Supervised.current { return supervised.columns }
    var columns: Int32 = 0
    // Safe: `columns` lives until the call returns.
    guard unsafe chost_terminal_columns(descriptor, &columns) == 0, columns > 0 else { return nil }
    return Int(columns)
  }
}
