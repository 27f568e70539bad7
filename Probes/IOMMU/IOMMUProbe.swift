// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

public import Evidence
public import HostModel

/// The IOMMU as a whole: whether firmware offers it, the kernel uses it, and nothing weakens it.
public enum IOMMUProbe: Probe {
  public static let id = "iommu"
  public static let summary = "IOMMU: units, groups, interrupt remapping, and settings that weaken isolation"
  public static let ladders = [
    Ladder(
      "iommu", "devices reach only the memory they are given",
      [
        Environment.rung, IOMMURungs.table, IOMMURungs.commandLine, IOMMURungs.active,
        IOMMURungs.interruptRemapping,
        noIOMMUMode, unsafeInterrupts, isolation, IOMMURungs.translationWidth,
      ])
  ]

  public static func examine(_ host: any HostSource) -> ProbeResult {
    var result = ProbeResult()
    result.climbs = ladders.map { $0.climb(host) }
    result.facts = facts(host)
    // An advisory rung that is not a pass is worth reading without the ladder.
    for step in result.climbs.flatMap(\.steps) where step.rung.isAdvisory && step.judgement.verdict == .warn {
      guard let reason = step.judgement.reason else { continue }
      result.findings.append(
        Finding(reason, subject: "host", step.judgement.because, citing: step.judgement.citing))
    }
    result.findings += meaninglessOptions(host)
    return result
  }

  private static func facts(_ host: any HostSource) -> [Fact] {
    var facts: [Fact] = []
    let groups = host.iommuGroups()
    if let numbers = groups.value {
      facts.append(Fact("iommu.groups", .count(UInt64(numbers.count)), citing: [groups.question]))
      if let first = numbers.first {
        let type = host.read(.file("\(IOMMUPaths.group(first))/type")) { text($0) }
        if let type = type.value, !type.isEmpty {
          facts.append(Fact("iommu.type", .text(type), citing: [groupType(first)]))
        }
      }
    }
    let units = host.iommuUnits()
    if let names = units.value { facts.append(Fact("iommu.units", .list(names), citing: [units.question])) }
    return facts
  }

  /// The default domain of the lowest group: `DMA`, `DMA-FQ`, `identity`; all groups get the same unless told otherwise.
  private static func groupType(_ number: Int) -> Question { .file("\(IOMMUPaths.group(number))/type") }

  /// Operators give AMD hosts what Intel hosts need. Source: kernel drivers/iommu/amd/init.c, parse_amd_iommu_options().
  private static func meaninglessOptions(_ host: any HostSource) -> [Finding] {
    let line = host.commandLine()
    guard line.value?.all("amd_iommu").contains("on") == true else { return [] }
    return [
      Finding(
        .iommuOptionWithoutEffect, subject: "host", "amd_iommu=on is not an option of the kernel",
        citing: [line.question])
    ]
  }
}
