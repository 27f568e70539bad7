// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Tables

// The answers of the fleet's queries, counted here and not by SQL.
extension InventedFleet {
  static let at = "2026-11-26T12:00:00Z"
  static let since = "2026-11-19T12:00:00Z"

  var tables: [ResultTable] {
    [
      fleet, providersTable, hostsTable, matrix, funnel, stops, problems, gate, interop, providerClasses,
      classes,
      classCapabilities, changes, providerChanges, drift, rejections, remarks,
    ] + deviceTables
  }

  private struct Entry {
    let host: Host
    let capability: String
    let state: HostState
  }

  private var entries: [Entry] {
    hosts.flatMap { host in
      Self.ladders.compactMap { id in
        host.states[id].map { Entry(host: host, capability: id, state: $0) }
      }
    }
  }

  static func table(
    _ name: String, _ open: [String], counts: [String] = [], days: [String] = [], names: [String] = [],
    secrets: [String] = [], _ rows: [[Cell]]
  ) -> ResultTable {
    let columns =
      open.map { Column($0, .public) } + counts.map { Column($0, .count) } + days.map { Column($0, .day) }
      + names.map { Column($0, .name) } + secrets.map { Column($0, .private) }
    return ResultTable(name: name, title: name, columns: columns, rows: rows)
  }

  static func count(_ count: Int) -> Cell { .integer(Int64(count)) }

  func groups<Element>(_ all: [Element], _ key: (Element) -> [String]) -> [([String], [Element])] {
    Dictionary(grouping: all, by: key).sorted { "\($0.key)" < "\($1.key)" }.map { ($0.key, $0.value) }
  }

  private static let stateNames = ["hosts", "proven", "usable", "ready", "blocked", "absent", "unknown"]

  private static func states(_ group: [Entry]) -> [Cell] {
    [
      group.count, group.count { !$0.state.provenAt.isEmpty }, group.count { $0.state.isUsable },
    ].map(count)
      + ["ready", "blocked", "absent", "unknown"].map { state in
        count(group.count { $0.state.state == state })
      }
  }

  private var matrix: ResultTable {
    Self.table(
      "matrix", ["provider", "capability", "farthest"], counts: Self.stateNames,
      days: ["proven_at", "newest"],
      groups(entries) { [$0.host.provider, $0.capability] }.map { key, group in
        let farthest = group.map { $0.state.state == "blocked" ? $0.state.reached : -1 }.max() ?? -1
        return key.map { .text($0) } + [Self.count(farthest)] + Self.states(group) + [
          .text(group.map(\.state.provenAt).max() ?? ""), .text(group.map(\.host.observedAt).max() ?? ""),
        ]
      })
  }

  private var funnel: ResultTable {
    let stages = ["silicon", "firmware", "kernel", "hypervisor", "platform", "proven"]
    return Self.table(
      "funnel", ["provider", "capability"], counts: ["hosts"] + stages + ["unknown"],
      groups(entries) { [$0.host.provider, $0.capability] }.map { key, group in
        key.map { .text($0) } + [Self.count(group.count)]
          + (1...6).map { stage in Self.count(group.count { $0.state.reached >= stage }) }
          + [Self.count(group.count { $0.state.state == "unknown" })]
      })
  }

  private var stops: ResultTable {
    let stopped = entries.filter { ["blocked", "unknown"].contains($0.state.state) }
    return Self.table(
      "stops", ["provider", "capability", "state", "stage", "layer", "reason", "fix_kind"], counts: ["hosts"],
      secrets: ["fix"],
      groups(stopped) {
        [
          $0.host.provider, $0.capability, $0.state.state, $0.state.stage, $0.state.layer, $0.state.reason,
          $0.state.fixKind, $0.state.fix,
        ]
      }.map { key, group in key.dropLast().map { .text($0) } + [Self.count(group.count), .text(key[7])] })
  }

  private var problems: ResultTable {
    let stopped = entries.filter { ["blocked", "unknown"].contains($0.state.state) }
    return Self.table(
      "problems", ["subject", "state", "layer", "reason", "fix_kind"], counts: ["hosts", "units"],
      secrets: ["fix"],
      groups(stopped) {
        [$0.capability, $0.state.state, $0.state.layer, $0.state.reason, $0.state.fixKind, $0.state.fix]
      }.map { key, group in
        key.dropLast().map { .text($0) } + [Self.count(group.count), Self.count(group.count), .text(key[5])]
      })
  }

  private var gate: ResultTable {
    Self.table(
      "gate", ["capability", "usable_from"], counts: ["hosts", "ready", "usable", "waiting", "never"],
      groups(entries) { [$0.capability] }.map { key, group in
        let ready = group.count { $0.state.state == "ready" }
        let usable = group.count { $0.state.isUsable }
        let isLater = key[0] == "amd.tsme" && ready > 0
        return [.text(key[0]), .text(isLater ? "2027.1" : "")]
          + [group.count, ready, usable, isLater ? ready - usable : 0, isLater ? 0 : ready - usable].map(
            Self.count)
      })
  }

