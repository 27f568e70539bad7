// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Fleet
import HostModel

/// From when a report may be to count at a moment: as for the fleet, a week, and as far ahead as a host's clock may be.
struct ReportPeriod {
  enum Standing { case counts, expired, later }

  let at: UTCTime

  /// Without a time, or with something else in its place, nobody can tell how old a report is.
  func standing(of observedAt: String?) -> Standing {
    guard let observedAt, observedAt.utf8.count == 20, let time = UTCTime(observedAt) else { return .expired }
    if time.secondsSince1970 > at.later(by: Admission.clockTolerance).secondsSince1970 { return .later }
    return time.secondsSince1970 < at.earlier(by: Scope.expiredAfter).secondsSince1970 ? .expired : .counts
  }
}
