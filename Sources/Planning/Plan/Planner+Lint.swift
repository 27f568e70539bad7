// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

// A site may name flavors as it likes; what such a name promises is held against the flavor and its hosts all the same.
extension Planner {
  mutating func lint() {
    var kept: [FlavorPlan] = []
    for flavor in plan.flavors {
      if let why = fault(of: flavor) {
        plan.leftOut.append(LeftOut("flavor \(flavor.name)", why, next: "give it another name in the site"))
      } else {
        kept.append(flavor)
      }
    }
    plan.flavors = kept
  }

  private func fault(of flavor: FlavorPlan) -> String? {
    let definition = FlavorDefinition(
      name: flavor.name, line: 1, cpus: flavor.size.cpus, ramMiB: flavor.size.ramGiB * 1024,
      diskGB: flavor.size.diskGB, isPublic: flavor.size.isPublic, section: .mandatory,
      extraSpecs: flavor.extraSpecs.map { FlavorExtraSpec(key: $0.key, value: .text($0.value), line: 1) },
      disabledLine: nil, ignoredKeys: [])
    let file = FlavorFile(path: "", format: .flavorManager, flavors: [definition])
    // Below API microversion 2.86, which these are created with, Nova takes it without a validator.
    let findings = FlavorLint.findings(file, release: site.release).filter {
      $0.severity == .error && $0.rule != "flavor.key_unvalidated"
    }
    if let finding = findings.first { return finding.message }
    guard flavor.size.name != nil else { return nil }
    let hosts = plan.hosts.filter { flavor.hosts.contains($0.name) }
    let broken = FlavorTruth.all(file, on: hosts.map(\.host), offers: hosts, release: site.release).first {
      $0.verdict == .overstated || $0.verdict == .unknown
    }
    return broken.map { "on \($0.host) the name is not true: \($0.because.joined(separator: "; "))" }
  }
}
