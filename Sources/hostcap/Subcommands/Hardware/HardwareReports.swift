// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Fleet
import HostModel
import LiveHost
import Planning
import Tape

/// Reports that hardware is told from. A fleet's have to be fresh; single ones are taken as they are, whenever they are of.
struct HardwareReports {
  let hosts: [HostRecord]

  /// Errors: one report is refused; half a fleet is none.
  init(_ paths: [String], db: String?, provider: String, at: String?) throws {
    let isFleet =
      try db != nil || paths.contains { path throws(InputError) in try FleetEvidence.isFleet(path) }
    guard isFleet || at != nil || !provider.isEmpty else {
      hosts = try ReportFiles.hosts(at: paths)
      return
    }
    var scope = Scope(at: at.flatMap { UTCTime($0) } ?? FleetScope.clock)
    scope.provider = provider
    hosts = try FleetEvidence(reports: paths, db: db, in: scope).hosts
  }
}
