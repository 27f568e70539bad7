// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Evidence
internal import HostModel

// What the IOMMU group decides. Membership is the authority; ACS bits would only explain it.
extension Unit {
  var translated: Rung {
    let primary = primary
    return Rung(
      "translated", .cpu, "the IOMMU translates it",
      specification: "kernel Documentation/ABI/testing/sysfs-bus-pci, iommu_group"
    ) { host in
      guard let primary else { return .notApplicable("no function", citing: []) }
      let group = host.iommuGroup(primary.address)
      guard group.isAbsent else {
        return group.judge("iommu_group") { .pass("IOMMU group \($0)", citing: []) }
      }
      return host.isIOMMUActive().judge("iommu_groups") { isActive in
        if !isActive { return .notApplicable("no IOMMU is active", citing: [group.question]) }
        return .fail(.noIOMMUGroup, "in no IOMMU group, while others are", citing: [group.question])
      }
    }
  }

  /// A member in another slot could reach this one's memory past the IOMMU. Bridges of the way between do not count.
  var isolated: Rung {
    let neighbours = neighbours
    return groupRung(
      "isolated", .cpu, "no other slot shares its group", "kernel drivers/pci/pci.c, pci_acs_enabled()"
    ) {
      group, primary, host in
      Self.members(group, primary, host) { names in
        var foreign: [String] = []
        var unclear: PCIAddress?
        var gone: PCIAddress?
        for address in names.compactMap({ PCIAddress($0) }) where !address.sharesSlot(with: primary.address) {
          guard let other = host.neighbour(address, in: neighbours) ?? host.pciFunction(address) else {
            gone = gone ?? address
            continue
          }
          switch other.isBridge {
          case true?: continue
          case false?: foreign.append("\(address)")
          case nil: unclear = unclear ?? address
          }
        }
        if !foreign.isEmpty {
          let port = host.openPort(above: primary.address)
          let why = port.map { ": port \($0.address) has \($0.lack)" } ?? ""
          return .fail(
            .groupForeignMembers, "group \(group) holds \(Self.some(foreign)) as well\(why)",
            citing: port?.citing ?? [])
        }
        if let unclear { return host.unknown("class of \(unclear)", unclear) }
        if let gone { return Self.listedButGone(gone, group) }
        return .pass("group \(group) holds no other slot", citing: [])
      }
    }
  }

  /// Firmware keeps some of the device's addresses for itself, and VFIO then refuses it. Absent: a kernel before 4.10.
  var directRegions: Rung {
    groupRung(
      "direct-regions", .firmware, "firmware holds no memory of it",
      "kernel drivers/iommu/iommu.c, IOMMU_RESV_DIRECT"
    ) {
      group, _, host in
      let regions = host.read(.file("\(IOMMUPaths.group(group))/reserved_regions")) { bytes -> [String]? in
        let words = lines(bytes).map { $0.split(separator: UInt8(ascii: " ")) }
        return words.allSatisfy { $0.count == 3 } ? words.map { text($0[2]) } : nil
      }
      return regions.judge("reserved_regions") { kinds in
        if kinds.contains("direct") {
          return .fail(.directRegion, "group \(group) has a direct region", citing: [])
        }
        return .pass("no direct region", citing: [])
      }
    }
  }

  /// No-IOMMU mode makes groups that protect nobody. They have no domain, so that a translating type clears a group
  /// whose name is not to be had.
  var realGroup: Rung {
    groupRung("real-group", .kernel, "its group is the IOMMU's", "kernel drivers/vfio/group.c, vfio-noiommu")
    { group, _, host in
      let name = host.read(.file("\(IOMMUPaths.group(group))/name")) { text($0) }
      if let name = name.value {
        if name == "vfio-noiommu" {
          return .fail(.noIOMMUMode, "group \(group) is vfio-noiommu", citing: [groupName(group)])
        }
        return .pass("group \(group) is the IOMMU's", citing: [groupName(group)])
      }
      let type = host.read(.file("\(IOMMUPaths.group(group))/type")) { text($0) }
      if let type = type.value, ["DMA", "DMA-FQ", "identity"].contains(type) {
        return .pass("group \(group) is of type \(type)", citing: [groupType(group)])
      }
      return name.judge("group name") { _ in .pass("", citing: []) }
    }
  }

