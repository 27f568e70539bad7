// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

/// Why a text is no SCS flavor name.
public struct SCSNameError: Error, Hashable, CustomStringConvertible {
  /// A fragment: what was expected.
  public let message: String
  /// What was not understood, to the name's end. Empty: the name ends too early.
  public let rest: String

  public init(_ message: String, rest: some StringProtocol) {
    (self.message, self.rest) = (message, String(rest))
  }

  public var description: String {
    rest.isEmpty ? "ends too early: \(message)" : "\(rest) is not understood: \(message)"
  }
}
