// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Evidence

/// Rungs that speak of the IOMMU, for the host's ladder and for every device that needs it.
public enum IOMMURungs {
  /// Active translation. What keeps it off is looked for only to name the fix; not finding it leaves the verdict.
  public static let active = Rung(
    "active-groups", .kernel, "the kernel translates devices' addresses",
    specification: "kernel Documentation/ABI/testing/sysfs-kernel-iommu_groups",
    implies: ["acpi-table", "command-line"]
  ) { host in
    let active = host.isIOMMUActive()
    return active.judge("iommu_groups") { isActive in
      guard !isActive else { return .pass("IOMMU groups exist", citing: [active.question]) }
      return inactive(host, citing: active.question)
    }
  }

  private static func inactive(_ host: any HostSource, citing question: Question) -> Judgement {
    let line = host.commandLine()
    let vendor = host.processorVendor().value
    if let option = line.value.flatMap({ IOMMUOptions.off($0, vendor: vendor) }) {
      return .fail(
        .iommuCommandLineOff, "no IOMMU group; the kernel was given \(option)",
        citing: [question, line.question])
    }
    let tables = host.names(in: IOMMUPaths.tables)
    if let names = tables.value, host.isWhole, !names.contains(where: tableNames.contains) {
      return .fail(
        .iommuTableAbsent, "no IOMMU group, and firmware offers no DMAR, IVRS or IORT",
        citing: [question, tables.question])
    }
    if vendor == "GenuineIntel", let words = line.value?.all("intel_iommu"), !words.contains("on") {
      return .fail(
        .iommuNotEnabledByKernel, "no IOMMU group, and no intel_iommu=on", citing: [question, line.question])
    }
    return .fail(.iommuNotActive, "no IOMMU group", citing: [question])
  }

  /// VT-d, AMD-Vi and the SMMU, in this order. Source: ACPI 6.5, table 5.6.
  static let tableNames: Set<String> = ["DMAR", "IVRS", "IORT"]

  /// Firmware's description of the IOMMU. Absent: a machine that boots without ACPI.
  public static let table = Rung(
    "acpi-table", .firmware, "firmware describes an IOMMU: DMAR, IVRS or IORT",
    specification: "ACPI 6.5, table 5.6"
  ) { host in
    host.names(in: IOMMUPaths.tables).judge("ACPI tables") { names in
      if let name = names.first(where: tableNames.contains) { return .pass("\(name) is there", citing: []) }
      guard host.isWhole else { return .unknown(.sourceWithheld, "no IOMMU table in this copy", citing: []) }
      return .fail(.iommuTableAbsent, "no DMAR, IVRS or IORT among \(names.count) ACPI tables", citing: [])
    }
  }

  public static let commandLine = Rung(
    "command-line", .kernel, "no kernel option switches the IOMMU off",
    specification: "kernel Documentation/admin-guide/kernel-parameters.txt, iommu, amd_iommu, intel_iommu"
  ) { host in
    host.commandLine().judge("/proc/cmdline") { line in
      let vendor = host.processorVendor()
      guard let option = IOMMUOptions.off(line, vendor: vendor.value) else {
        return .pass("no option switches it off", citing: [])
      }
      // Options of the other vendor are read over, so that whose processor this is has to be known.
      if vendor.value == nil, option != "iommu=off" {
        return vendor.judge("processor vendor") { _ in .pass("", citing: []) }
      }
      return .fail(.iommuCommandLineOff, option, citing: [])
    }
  }
}
