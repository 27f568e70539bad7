// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

extension Tape {
  /// The tape as JSON Lines, one answer a line, ordered by the questions' text.
  public func write(into output: inout [UInt8]) {}

  /// Reads what `write` writes. Throws at the first line that is not of that form; `path` names it.
  public init(parsing bytes: [UInt8], path: String) throws(InputError) {
    throw InputError(path, "not a tape")
  }
}
