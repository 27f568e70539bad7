// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Disclosure

/// A board's facts, ordered and looked up once for all pages.
struct Site: Sendable {
  let facts: BoardFacts
  let build: String
  /// By section, then by name.
  let providers: [ProviderProfile]
  /// By group, then by id.
  let capabilities: [CapabilityProfile]
  /// By provider, then by capability.
  let standings: [String: [String: Standing]]
  /// The query `providers`, by provider.
  let reports: [String: FactRow]

  init(_ facts: BoardFacts) {
    self.facts = facts
    build = facts.buildID
    let ladders = facts.rows("matrix")
    reports = Dictionary(facts.rows("providers").map { ($0.text("provider"), $0) }) { first, _ in first }
    capabilities = Self.capabilities(facts, ladders)
    let names = Set(ladders.map { $0.text("provider") }).union(reports.keys)
    let known = Set(facts.providers.map(\.name))
    let all = facts.providers + names.subtracting(known).map { ProviderProfile($0) }
    let sections = ProviderProfile.Section.allCases
    providers = Dictionary(all.map { ($0.name, $0) }) { first, _ in first }.values.sorted { a, b in
      let ranks = [a, b].map { sections.firstIndex(of: $0.section) ?? 0 }
      return ranks[0] == ranks[1] ? BoardFacts.precedes(a.name, b.name) : ranks[0] < ranks[1]
    }
    standings = Self.standings(facts, ladders, capabilities)
  }

  /// Groups stand as people look for them; those that nobody foresaw follow by name.
  private static func capabilities(_ facts: BoardFacts, _ ladders: [FactRow]) -> [CapabilityProfile] {
    let known = Dictionary(facts.capabilities.map { ($0.id, $0) }) { first, _ in first }
    let others = Set(ladders.map { $0.text("capability") }).subtracting(known.keys)
      .map { CapabilityProfile(id: $0, title: $0, group: "Other") }
    let groups = ["CPU TEE", "I/O", "GPU"]
    return (Array(known.values) + others).sorted(byTexts: {
      ["\(groups.firstIndex(of: $0.group) ?? groups.count)", $0.group, $0.id]
    })
  }

  private static func standings(
    _ facts: BoardFacts, _ ladders: [FactRow], _ capabilities: [CapabilityProfile]
  ) -> [String: [String: Standing]] {
    var standings: [String: [String: Standing]] = [:]
    let isLadder = Set(capabilities.filter { $0.source == .ladders }.map(\.id))
    for row in ladders where isLadder.contains(row.text("capability")) {
      standings[row.text("provider"), default: [:]][row.text("capability")] = Standing(row)
    }
    let devices = facts.rows("provider_devices", by: "provider")
    let functions = facts.rows("provider_virtual_functions", by: "provider")
    let newest = Dictionary(facts.rows("providers").map { ($0.text("provider"), $0) }) { first, _ in first }
    for capability in capabilities {
      switch capability.source {
      case .ladders: break
      case .devices(let kind):
        for provider in newest.keys {
          let rows = (devices[provider] ?? []).filter { $0.text("kind") == kind }
          standings[provider, default: [:]][capability.id] =
            Standing(devices: rows).of(
              newest[provider], isSeen: !rows.isEmpty, canTell: devices[provider] != nil)
        }
      case .virtualFunctions:
        for provider in newest.keys {
          let rows = functions[provider] ?? []
          standings[provider, default: [:]][capability.id] =
            Standing(virtualFunctions: rows).of(
              newest[provider], isSeen: !rows.isEmpty, canTell: devices[provider] != nil)
        }
      }
    }
    return standings
  }

  var isPublic: Bool { facts.audience == .public }
  var now: Moment? { Moment(facts.stamp.at) }

  func standing(_ provider: String, _ capability: String) -> Standing {
    standings[provider]?[capability] ?? Standing()
  }

  func capability(_ id: String) -> CapabilityProfile? { capabilities.first { $0.id == id } }

  /// For the display: cut where a name would fill a page.
  func title(_ provider: ProviderProfile) -> String {
    (provider.displayName.isEmpty ? provider.name : provider.displayName).shortened
  }

  func title(provider name: String) -> String {
    providers.first { $0.name == name }.map(title) ?? name.shortened
  }

  /// `51 d`; `never`: no report.
  func age(_ moment: String) -> String {
    guard let now, let moment = Moment(moment) else { return "never" }
    return moment.age(at: now)
  }

  /// In a sentence: `51 d old`, `today`, `never`.
  func howOld(_ moment: String) -> String {
    let age = age(moment)
    return age.hasSuffix(" h") || age.hasSuffix(" d") ? age + " old" : age
  }

  /// Whether no host of a provider has reported of late.
  func isStale(_ provider: String) -> Bool { reports[provider].map { $0.count("fresh").isZero } ?? true }

  /// What to do: of the catalogue on a public board, and else in the report's own words.
  func remedy(_ row: FactRow) -> String {
    let reason = row.text("reason")
    let own = isPublic ? "" : row.text("fix")
    if !own.isEmpty { return own }
    if let text = facts.remedies[reason] { return text }
    if reason == "report.expired" { return "collect a report" }
    return switch row.text("fix_kind") {
    case "config": "change a setting of the host"
    case "reboot": "change a setting of the host, then reboot"
    case "bios": "change a BIOS setting"
    case "firmware": "update the firmware"
    case "hardware": "take other hardware"
    default: "look at the host"
    }
  }
}

extension Standing {
  /// Of a provider that has reported: without such devices it has none. Where all reports have expired, or none shows any
  /// device at all, for its functions may not have been looked at, nobody can tell.
  fileprivate func of(_ report: FactRow?, isSeen: Bool, canTell: Bool) -> Standing {
    var standing = self
    standing.newest = report?.text("newest") ?? ""
    // Hosts by model have no sum: one may have cards of several.
    standing.hosts = report?.count("hosts") ?? .hidden
    let speaks = report.map { $0.count("fresh").isSome || $0.count("stale").isSome } ?? false
    if !speaks || !isSeen && !canTell {
      (standing.state, standing.count) = (.unknown, .hidden)
    } else if !isSeen {
      standing.state = .absent
    }
    return standing
  }
}

extension String {
  /// The first 80 characters; `…`: there is more.
  var shortened: String {
    let scalars = unicodeScalars
    return scalars.count > 80 ? String(String.UnicodeScalarView(scalars.prefix(80))) + "…" : self
  }
}
