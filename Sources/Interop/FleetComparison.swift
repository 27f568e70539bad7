// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

public import Planning

/// Two states of a fleet held against each other: what can be used now and could not before, what is lost, and what nobody
/// knows any more. Of hardware classes, never of hosts by name.
///
/// A release candidate is compared so: the same hosts before and after it, each under the release that ran there.
public struct FleetComparison: Sendable, Hashable {
  /// What became of a capability.
  public enum Change: String, Sendable, CaseIterable {
    /// Usable, and was known not to be.
    case ready
    /// Not usable, and was.
    case lost
    /// Was usable, and now nobody can tell.
    case unknown
    /// Usable, and nobody could tell before, or the host was not there.
    case seen
    case unchanged
  }

  /// Hosts of one class with one fate.
  public struct Line: Sendable, Hashable {
    public let change: Change
    public let capability: String
    public let title: String
    public let hardwareClass: String
    public internal(set) var hosts: Int
    /// Why not, and what to do; `nil`: it is usable.
    public let cause: Supply.Remedy?
  }

  /// A fleet, and the release that runs there; `nil`: whatever the hosts can do counts.
  public struct Run: Sendable {
    public let hosts: [HostRecord]
    public let release: OpenStackRelease?

    public init(_ hosts: [HostRecord], release: OpenStackRelease?) {
      (self.hosts, self.release) = (hosts, release)
    }
  }

  /// Lost first, then unknown, ready, seen and unchanged; within each by capability and class.
  public let lines: [Line]

  /// - Parameter titles: of the capabilities that there are, by id; of no other anything is said.
  public init(before: Run, after: Run, titles: [String: String]) {
    let (old, new) = (Self.byLabel(before.hosts), Self.byLabel(after.hosts))
    var lines: [String: Line] = [:]
    for label in Set(old.keys).union(new.keys).sorted() {
      let (was, now) = (old[label], new[label])
      let ids = Set((was?.capabilities ?? [:]).keys).union((now?.capabilities ?? [:]).keys)
      for id in ids.sorted() {
        guard let title = titles[id] else { continue }
        let line = Self.line(
          id, title, was.map { Supply($0, id, in: before.release) }, was, now, after.release)
        let key =
          "\(line.change) \(id) \(line.hardwareClass) \(line.cause?.reason ?? "") \(line.cause?.fix ?? "")"
        lines[key, default: line].hosts += 1
      }
    }
    let order = Dictionary(
      uniqueKeysWithValues: [Change.lost, .unknown, .ready, .seen, .unchanged].enumerated().map { ($1, $0) })
    self.lines = lines.values.sorted {
      (order[$0.change] ?? 9, $0.capability, $0.hardwareClass, $0.cause?.reason ?? "", $0.cause?.fix ?? "")
        < (
          order[$1.change] ?? 9, $1.capability, $1.hardwareClass, $1.cause?.reason ?? "", $1.cause?.fix ?? ""
        )
    }
  }

  private static func byLabel(_ hosts: [HostRecord]) -> [String: HostRecord] {
    Dictionary(hosts.map { ($0.label, $0) }) { first, _ in first }
  }

  private static func line(
    _ id: String, _ title: String, _ was: Supply?, _ before: HostRecord?, _ after: HostRecord?,
    _ release: OpenStackRelease?
  ) -> Line {
    let missing = Supply.Remedy(reason: "report.missing", fix: "collect a report", kind: "none")
    let now = after.map { Supply($0, id, in: release) } ?? .unknown(missing)
    let change: Change
    switch (was, now) {
    case (.usable?, .usable): change = .unchanged
    case (.usable?, .unknown): change = .unknown
    case (.usable?, _): change = .lost
    case (.fixable?, .usable), (.never?, .usable): change = .ready
    case (_, .usable): change = .seen
    default: change = .unchanged
    }
    let host = after ?? before
    return Line(
      change: change, capability: id, title: title,
      hardwareClass: PublicText.line(host?.className ?? ""), hosts: 0, cause: now.remedy)
  }
}

extension Supply {
  /// What keeps it; `nil`: nothing does.
  var remedy: Remedy? {
    switch self {
    case .usable: nil
    case .fixable(let remedy), .unknown(let remedy): remedy
    case .never: Remedy(reason: "hardware.absent", fix: "this hardware never can", kind: "hardware")
    }
  }
}
