// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Catalog
import Documents
import HostModel
import Interop
import Planning
import Tape

/// YAML that operators write.
enum DocumentTargets {
  /// `plan --site`.
  @Sendable static func site(_ input: [UInt8]) throws {
    try Plans.check(Plans.hosts, on: try Site(try Document(parsing: input, path: "site")))
  }

  /// `fleet needs`.
  @Sendable static func demand(_ input: [UInt8]) throws {
    try Plans.check(try DemandList(try Document(parsing: input, path: "demand")), on: Plans.hosts)
  }

  /// `fleet commitments`.
  @Sendable static func commitments(_ input: [UInt8]) throws {
    let capabilities = Catalog.probes.flatMap { $0.ladders }.map(\.id)
    let document = try Document(parsing: input, path: "commitments")
    let all = try Commitment.all(document, capabilities: capabilities)
    let at = UTCTime("2026-12-01T00:00:00Z") ?? .epoch
    for commitment in all { _ = CommitmentStanding(commitment, on: [], at: at) }
  }

  /// `flavors lint` for every release, and `flavors truth`.
  @Sendable static func flavors(_ input: [UInt8]) throws {
    let file = try FlavorFile(try Document(parsing: input, path: "flavors"))
    let lines = Self.lines(input)
    for release in OpenStackRelease.all {
      for finding in FlavorLint.findings(file, release: release) {
        try hold((1...lines).contains(finding.line), "a finding on line \(finding.line) of \(lines)")
        try hold(!finding.message.isEmpty && !finding.fix.isEmpty, "\(finding.rule) says nothing")
      }
    }
    _ = FlavorTruth.all(file, on: Plans.hosts, site: Plans.site)
  }

  /// As YAML 1.1 counts them: a line ends with LF, CR, CR LF, NEL, LS or PS. Source: YAML 1.1, 4.2, b-break.
  private static func lines(_ input: [UInt8]) -> Int {
    String(decoding: input, as: UTF8.self).replacing("\r\n", with: "\n").unicodeScalars.count {
      [0x0a, 0x0d, 0x85, 0x2028, 0x2029].contains($0.value)
    } + 1
  }
}
