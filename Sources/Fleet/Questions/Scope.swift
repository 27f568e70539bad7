// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

public import HostModel
public import Planning

/// Of what moment and of which part of the fleet the answers are.
public struct Scope: Sendable, Hashable {
  private static let day = 86_400
  /// Seconds after which a report is stale, after which it no longer counts, and after which a proof does not.
  public static let (staleAfter, expiredAfter, proofHolds) = (2 * day, 7 * day, 90 * day)

  /// What is asked about.
  public let at: UTCTime
  /// What it is compared with; a week before.
  public let since: UTCTime
  /// Whose guests count as usable.
  public let release: OpenStackRelease
  /// Empty: all.
  public var provider = ""
  public var region = ""
  public var host = ""
  public var capability = ""
  public var state = ""
  public var layer = ""

  public init(at: UTCTime, since: UTCTime? = nil, release: OpenStackRelease? = nil) {
    self.at = at
    self.since = since ?? at.earlier(by: 7 * Self.day)
    self.release = release ?? OpenStackRelease.newest
  }

  /// The same question, asked so many weeks before.
  public func earlier(byWeeks weeks: Int) -> Scope {
    let gap = weeks * 7 * Self.day
    var scope = Scope(at: at.earlier(by: gap), since: since.earlier(by: gap), release: release)
    (scope.provider, scope.region, scope.host) = (provider, region, host)
    (scope.capability, scope.state, scope.layer) = (capability, state, layer)
    return scope
  }

  /// The names of the view's columns, and their values, in order.
  var columns: [(name: String, value: String)] {
    [
      ("at_time", at.description), ("since_time", since.description),
      ("stale_time", at.earlier(by: Self.staleAfter).description),
      ("expired_time", at.earlier(by: Self.expiredAfter).description),
      ("expired_before", since.earlier(by: Self.expiredAfter).description),
      ("proof_time", at.earlier(by: Self.proofHolds).description), ("release_id", release.id),
      ("one_provider", provider), ("one_region", region), ("one_host", host), ("one_capability", capability),
      ("one_state", state), ("one_layer", layer),
    ]
  }

  /// The view that the others read. Values are quoted as standard SQL has it; backslashes, which Spark takes for more,
  /// cannot come in: see `isPlain`.
  public var sql: String {
    let values = columns.map { "'\($0.value.filter { $0 != "'" && $0 != "\\" })' AS \($0.name)" }
    return "CREATE TEMPORARY VIEW scope AS SELECT " + values.joined(separator: ", ")
  }

  /// Whether a filter's value can be one: letters, digits and what ids and names have.
  public static func isPlain(_ text: String) -> Bool { text.isEmpty || HostIdentity.isName(text) }
}
