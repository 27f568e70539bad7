// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

/// What planning needs of one host's report, read from the report's own JSON, which is the contract.
public struct HostRecord: Sendable, Hashable {
  /// As the operator's inventory calls it: the report's file name without its ending.
  public let name: String
  /// Seconds since 1970 as text: `2026-11-26T09:45:50Z`; `nil`: the report does not say.
  public let observedAt: String?
  /// `bareMetal`, `guest` or `unknown`.
  public let environment: String
  /// By id.
  public let capabilities: [String: CapabilityRecord]
  public let facts: [String: FactRecord]
  /// What can be handed out as one, by the first member's address.
  public let devices: [DeviceRecord]
  /// Whose it is and where, if the place of the report said so; empty: it did not.
  public var provider = ""
  public var region = ""
  /// By address.
  public var physicalFunctions: [PhysicalFunctionRecord] = []
  /// Findings, then contradictions, in the report's order.
  public var remarks: [RemarkRecord] = []
  /// What a guest sees of itself, by id: `guest.amd.sev-snp`. Empty: of a machine.
  public internal(set) var guestCapabilities: [String: CapabilityRecord] = [:]
  /// Kinds of PCI functions, virtual ones left out, and how many there are of each.
  public internal(set) var cards: [CardRecord: Int] = [:]
  /// That it is a machine was only assumed, for an emulated one.
  public internal(set) var isAssumed = false
  /// The report is too old to count.
  public private(set) var isExpired = false

  public init(
    name: String, observedAt: String?, environment: String, capabilities: [String: CapabilityRecord],
    facts: [String: FactRecord], devices: [DeviceRecord]
  ) {
    (self.name, self.observedAt, self.environment) = (name, observedAt, environment)
    (self.capabilities, self.facts, self.devices) = (capabilities, facts, devices)
  }

  public func renamed(_ name: String) -> HostRecord {
    var host = HostRecord(
      name: name, observedAt: observedAt, environment: environment, capabilities: capabilities, facts: facts,
      devices: devices)
    (host.physicalFunctions, host.remarks) = (physicalFunctions, remarks)
    (host.provider, host.region, host.isExpired) = (provider, region, isExpired)
    (host.guestCapabilities, host.isAssumed, host.cards) = (guestCapabilities, isAssumed, cards)
    return host
  }

  /// The same once its report is too old to count: nobody knows how it is now.
  public var expired: HostRecord {
    let cause = CauseRecord(
      because: observedAt.map { "last report \($0)" } ?? "no time", reason: "report.expired",
      fix: "collect a report", fixKind: "none", layer: "environment")
    var host = HostRecord(
      name: name, observedAt: observedAt, environment: environment,
      capabilities: capabilities.mapValues {
        CapabilityRecord(state: .unknown, title: $0.title, cause: cause)
      },
      facts: facts,
      devices: devices.map { device in
        var device = device
        (device.state, device.cause) = (.unknown, cause)
        return device
      })
    (host.provider, host.region, host.isExpired) = (provider, region, true)
    (host.isAssumed, host.cards) = (isAssumed, cards)
    return host
  }

  /// The same where an assumption does not count: whether it is a machine is not known.
  public var withoutAssumption: HostRecord {
    guard isAssumed else { return self }
    var host = HostRecord(
      name: name, observedAt: observedAt, environment: "unknown", capabilities: capabilities, facts: facts,
      devices: devices)
    (host.provider, host.region, host.isExpired) = (provider, region, isExpired)
    host.cards = cards
    return host
  }

  public func isReady(_ capability: String) -> Bool { capabilities[capability]?.state == .ready }

  /// `nil`: the report has no such fact.
  public func flag(_ fact: String) -> Bool? { if case .flag(let value)? = facts[fact] { value } else { nil } }
  public func text(_ fact: String) -> String? {
    if case .text(let value)? = facts[fact] { value } else { nil }
  }
  public func count(_ fact: String) -> Int? {
    if case .count(let value)? = facts[fact] { value } else { nil }
  }
  public func list(_ fact: String) -> [String]? {
    if case .list(let value)? = facts[fact] { value } else { nil }
  }
}

/// A state as the report words it.
public enum RecordedState: String, Sendable, CaseIterable {
  case ready, blocked, absent, unknown, notApplicable
}

/// Where a ladder stands, and what to do about it.
public struct CapabilityRecord: Sendable, Hashable {
  public let state: RecordedState
  public let title: String
  /// The rung where it stops, or the first that is not known; `nil`: ready.
  public let cause: CauseRecord?

  public init(state: RecordedState, title: String, cause: CauseRecord?) {
    (self.state, self.title, self.cause) = (state, title, cause)
  }
}

/// One cause and its fix, in the report's words.
public struct CauseRecord: Sendable, Hashable {
  public let because: String
  /// `bios.smee_off` and the like; `nil`: not one of hostcap's reasons.
  public let reason: String?
  public let fix: String?
  /// `none`, `config`, `reboot`, `bios`, `firmware`, `hardware` …
  public let fixKind: String?
  /// The layer of the rung that stops; `nil`: the report does not say.
  public let layer: String?

  public init(because: String, reason: String?, fix: String?, fixKind: String?, layer: String? = nil) {
    (self.because, self.reason, self.fix, self.fixKind) = (because, reason, fix, fixKind)
    self.layer = layer
  }
}

/// A fact's value.
public enum FactRecord: Sendable, Hashable {
  case flag(Bool)
  case count(Int)
  case text(String)
  case list([String])
}
