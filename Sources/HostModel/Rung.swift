// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

public import Evidence

/// One thing that must hold for a capability: a row of a ladder's table.
public struct Rung: Sendable {
  /// Unique in its ladder; lower case, words joined by hyphens; for ever.
  public let id: String
  public let layer: Layer
  /// What holds when it passes, a few words in the field's terms.
  public let title: String
  /// Document, revision and section, or kernel file and version.
  public let specification: String
  /// Ids of lower rungs that must hold if this one passes.
  public let implies: [String]
  /// When it does not pass, the rungs above it are not asked: they would speak of something else.
  public let isGate: Bool
  /// Only advises: neither its fail nor its unknown stops the climb.
  public let isAdvisory: Bool
  public let judge: @Sendable (any HostSource) -> Judgement

  public init(
    _ id: String, _ layer: Layer, _ title: String, specification: String, implies: [String] = [],
    isGate: Bool = false, isAdvisory: Bool = false, judge: @escaping @Sendable (any HostSource) -> Judgement
  ) {
    (self.id, self.layer, self.title) = (id, layer, title)
    (self.specification, self.implies) = (specification, implies)
    (self.isGate, self.isAdvisory, self.judge) = (isGate, isAdvisory, judge)
  }

  /// The same rung with its verdict on `host`, for the ladders of many devices of one host.
  public func settled(on host: any HostSource) -> Rung {
    let judgement = judge(host)
    return Rung(
      id, layer, title, specification: specification, implies: implies, isGate: isGate, isAdvisory: isAdvisory
    ) { _ in judgement }
  }
}
