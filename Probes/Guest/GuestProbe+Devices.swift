// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Evidence
internal import HostModel

// GPUs and virtual functions, from inside.
extension GuestProbe {
  /// Whatever is not found may be among what a copy lacks, or among functions that do not say what they are.
  static func device(_ sought: SoughtDevice) -> Rung {
    Rung(
      "device", .cpu, "there is a \(sought.title)", specification: sought.specification, isGate: true
    ) { host in
      let none = Judgement.fail(sought.missing, "no PCI function is a \(sought.title)", citing: [])
      return host.pciFunctions().judge("PCI functions", absent: none) { functions in
        let found = functions.compactMap { sought.name($0, host) }
        if !found.isEmpty { return .pass(counted(found), citing: []) }
        if let open = functions.first(where: { sought.match($0, host) == .open }) {
          return .unknown(
            .deviceUnclassified, "\(words(open)) may be a \(sought.title)",
            citing: [PCIDevices.file(open.address, "uevent")])
        }
        return host.isWhole
          ? none : .unknown(.sourceWithheld, "no \(sought.title) in what was copied", citing: [.origin])
      }
    }
  }

  static func driver(_ sought: SoughtDevice) -> Rung {
    Rung(
      "driver", .kernel, "a driver has it",
      specification: "kernel Documentation/ABI/testing/sysfs-bus-pci, driver"
    ) { host in
      host.pciFunctions().judge("PCI functions") { functions in
        let found = functions.filter { sought.name($0, host) != nil }
        if let bound = found.first(where: { $0.driver != nil }) {
          return .pass(
            "driver \(bound.driver ?? "")", citing: [PCIDevices.file(bound.address, "uevent")])
        }
        let unseen = functions.first { sought.match($0, host) == .open } ?? found.first { !$0.isDriverKnown }
        if let unseen {
          return .unknown(
            .sourceUnreadable, "the driver of \(words(unseen)) is not known",
            citing: [PCIDevices.file(unseen.address, "uevent")])
        }
        return .fail(
          .guestDriverMissing, "no driver is bound",
          citing: found.map { PCIDevices.file($0.address, "uevent") })
      }
    }
  }

  /// `2 × NVIDIA L4, NVIDIA T4`, in the order in which they come.
  private static func counted(_ names: [String]) -> String {
    var order: [String] = []
    for name in names where !order.contains(name) { order.append(name) }
    let words = order.map { name in
      let count = names.count { $0 == name }
      return count > 1 ? "\(count) × \(name)" : name
    }
    return words.joined(separator: ", ")
  }

  /// `10de:2331`. Without the address: what a proof is made of names no place.
  private static func words(_ function: PCIFunction) -> String {
    guard let vendor = function.vendor, let device = function.device else {
      return "a function without ids"
    }
    return "\(digits(vendor, width: 4)):\(digits(device, width: 4))"
  }
}
