// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

public import Disclosure
internal import Tables

/// All that a board is made of. The same facts give the same bytes.
public struct BoardFacts: Sendable {
  /// When and of what.
  public struct Stamp: Sendable, Hashable {
    /// UTC: `2026-11-26T09:45:50Z`.
    public let at: String
    /// What changes are told since; empty: nothing is.
    public let since: String
    /// OpenStack's, for people: `OpenStack 2026.2`.
    public let release: String

    public init(at: String, since: String, release: String) {
      (self.at, self.since, self.release) = (at, since, release)
    }
  }
  public let audience: Audience
  public let stamp: Stamp
  /// By the query's name. Those that are for somebody else are left out: an internal result never gets on a public board.
  let tables: [String: FactTable]
  /// How far hosts came, by day, the oldest first.
  var trend: [(day: String, funnel: FactTable)] = []
  /// In any order. Providers that only results know are listed too.
  public var providers: [ProviderProfile] = []
  /// In any order. Capabilities that only results know are shown too, by their id.
  public var capabilities: [CapabilityProfile] = []
  /// What to do, by the reason's id. A public board says nothing else; on an internal one the report's own words are
  /// better, where there are any.
  public var remedies: [String: String] = [:]
  /// A public board leaves it out. `nil`: nobody asked.
  public var purchasing: Purchasing?
  /// Whether host pages will be given, so that lists of hosts link to them. A public board has none.
  public var hasHostPages = false

  public init(for audience: Audience, stamp: Stamp, tables: [DisclosedTable]) {
    (self.audience, self.stamp) = (audience, stamp)
    let open = tables.filter { audience == .internal || $0.audience == .public }
    self.tables = Dictionary(open.map { ($0.name, FactTable($0)) }) { first, _ in first }
  }
}

/// What a provider says about itself.
public struct ProviderProfile: Sendable, Hashable {
  public enum Section: String, Sendable, Hashable, CaseIterable {
    /// With a certificate of its own.
    case certified
    case listed
    case experimental
  }
  /// As results call it.
  public let name: String
  /// Empty: its name.
  public var displayName = ""
  public var section = Section.listed
  /// `https://…` or `mailto:…`; anything else is not made a link. Empty: none.
  public var contact = ""

  public init(_ name: String) { self.name = name }
}

/// What the board has to say about a capability beside the numbers.
public struct CapabilityProfile: Sendable, Hashable {
  public enum Source: Sendable, Hashable {
    /// Ladders of hosts: `matrix`, `funnel`, `stops`.
    case ladders
    /// Devices that can be handed to a guest, of a kind: `gpu`; the query `provider_devices`.
    case devices(kind: String)
    /// The query `provider_virtual_functions`.
    case virtualFunctions
  }
  /// `amd.sev-snp`.
  public let id: String
  public let title: String
  /// `CPU TEE`, `I/O`, `GPU`: columns stand by group.
  public let group: String
  public var source = Source.ladders
  /// Placement traits that find such hosts.
  public var traits: [String] = []
  /// Name and value, in order.
  public var extraSpecs: [NamedValue] = []
  public var imageProperties: [NamedValue] = []
  /// How to ask for a test, one sentence each.
  public var notes: [String] = []

  public init(id: String, title: String, group: String) {
    (self.id, self.title, self.group) = (id, title, group)
  }
}

/// `hw:mem_encryption`, `true`.
public struct NamedValue: Sendable, Hashable {
  public let name, value: String

  public init(_ name: String, _ value: String) { (self.name, self.value) = (name, value) }
}
