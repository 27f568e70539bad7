// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Evidence
internal import HostModel

/// libvirt's list of PCI functions against the kernel's: Nova offers what libvirt lists.
extension LibvirtProbe {
  /// Unreadable: a name that is not a PCI function's.
  private static func listed(_ host: any HostSource) -> Reading<Set<PCIAddress>> {
    host.read(.libvirt(.nodeDevices)) { bytes in
      let addresses = lines(bytes).map { address(text($0)) }
      return addresses.contains(nil) ? nil : Set(addresses.compactMap { $0 })
    }
  }

  /// `pci_0000_3b_00_0`, the address with `_` for every mark. Source: libvirt src/node_device/node_device_udev.c.
  private static func address(_ name: String) -> PCIAddress? {
    let parts = name.split(separator: "_")
    guard parts.count == 5, parts[0] == "pci" else { return nil }
    return PCIAddress("\(parts[1]):\(parts[2]):\(parts[3]).\(parts[4])")
  }

  static func deviceFacts(_ host: any HostSource) -> [Fact] {
    let listed = listed(host)
    guard let addresses = listed.value else { return [] }
    return [Fact("libvirt.pci-functions", .count(UInt64(addresses.count)), citing: [listed.question])]
  }

  static func deviceRule(_ host: any HostSource) -> Contradiction.Rule {
    let listed = listed(host)
    guard let theirs = listed.value else { return ("libvirt.pci-functions-differ", false, "", []) }
    let kernel = host.names(in: "/sys/bus/pci/devices")
    let ours = kernel.value.map { Set($0.compactMap { PCIAddress($0) }) } ?? theirs
    let (unknown, gone) = (ours.subtracting(theirs).sorted(), theirs.subtracting(ours).sorted())
    let words = [("does not list", unknown), ("still lists", gone)].filter { !$1.isEmpty }.map {
      verb, which in
      "\(verb) \(which.count) of the kernel's functions, \(which[0]) first"
    }
    return (
      "libvirt.pci-functions-differ", !words.isEmpty,
      "libvirt \(words.joined(separator: ", and ")): its udev monitor lost events, so Nova offers what is not there; restart virtnodedevd or libvirtd",
      [listed.question, kernel.question]
    )
  }
}
