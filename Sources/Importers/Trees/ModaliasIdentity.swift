// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Evidence
import Tape

/// `pci:v00001013d000000B8sv00001AF4sd00001100bc03sc00i00`: a function's identity in one word.
///
/// Some collectors keep only this attribute. Source: kernel drivers/pci/pci-sysfs.c, modalias_show().
struct ModaliasIdentity {
  let vendor, device, subsystemVendor, subsystemDevice: UInt32
  /// Base class, sub-class, programming interface.
  let classCode: UInt32

  init?(_ bytes: [UInt8]) {
    var rest = trimmed(bytes[...])
    guard rest.take("pci:v"), let vendor = rest.takeHexadecimal(exactly: 8), rest.take("d"),
      let device = rest.takeHexadecimal(exactly: 8), rest.take("sv"),
      let subsystemVendor = rest.takeHexadecimal(exactly: 8), rest.take("sd"),
      let subsystemDevice = rest.takeHexadecimal(exactly: 8), rest.take("bc"),
      let base = rest.takeHexadecimal(exactly: 2),
      rest.take("sc"), let sub = rest.takeHexadecimal(exactly: 2), rest.take("i"),
      let interface = rest.takeHexadecimal(exactly: 2), rest.isEmpty
    else { return nil }
    (self.vendor, self.device) = (vendor, device)
    (self.subsystemVendor, self.subsystemDevice) = (subsystemVendor, subsystemDevice)
    classCode = base << 16 | sub << 8 | interface
  }

  /// The attributes that modalias is made of, where a copy of sysfs holds only it.
  static func complete(_ tree: inout FileTree) throws(InputError) {
    let devices = "/sys/bus/pci/devices"
    for name in tree.children(of: devices) {
      let folder = "\(devices)/\(name)"
      guard !tree.holds("\(folder)/class"), let modalias = tree.contents(of: "\(folder)/modalias"),
        let identity = ModaliasIdentity(modalias)
      else { continue }
      let attributes = [
        ("vendor", identity.vendor, 4), ("device", identity.device, 4), ("class", identity.classCode, 6),
        ("subsystem_vendor", identity.subsystemVendor, 4), ("subsystem_device", identity.subsystemDevice, 4),
      ]
      for (name, value, width) in attributes where !tree.holds("\(folder)/\(name)") {
        try tree.addFile("\(folder)/\(name)", hex(value, width: width))
      }
    }
  }
}