  /// Every other member has to be without a driver or in VFIO's hands, or VFIO hands out none of them.
  var viable: Rung {
    let neighbours = neighbours
    return groupRung(
      "viable", .kernel, "the host uses no other member of its group",
      "kernel drivers/iommu/iommu.c, iommu_device_use_default_domain(); driver_managed_dma"
    ) { group, primary, host in
      Self.members(group, primary, host) { names in
        var used: [(name: String, question: Question)] = []
        var lost: Judgement?
        for name in names where name != "\(primary.address)" {
          if let address = PCIAddress(name), host.neighbour(address, in: neighbours) == nil,
            host.pciFunction(address) == nil
          {
            lost = lost ?? Self.listedButGone(address, group)
            continue
          }
          let holder = Self.holder(name, neighbours, host)
          switch holder.value {
          case .some(let driver?): used.append((driver, holder.question))
          case .some(nil): continue
          case nil: lost = lost ?? holder.judge("driver of \(name)") { _ in .pass("", citing: []) }
          }
        }
        if !used.isEmpty {
          return .fail(
            .groupNotViable, "the host uses \(Self.some(used.map(\.name)))",
            citing: used.prefix(4).map(\.question))
        }
        return lost ?? .pass("no other member of group \(group) is in use", citing: [])
      }
    }
  }
}

private func groupName(_ group: Int) -> Question { .file("\(IOMMUPaths.group(group))/name") }
private func groupType(_ group: Int) -> Question { .file("\(IOMMUPaths.group(group))/type") }

extension Unit {
  /// Judges the members' names; a listing without the unit itself is not the group's.
  private static func members(
    _ group: Int, _ primary: PCIFunction, _ host: any HostSource, _ judge: ([String]) -> Judgement
  ) -> Judgement {
    host.iommuGroupMembers(group).judge("members of group \(group)") { names in
      guard names.contains("\(primary.address)") else {
        return .unknown(.sourceUnreadable, "group \(group) does not list \(primary.address)", citing: [])
      }
      return judge(names)
    }
  }

  /// A function leaves the bus before it leaves its group. Which of the two listings is right cannot be told.
  /// Source: kernel drivers/base/core.c, device_del(); drivers/iommu/iommu.c, iommu_bus_notifier().
  private static func listedButGone(_ address: PCIAddress, _ group: Int) -> Judgement {
    .unknown(
      .sourceUnreadable, "group \(group) lists \(address), which is not there",
      citing: [.link(PCIDevices.path(address))])
  }

  /// Who of the host holds a member, for people: `0000:01:00.1 (snd_hda_intel)`; `nil`: nobody who is in the way.
  private static func holder(
    _ name: String, _ neighbours: [PCIAddress: PCIFunction], _ host: any HostSource
  ) -> Reading<String?> {
    guard let address = PCIAddress(name) else {
      // Not PCI: on Arm a platform device may be in the group.
      let driver = host.linkName("/sys/bus/platform/devices/\(name)/driver")
      return driver.isAbsent ? Reading(driver.question, .value(nil)) : driver.map { "\(name) (\($0))" }
    }
    guard let function = host.neighbour(address, in: neighbours) ?? host.pciFunction(address) else {
      return Reading(PCIDevices.file(address, "uevent"), .value(nil))
    }
    return host.driverBinding(function).map { binding in
      guard case .host(let driver) = binding, !binding.isToleratedInGroup else { return nil }
      // Network interfaces, NVMe controllers, displays: what people know the function by.
      let known = ["net", "nvme", "drm"].flatMap {
        host.names(in: "\(PCIDevices.path(address))/\($0)").value ?? []
      }
      return "\(address) (\(([driver] + known.prefix(2)).joined(separator: ", ")))"
    }
  }

  /// The first three, and how many more.
  private static func some(_ names: [String]) -> String {
    names.prefix(3).joined(separator: ", ") + (names.count > 3 ? " and \(names.count - 3) more" : "")
  }
}
