// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import CanonicalJSON
internal import Disclosure
internal import Tables

/// The board's data for machines, each with a version in its field `schema`.
enum Feeds {
  /// Names under `feed/`, and what they are.
  static func files(_ site: Site) -> [(name: String, meaning: String)] {
    [
      ("board.json", "the matrix"), ("changes.json", "what changed, by provider"),
      ("interop.json", "where the interop suite can find what it wants to test"),
      ("metrics.prom", "the matrix for Prometheus"),
    ] + (site.hasPurchasing ? [("demand-gap.json", "what is wanted against what is there")] : [])
  }

  static func write(_ site: Site, _ emit: (String, [UInt8]) throws -> Void) throws {
    var feeds = [("board", board(site)), ("changes", changes(site)), ("interop", interop(site))]
    if site.hasPurchasing, let purchasing = site.facts.purchasing {
      feeds.append(("demand-gap", gap(purchasing, site)))
    }
    for (name, value) in feeds {
      try emit("feed/\(name).json", value.file)
      if let schema = FeedSchema.all[name] { try emit("feed/\(name).schema.json", schema.file) }
    }
    try emit("feed/metrics.prom", MetricsFeed(site: site).bytes)
    try emit("changes.atom", AtomFeed(site: site).bytes)
  }

  private static func document(_ name: String, _ site: Site, _ members: [String: JSONValue]) -> JSONValue {
    let stamp = site.facts.stamp
    let head: [String: JSONValue] = [
      "schema": .string("hostcap-board-\(name)/1"), "build": .string(site.build), "at": .string(stamp.at),
      "since": .string(stamp.since), "release": .string(stamp.release),
      "audience": .string(site.facts.audience.rawValue),
    ]
    return .object(head.merging(members) { mine, _ in mine })
  }

  private static func board(_ site: Site) -> JSONValue {
    let providers = site.providers.map { provider -> JSONValue in
      let report = site.reports[provider.name]
      return [
        "name": .string(provider.name), "displayName": .string(provider.displayName),
        "section": .string(provider.section.rawValue), "contact": .string(provider.contact),
        "hosts": (report?.count("hosts") ?? .exact(0)).cell.json,
        "newest": .string(report?.text("newest") ?? ""), "stale": .bool(site.isStale(provider.name)),
      ]
    }
    let capabilities = site.capabilities.map { capability -> JSONValue in
      [
        "id": .string(capability.id), "title": .string(capability.title), "group": .string(capability.group),
      ]
    }
    let cells = site.providers.flatMap { provider in
      site.capabilities.map { capability -> JSONValue in
        let standing = site.standing(provider.name, capability.id)
        return [
          "provider": .string(provider.name), "capability": .string(capability.id),
          "state": .string(standing.state.rawValue), "stopsAt": .string(standing.stage?.rawValue ?? ""),
          "count": standing.count.cell.json, "provenAt": .string(standing.provenAt),
          "newest": .string(standing.newest),
        ]
      }
    }
    return document(
      "matrix", site,
      [
        "providers": .array(providers), "capabilities": .array(capabilities), "cells": .array(cells),
      ])
  }

  private static func changes(_ site: Site) -> JSONValue {
    let rows = ChangesPage(site: site).rows.map { row -> JSONValue in
      [
        "provider": .string(row.text("provider")), "capability": .string(row.text("capability")),
        "change": .string(row.text("change")), "was": .string(row.text("was")),
        "now": .string(row.text("now")), "hosts": row.count("hosts").cell.json,
        "since": .string(row.text("since")),
      ]
    }
    return document("changes", site, ["changes": .array(rows)])
  }

  private static func interop(_ site: Site) -> JSONValue {
    func values(_ values: [NamedValue]) -> JSONValue {
      .array(values.map { ["name": .string($0.name), "value": .string($0.value)] })
    }
    let rows = site.facts.rows("interop").map { row -> JSONValue in
      let capability = site.capability(row.text("capability"))
      let newest = Moment(row.text("newest"))
      return [
        "provider": .string(row.text("provider")), "region": .string(row.text("region")),
        "capability": .string(row.text("capability")), "stage": .string(row.text("stage")),
        "hosts": row.count("hosts").cell.json, "provenAt": .string(row.text("proven_at")),
        "newest": .string(row.text("newest")),
        "freshUntil": .string(newest?.after(days: 2).date ?? ""),
        "traits": .array((capability?.traits ?? []).map { .string($0) }),
        "extraSpecs": values(capability?.extraSpecs ?? []),
        "imageProperties": values(capability?.imageProperties ?? []),
      ]
    }
    return document("interop", site, ["targets": .array(rows)])
  }

  private static func gap(_ purchasing: Purchasing, _ site: Site) -> JSONValue {
    let demands = purchasing.demands.map { demand -> JSONValue in
      let fixes = demand.fixes.map { fix -> JSONValue in
        [
          "kind": .string(fix.kind), "reason": .string(fix.reason), "fix": .string(fix.text),
          "count": .integer(Int64(fix.count)),
        ]
      }
      return [
        "demand": .string(demand.name), "of": .string(demand.subject), "scope": .string(demand.scope),
        "wanted": .integer(Int64(demand.wanted)), "proven": .integer(Int64(demand.proven)),
        "usable": .integer(Int64(demand.usable)), "fixable": .integer(Int64(demand.fixable)),
        "buy": .integer(Int64(demand.missing)), "unknown": .integer(Int64(demand.unknown)),
        "fixes": .array(fixes),
      ]
    }
    let purchases = purchasing.purchases.map { purchase -> JSONValue in
      [
        "hardware": .string(purchase.hardware), "example": .string(purchase.example),
        "count": .integer(Int64(purchase.count)),
      ]
    }
    return document(
      "demand-gap", site,
      [
        "for": .string(purchasing.release), "hosts": .integer(Int64(purchasing.hosts)),
        "demands": .array(demands), "purchases": .array(purchases),
      ])
  }
}
