// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

public import Evidence

/// Where the kernel shows the IOMMU. Source: kernel Documentation/ABI/testing/sysfs-kernel-iommu_groups.
public enum IOMMUPaths {
  public static let groups = "/sys/kernel/iommu_groups"
  public static let units = "/sys/class/iommu"
  public static let tables = "/sys/firmware/acpi/tables"

  public static func group(_ number: Int) -> String { "\(groups)/\(number)" }
}

extension HostSource {
  /// The groups' numbers, in order. A copy that lacks the listing may have the links that lead there.
  public func iommuGroups() -> Reading<[Int]> {
    let listing = names(in: IOMMUPaths.groups).map { names in
      names.compactMap { Int($0) }.filter { $0 >= 0 }.sorted()
    }
    guard listing.value?.isEmpty != false, isCopy, let addresses = pciAddresses().value else {
      return listing
    }
    let linked = Set(addresses.compactMap { iommuGroup($0).value })
    if linked.isEmpty { return listing }
    return Reading(.directory(PCIDevices.directory), .value(linked.sorted()))
  }

  /// Whether an IOMMU translates: there is a group. A kernel built without IOMMU support has no directory at all, and
  /// an empty one in a copy says nothing.
  public func isIOMMUActive() -> Reading<Bool> {
    // Asked for every unit, so that only the first number is parsed: one is one group.
    let listing = read(.directory(IOMMUPaths.groups)) { bytes -> Bool? in
      if bytes.isEmpty { return false }
      let first = bytes.prefix { $0 != UInt8(ascii: "\n") }
      guard bytes.last == UInt8(ascii: "\n"), first.count <= 10 else { return nil }
      return decimal(first) != nil
    }
    if listing.value == true { return listing }
    if listing.isAbsent { return Reading(listing.question, .value(false)) }
    if isWhole { return listing }
    let linked = iommuGroups()
    if linked.value?.isEmpty == false { return linked.map { _ in true } }
    return listing.flatMap { _ in .withheld("no group in this copy") }
  }

  /// The units, as the kernel names them: `dmar0` (VT-d), `ivhd0` (AMD-Vi), `smmu3.0x…` (SMMU).
  public func iommuUnits() -> Reading<[String]> { names(in: IOMMUPaths.units).map { $0.sorted() } }

  /// What a group's members are called: functions' addresses, on Arm platform devices as well.
  public func iommuGroupMembers(_ number: Int) -> Reading<[String]> {
    func read() -> Reading<[String]> { names(in: "\(IOMMUPaths.group(number))/devices") }
    return (self as? PCISurvey)?.members(of: number, read) ?? read()
  }
}

/// Kernel options that act on the IOMMU. Source: kernel Documentation/admin-guide/kernel-parameters.txt.
public enum IOMMUOptions {
  /// The option that switches the IOMMU off, of those that this vendor's processors heed; `nil`: none.
  ///
  /// - Parameter vendor: as CPUID spells it; `nil`, not known: any option counts.
  public static func off(_ line: CommandLine, vendor: String?) -> String? {
    if line.all("iommu").last(where: { ["off", "force"].contains($0) }) == "off" {
      return "iommu=off"
    }
    if vendor != "GenuineIntel", line.all("amd_iommu").contains("off") { return "amd_iommu=off" }
    guard vendor == nil || vendor == "GenuineIntel" else { return nil }
    let last = line.all("intel_iommu").last { ["on", "off"].contains($0) }
    return last == "off" ? "intel_iommu=off" : nil
  }

  /// The option that switches interrupt remapping off; `nil`: none.
  public static func remappingOff(_ line: CommandLine) -> String? {
    if line.has("nointremap") { return "nointremap" }
    return line.all("intremap").last { ["on", "off"].contains($0) } == "off" ? "intremap=off" : nil
  }

  /// Options that put functions into smaller groups than the hardware isolates.
  public static func overrides(_ line: CommandLine) -> [String] {
    line.words.filter { word in
      word.key == "pcie_acs_override"
        || word.key == "pci" && ["disable_acs_redir=", "config_acs="].contains { word.value.contains($0) }
    }.map { "\($0.key)=\($0.value)" }
  }
}
