// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

/// What one rung comes to.
public enum Verdict: String, Sendable, CaseIterable {
  case pass
  /// Holds, with something an operator should know.
  case warn
  case fail
  /// Could not be determined; never a way of saying no.
  case unknown
  /// The question does not arise here.
  case notApplicable
}

/// What a whole ladder, or one assignable unit, comes to.
public enum CapabilityState: String, Sendable, CaseIterable {
  /// Every rung that was looked at holds.
  case ready
  /// This hardware can; a named setting, update or binding is missing.
  case blocked
  /// This hardware never can.
  case absent
  /// Could not be determined, and the climb says why.
  case unknown
  /// We are a guest: what is missing here says nothing about the host below. Or we are none, and the ladder is about one.
  case notApplicable
}

/// What it takes to clear a rung, cheapest first.
public enum FixKind: String, Sendable, CaseIterable {
  case none, config, reboot, bios, firmware, hardware
}
