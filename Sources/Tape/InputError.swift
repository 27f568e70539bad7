// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

/// Why an input was refused: one line on standard error, and exit 2.
public struct InputError: Error, Hashable, CustomStringConvertible {
  /// As the user named it; a member of an archive behind a colon.
  public let path: String
  /// Counted from 1; `nil`: the whole file.
  public let line: Int?
  public let reason: String

  public init(_ path: String, line: Int? = nil, _ reason: String) {
    (self.path, self.line, self.reason) = (path, line, reason)
  }

  public var description: String {
    line.map { "\(path): line \($0): \(reason)" } ?? "\(path): \(reason)"
  }
}
