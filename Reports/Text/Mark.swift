// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import HostModel

// One sign and one colour a verdict and a state, the same everywhere.
extension Verdict {
  var mark: Span {
    switch self {
    case .pass: Span("✔", .good)
    case .warn: Span("!", .caution)
    case .fail: Span("✘", .bad)
    case .unknown: Span("?", .open)
    case .notApplicable: Span("–", .faint)
    }
  }
}

extension CapabilityState {
  var role: Role {
    switch self {
    case .ready: .good
    case .blocked: .caution
    case .absent: .bad
    case .unknown: .open
    case .notApplicable: .faint
    }
  }

  var mark: Span {
    switch self {
    case .ready: Verdict.pass.mark
    case .blocked, .absent: Span(Verdict.fail.mark.text, role)
    case .unknown: Verdict.unknown.mark
    case .notApplicable: Verdict.notApplicable.mark
    }
  }

  /// The state's name for people.
  var word: Span { Span(self == .notApplicable ? "not applicable" : rawValue, role) }
}

extension FixKind {
  /// What it takes, before the fix itself: `reboot: remove iommu=pt`.
  func introducing(_ fix: String) -> String {
    switch self {
    case .none: fix
    case .bios where fix.hasPrefix("BIOS"): fix
    default: "\(rawValue): \(fix)"
    }
  }
}
