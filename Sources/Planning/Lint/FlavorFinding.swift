// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

/// Something about a flavor that is not as it seems.
public struct FlavorFinding: Sendable, Hashable {
  /// The flavor's name.
  public let flavor: String
  /// Counted from 1.
  public let line: Int
  public let severity: Severity
  /// Stable, dotted: `flavor.model_without_encryption`.
  public let rule: String
  /// What happens, in that release. One line.
  public let message: String
  /// What to write instead. One line.
  public let fix: String

  public init(
    flavor: String, line: Int, severity: Severity, rule: String, message: String, fix: String
  ) {
    (self.flavor, self.line, self.severity) = (flavor, line, severity)
    (self.rule, self.message, self.fix) = (rule, message, fix)
  }

  public enum Severity: String, Sendable { case error, warning }
}
