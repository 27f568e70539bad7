// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

/// What is wanted of the fleet, what is there, and what has to be bought: a needs assessment as the board draws it.
public struct Purchasing: Sendable, Hashable {
  /// One remedy and how many it brings in.
  public struct Fix: Sendable, Hashable {
    /// `bios`, `config`, …
    public let kind: String
    public let reason: String
    /// For people.
    public let text: String
    public let count: Int

    public init(kind: String, reason: String, text: String, count: Int) {
      (self.kind, self.reason, self.text, self.count) = (kind, reason, text, count)
    }
  }

  /// `proven + usable +` all of `fixes` `+ missing` make `wanted`.
  public struct Demand: Sendable, Hashable {
    public let name: String
    /// What of: `hosts with amd.sev-snp`.
    public let subject: String
    /// A region or the begin of hosts' names; empty: any.
    public let scope: String
    /// Hosts, guests or devices.
    public let wanted: Int
    public var proven = 0
    /// Without the proven.
    public var usable = 0
    /// The cheapest first.
    public var fixes: [Fix] = []
    /// To buy.
    public var missing = 0
    /// Would perhaps serve; to be looked at before anything is bought. Part of `missing`, or beside it.
    public var unknown = 0
    /// Where the numbers come from: things by name.
    public var evidence: [String] = []

    public init(name: String, subject: String, scope: String = "", wanted: Int) {
      (self.name, self.subject, self.scope, self.wanted) = (name, subject, scope, wanted)
    }

    var fixable: Int { fixes.reduce(0) { $0 + $1.count } }
  }

  /// Machines as one of the fleet that works.
  public struct Purchase: Sendable, Hashable {
    public let hardware: String
    public let example: String
    public let count: Int

    public init(hardware: String, example: String, count: Int) {
      (self.hardware, self.example, self.count) = (hardware, example, count)
    }
  }

  /// For people: `OSISM 10 (OpenStack 2026.1)`.
  public let release: String
  public let hosts: Int
  /// The most important first.
  public var demands: [Demand] = []
  public var purchases: [Purchase] = []

  /// One bar a demand, as an SVG file.
  public var chart: [UInt8] { GapFigure(demands: demands).file }

  public init(release: String, hosts: Int) { (self.release, self.hosts) = (release, hosts) }
}