  private var interop: ResultTable {
    let stages = ["none", "silicon", "firmware", "kernel", "hypervisor", "platform", "proven"]
    return Self.table(
      "interop", ["provider", "region", "capability", "stage"], counts: ["hosts"],
      days: ["proven_at", "newest"],
      groups(entries) { [$0.host.provider, $0.host.region, $0.capability] }.map { key, group in
        let best = group.map(\.state.reached).max() ?? 0
        return key.map { .text($0) } + [
          .text(stages[best]), Self.count(group.count { $0.state.reached == best }),
          .text(group.map(\.state.provenAt).max() ?? ""), .text(group.map(\.host.observedAt).max() ?? ""),
        ]
      })
  }

  private var fleet: ResultTable {
    let fresh = hosts.count { $0.freshness == "fresh" }
    return Self.table(
      "fleet", ["providers"], counts: ["regions", "hosts", "classes", "fresh", "stale", "expired"],
      days: ["oldest", "newest"],
      [
        [16, 32, hosts.count, 6, fresh, 0, hosts.count - fresh].map(Self.count) + [
          .text(hosts.map(\.observedAt).min() ?? ""), .text(hosts.map(\.observedAt).max() ?? ""),
        ]
      ])
  }

  private var providersTable: ResultTable {
    Self.table(
      "providers", ["provider"],
      counts: ["regions", "hosts", "classes", "fresh", "stale", "expired", "signed"],
      days: ["newest", "oldest"],
      groups(hosts) { [$0.provider] }.map { key, group in
        let fresh = group.count { $0.freshness == "fresh" }
        return [.text(key[0])]
          + [
            2, group.count, Set(group.map(\.hardwareClass)).count, fresh, 0, group.count - fresh,
            group.count / 2,
          ].map(
            Self.count) + [
            .text(group.map(\.observedAt).max() ?? ""), .text(group.map(\.observedAt).min() ?? ""),
          ]
      })
  }

  private var hostsTable: ResultTable {
    Self.table(
      "hosts", ["provider", "region", "class", "freshness"],
      counts: ["usable", "ready", "blocked", "absent", "unknown"], days: ["observed_at"], names: ["host"],
      secrets: ["kernel"],
      hosts.map { host in
        let states = host.states.values
        return [host.provider, host.region, host.hardwareClass, host.freshness].map { .text($0) }
          + [Self.count(states.count { $0.isUsable })]
          + ["ready", "blocked", "absent", "unknown"].map { state in
            Self.count(states.count { $0.state == state })
          }
          + [.text(host.observedAt), .text(host.name), .text(host.kernel)]
      })
  }

  private var providerClasses: ResultTable {
    Self.table(
      "provider_classes", ["provider", "class"], counts: ["hosts"],
      groups(hosts) { [$0.provider, $0.hardwareClass] }.map { key, group in
        key.map { .text($0) } + [Self.count(group.count)]
      })
  }

  private var classes: ResultTable {
    Self.table(
      "classes", ["class", "providers"], counts: ["hosts", "fresh"],
      groups(hosts) { [$0.hardwareClass] }.map { key, group in
        [.text(key[0])]
          + [Set(group.map(\.provider)).count, group.count, group.count { $0.freshness == "fresh" }].map(
            Self.count)
      })
  }

  private var classCapabilities: ResultTable {
    Self.table(
      "class_capabilities", ["class", "capability"], counts: Self.stateNames,
      groups(entries) { [$0.host.hardwareClass, $0.capability] }.map { key, group in
        key.map { .text($0) } + Self.states(group)
      })
  }

  private var changed: [Entry] {
    entries.enumerated().filter { $0.offset % 37 == 0 && $0.element.state.reason != "report.expired" }.map(
      \.element)
  }

  private static func change(_ entry: Entry) -> [String] {
    switch entry.state.state {
    case "ready": ["blocked", "ready", "gained"]
    case "blocked": ["ready", "blocked", "lost"]
    case "unknown": ["ready", "unknown", "unknown"]
    default: ["new", entry.state.state, "changed"]
    }
  }

  private var changes: ResultTable {
    Self.table(
      "changes", ["provider", "region", "capability", "was", "now", "change", "layer", "reason"],
      names: ["host"],
      secrets: ["fix"],
      changed.map { entry in
        ([entry.host.provider, entry.host.region, entry.capability] + Self.change(entry)
          + [entry.state.layer, entry.state.reason, entry.host.name, entry.state.fix]).map { .text($0) }
      })
  }

  private var providerChanges: ResultTable {
    Self.table(
      "provider_changes", ["provider", "capability", "was", "now", "change"], counts: ["hosts"],
      days: ["since"],
      groups(changed) { [$0.host.provider, $0.capability] + Self.change($0) }.enumerated().map {
        index, entry in
        entry.0.map { .text($0) } + [Self.count(entry.1.count), .text("2026-11-2\(index % 6)T08:00:00Z")]
      })
  }

  private var drift: ResultTable {
    Self.table(
      "drift", ["capability", "was", "now", "change"], counts: ["hosts"],
      groups(changed) { [$0.capability] + Self.change($0) }.map { key, group in
        key.map { .text($0) } + [Self.count(group.count)]
      })
  }

  private var rejections: ResultTable {
    Self.table(
      "rejections", ["reason"], counts: ["inputs"],
      [[.text("json"), .integer(3)], [.text("replay"), .integer(1)]])
  }

  private var remarks: ResultTable {
    Self.table(
      "remarks", ["kind", "reason"], counts: ["hosts", "times"], secrets: ["text"],
      [
        [
          .text("contradiction"), .text("sev.kvm_disagrees"), .integer(2), .integer(5),
          .text(Self.secretBecause),
        ]
      ])
  }
}
