// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

public import Tape

/// Why a key, an envelope or what it holds is not taken: the end of a line that begins with the file.
public struct SigningFault: Error, Sendable, Hashable, CustomStringConvertible {
  /// `is encrypted`.
  public let reason: String

  public init(_ reason: String) { self.reason = reason }

  public var description: String { reason }

  /// The line as a whole.
  public func of(_ path: String) -> InputError { InputError(path, reason) }
}
