// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Evidence
import Tape

/// What both kinds of device records have in common: each device's directory, and the links that lead to it.
struct DeviceTree {
  var tree: FileTree

  /// Where the kernel lists a subsystem's devices.
  private static let listings = [
    "pci": "/sys/bus/pci/devices", "iommu": "/sys/class/iommu", "dmi": "/sys/class/dmi",
    "net": "/sys/class/net",
  ]

  init(_ path: String, _ origin: Origin) { tree = FileTree(path, others: .origin(origin)) }

  /// The device's directory; `nil`: its path leaves /sys, and it is passed over.
  mutating func add(_ record: DeviceRecord) throws(InputError) -> String? {
    let parts = record.path.split(separator: "/")
    guard !parts.isEmpty, !parts.contains("..") else { return nil }
    let folder = "/sys/" + parts.joined(separator: "/")
    try tree.addDirectory(folder)
    if let subsystem = record["SUBSYSTEM"], let listing = Self.listings[subsystem] {
      let up = String(repeating: "../", count: listing.split(separator: "/").count - 1)
      try tree.addLink("\(listing)/\(record.name)", to: up + parts.joined(separator: "/"))
    }
    return folder
  }

  /// A function whose record names no driver has none: uevent always tells. Source: kernel drivers/base/core.c,
  /// dev_uevent().
  mutating func noteMissingDriver(_ record: DeviceRecord, _ folder: String) {
    guard let address = record.address, record["DRIVER"] == nil, !tree.holds("\(folder)/driver"),
      record.links.allSatisfy({ $0.name != "driver" })
    else { return }
    for folder in [folder, "/sys/bus/pci/devices/\(address)"] {
      tree.others[.link("\(folder)/driver")] = .absent
    }
  }
}

extension DeviceTree {
  /// The processor that the records' modalias describes, as /proc/cpuinfo, once for each that has a directory.
  mutating func add(_ processor: ProcessorAlias) throws(InputError) {
    let names = tree.children(of: "/sys/devices/system/cpu")
    let count = names.count { $0.hasPrefix("cpu") && Int($0.dropFirst(3)) != nil }
    try tree.addFile("/proc/cpuinfo", processor.cpuinfo(processors: max(1, count)))
  }
}

/// An `umockdev-record` dump as the sysfs it was taken from.
struct UmockdevTree {
  private var devices: DeviceTree

  init(_ path: String) { devices = DeviceTree(path, .tree) }

  consuming func tree(of records: [DeviceRecord]) throws(InputError) -> FileTree {
    var processor: ProcessorAlias?
    for record in records {
      guard let folder = try devices.add(record) else { continue }
      processor = processor ?? record["MODALIAS"].flatMap(ProcessorAlias.init)
      try devices.tree.addFile("\(folder)/uevent", uevent(record))
      for attribute in record.attributes {
        try devices.tree.addFile("\(folder)/\(attribute.name)", attribute.bytes)
      }
      for link in record.links { try devices.tree.addLink("\(folder)/\(link.name)", to: link.target) }
      devices.noteMissingDriver(record, folder)
      try addGroup(record)
    }
    if let processor { try devices.add(processor) }
    return devices.tree
  }

  private func uevent(_ record: DeviceRecord) -> [UInt8] {
    record.properties.flatMap { Array("\($0.key)=\($0.value)\n".utf8) }
  }

  /// `L: iommu_group=../../../../kernel/iommu_groups/90`: the group's own directory lists its members.
  private mutating func addGroup(_ record: DeviceRecord) throws(InputError) {
    guard let target = record.links.first(where: { $0.name == "iommu_group" })?.target,
      let number = target.split(separator: "/").last, let address = record.address
    else { return }
    let path = "/sys/kernel/iommu_groups/\(number)/devices/\(address)"
    try devices.tree.addLink(path, to: "../../../.." + record.path)
  }
}
