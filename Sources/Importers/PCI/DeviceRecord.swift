// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Evidence
import Tape

/// A block of `umockdev-record` or `udevadm info --export-db`: one device.
struct DeviceRecord {
  /// Below /sys, as `/devices/pci0000:00/0000:00:03.0`.
  let path: String
  /// `E:`, in order.
  var properties: [(key: String, value: String)] = []
  /// `A:` and `H:`, decoded.
  var attributes: [(name: String, bytes: [UInt8])] = []
  /// `L:` of umockdev: a symbolic link and its target, relative to the device.
  var links: [(name: String, target: String)] = []

  init(path: String) { self.path = path }

  /// The last part of the path.
  var name: String { path.split(separator: "/").last.map(String.init) ?? "" }

  subscript(key: String) -> String? { properties.first { $0.key == key }?.value }

  /// Where it is, if it is a PCI function.
  var address: PCIAddress? {
    guard self["SUBSYSTEM"] == "pci" else { return nil }
    return PCIAddress(self["PCI_SLOT_NAME"] ?? name)
  }
}
