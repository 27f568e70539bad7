// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

/// Turns reports and a site into a plan. Decides from what the reports say, and never offers what they do not call ready.
public struct Planner {
  let site: Site
  var plan: Plan

  public static func plan(_ hosts: [HostRecord], for site: Site) -> Plan {
    var planner = Planner(site: site, plan: Plan(site: site))
    planner.plan.hosts = hosts.sorted { $0.name < $1.name }.map(planner.hostPlan)
    planner.settleDeviceTypes()
    planner.tellAliasesApart()
    planner.planAliases()
    planner.planConfidentialFlavors()
    planner.planDeviceFlavors()
    planner.planPlainFlavors()
    planner.findHostsThatAreNotThere()
    planner.findStaleReports()
    planner.lint()
    return planner.plan
  }

  private func hostPlan(_ host: HostRecord) -> HostPlan {
    let policy = site.hosts[host.name] ?? HostPolicy()
    var plan = HostPlan(host, as: policy.hypervisorHostname ?? host.name)
    guard host.environment == "bareMetal", policy.isOffered else {
      let because =
        policy.isOffered
        ? host.environment == "guest"
          ? "is a guest itself" : "whether it is a machine or a guest is not known"
        : "the site keeps it back: offer: false"
      plan.leftOut = [LeftOut("host", because)]
      plan.withdrawnTraits = HostTraits.all
      return plan
    }
    decideEncryption(&plan)
    plan.traits = HostTraits.traits(of: host)
    plan.withdrawnTraits = HostTraits.all.filter { !plan.traits.contains($0) }
    decideDevices(&plan)
    return plan
  }

  private func decideEncryption(_ plan: inout HostPlan) {
    for policy in site.confidential {
      let encryption = policy.encryption
      guard let record = plan.host.capabilities[encryption.capability] else {
        plan.leftOut.append(LeftOut(encryption.capability, "the report does not speak of it"))
        continue
      }
      switch record.state {
      case .ready: break
      case .absent where record.cause?.reason == "hardware.other_vendor":
        plan.leftOut.append(LeftOut(encryption.capability, "not for this processor"))
        continue
      case .blocked, .absent, .unknown, .notApplicable:
        plan.leftOut.append(
          LeftOut(
            encryption.capability,
            "\(record.state.rawValue): \(record.cause?.because ?? "no cause is given")",
            next: record.cause?.fix))
        continue
      }
      if encryption == .sevES, HostTraits.isESUnsafe(plan.host) {
        plan.leftOut.append(
          LeftOut(
            encryption.capability, "ready, but SEV-SNP is on beside it, or may be: CVE-2025-48514",
            next: "offer amd.sev-snp, or switch SEV-SNP off on hosts that are for SEV-ES"))
        continue
      }
      guard encryption.isUsable(in: site.release) else {
        plan.leftOut.append(
          LeftOut(
            encryption.capability, "ready, but Nova of \(site.releaseName) cannot start such guests",
            next: Self.firstRelease(of: encryption)))
        continue
      }
      plan.encryption.append(encryption)
    }
  }

  /// `OpenStack 2026.2; of OSISM 12 (OpenStack 2027.1)`.
  static func firstRelease(of encryption: MemoryEncryption) -> String? {
    guard let release = encryption.firstRelease else { return nil }
    let osism = OSISMRelease.first(with: release).map {
      ", with OSISM from \($0.id) (OpenStack \($0.openStack)) on"
    }
    return "usable from OpenStack \(release.id) on\(osism ?? "")"
  }

  /// A name in the site that no report has is mostly a misspelt one.
  private mutating func findHostsThatAreNotThere() {
    let names = Set(plan.hosts.map(\.name))
    for name in site.hosts.keys.sorted() where !names.contains(name) {
      plan.warnings.append(LeftOut(name, "the site names this host, and there is no report of it"))
    }
  }

  /// Days between a report and the newest, beyond which it may speak of a host that is no more.
  private static let freshDays = 7

  private mutating func findStaleReports() {
    let days = plan.hosts.map { host in (host.name, host.host.observedAt.flatMap(Self.day)) }
    let newest = days.compactMap(\.1).max() ?? 0
    for (name, day) in days {
      guard let day else {
        plan.warnings.append(LeftOut(name, "the report does not say when the host was looked at"))
        continue
      }
      guard newest - day > Self.freshDays else { continue }
      plan.warnings.append(
        LeftOut(
          name, "the report is \(newest - day) days older than the newest", next: "look at the host again"))
    }
  }

  /// Days since some day, of a date in UTC: `2026-11-26T…`. Source: RFC 3339; the Gregorian calendar.
  private static func day(_ time: String) -> Int? {
    let parts = time.prefix(10).split(separator: "-").compactMap { Int($0) }
    guard parts.count == 3, (1...12).contains(parts[1]) else { return nil }
    let (year, month) = parts[1] > 2 ? (parts[0], parts[1] - 3) : (parts[0] - 1, parts[1] + 9)
    return 365 * year + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + parts[2]
  }
}
