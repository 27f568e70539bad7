// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Evidence
import Tape

/// An `udevadm info --export-db` as far as it tells what sysfs and /proc/cpuinfo held.
struct UdevTree {
  private var devices: DeviceTree

  init(_ path: String) { devices = DeviceTree(path, .document) }

  consuming func tree(of records: [DeviceRecord]) throws(InputError) -> FileTree {
    var processor: ProcessorAlias?
    for record in records {
      guard let folder = try devices.add(record) else { continue }
      if let modalias = record["MODALIAS"] {
        processor = processor ?? ProcessorAlias(modalias)
        try addFirmwareNames(modalias, folder)
      }
      if record.address != nil { try describe(record, folder) }
    }
    if let processor { try devices.add(processor) }
    return devices.tree
  }

  /// `PCI_CLASS=30200`, `PCI_ID=10DE:20B0`, `PCI_SUBSYS_ID=10DE:144E`: upper case, leading zeros dropped.
  /// Source: kernel drivers/pci/pci-driver.c, pci_uevent().
  private mutating func describe(_ record: DeviceRecord, _ folder: String) throws(InputError) {
    if let code = record["PCI_CLASS"].flatMap({ UInt32($0, radix: 16) }) {
      try devices.tree.addFile("\(folder)/class", hex(code, width: 6))
    }
    for (key, names) in [
      ("PCI_ID", ["vendor", "device"]), ("PCI_SUBSYS_ID", ["subsystem_vendor", "subsystem_device"]),
    ] {
      let numbers = record[key]?.split(separator: ":").map { UInt16($0, radix: 16) } ?? []
      guard numbers.count == 2 else { continue }
      for (name, number) in zip(names, numbers) {
        if let number { try devices.tree.addFile("\(folder)/\(name)", hex(number, width: 4)) }
      }
    }
    if let driver = record["DRIVER"] {
      let up = String(repeating: "../", count: folder.split(separator: "/").count - 1)
      try devices.tree.addLink("\(folder)/driver", to: "\(up)bus/pci/drivers/\(driver)")
    }
    devices.noteMissingDriver(record, folder)
  }

  /// `dmi:bvnSeaBIOS:…:svnQEMU:pnStandardPC:…`, blanks dropped. Source: kernel drivers/firmware/dmi-id.c.
  private mutating func addFirmwareNames(_ modalias: String, _ folder: String) throws(InputError) {
    guard modalias.hasPrefix("dmi:") else { return }
    let names = ["bvn": "bios_vendor", "svn": "sys_vendor", "pn": "product_name"]
    for field in modalias.split(separator: ":").dropFirst() {
      guard let name = names.first(where: { field.hasPrefix($0.key) }) else { continue }
      try devices.tree.addFile("\(folder)/\(name.value)", String(field.dropFirst(name.key.utf8.count)))
    }
  }
}
