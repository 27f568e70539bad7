// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Evidence
import Markup
import Tape

/// libvirt's node devices, `virsh nodedev-dumpxml`: PCI functions as sysfs would show them.
/// Source: libvirt docs/formatnode.rst.
enum NodeDevices {
  static let name = "libvirt node device XML"
  private static let devices = "/sys/bus/pci/devices"

  static func read(_ elements: [XMLElement], _ input: Input) throws(InputError) -> [ImportedMachine] {
    var tree = FileTree(input.path, others: .origin(.document))
    var isAnything = false
    var broken: InputError?
    for element in elements {
      for capability in element.all("capability") {
        switch capability.attributes["type"] {
        case "pci":
          guard let address = address(elementsOf: capability) else {
            let name = element.first("name")?.trimmedText.prefix(40) ?? "a device"
            broken = input.error("\(name): not a PCI address")
            continue
          }
          try add(capability, at: address, of: element, to: &tree)
          isAnything = true
        case "system":
          isAnything = try addFirmwareNames(capability, to: &tree) || isAnything
        default: continue
        }
      }
    }
    // libvirt's test driver has a function 50; one that cannot be does not cost the others.
    if !isAnything, let broken { throw broken }
    guard isAnything else {
      throw Format.nothingToJudge(input, "\(name) of something that is no PCI function")
    }
    return input.machine(name, tree)
  }

  private static func add(
    _ capability: XMLElement, at address: PCIAddress, of device: XMLElement, to tree: inout FileTree
  ) throws(InputError) {
    let folder = "\(devices)/\(address)"
    try tree.addDirectory(folder)
    tree.others[.link(folder)] = .withheld("not in this copy")
    if let code = number(capability.first("class")?.trimmedText), code <= 0xff_ffff {
      try tree.addFile("\(folder)/class", hex(code, width: 6))
    }
    for (element, file) in [("vendor", "vendor"), ("product", "device")] {
      guard let id = number(capability.first(element)?.attributes["id"]), id <= 0xffff else { continue }
      try tree.addFile("\(folder)/\(file)", hex(id, width: 4))
    }
    if let node = capability.first("numa")?.attributes["node"], let number = Int32(node) {
      try tree.addFile("\(folder)/numa_node", String(number))
    }
    try addDriver(of: device, folder, to: &tree)
    try addGroup(of: capability, address, to: &tree)
    try addVirtualFunctions(of: capability, folder, to: &tree)
  }

  /// libvirt leaves the element out when no driver is bound.
  private static func addDriver(of device: XMLElement, _ folder: String, to tree: inout FileTree)
    throws(InputError)
  {
    if let driver = device.first("driver/name")?.trimmedText, !driver.isEmpty, !driver.utf8.contains(0x2f) {
      try tree.addLink("\(folder)/driver", to: "../../../../bus/pci/drivers/\(driver)")
    } else {
      tree.others[.link("\(folder)/driver")] = .absent
    }
  }

  private static func addGroup(
    of capability: XMLElement, _ address: PCIAddress, to tree: inout FileTree
  ) throws(InputError) {
    guard let group = capability.first("iommuGroup"),
      let number = group.attributes["number"].flatMap({ UInt32($0) })
    else { return }
    let members = "/sys/kernel/iommu_groups/\(number)/devices"
    try tree.addLink("\(devices)/\(address)/iommu_group", to: "../../../kernel/iommu_groups/\(number)")
    for member in [address] + group.all("address").compactMap({ Self.address(attributesOf: $0) }) {
      try tree.addLink("\(members)/\(member)", to: "../../../../bus/pci/devices/\(member)")
    }
  }

  /// `virt_functions` names the functions that are there and, since libvirt 1.3, how many there can be; a VF's
  /// `phys_function` names its PF. Either may stand empty.
  private static func addVirtualFunctions(
    of capability: XMLElement, _ folder: String, to tree: inout FileTree
  ) throws(InputError) {
    for inner in capability.all("capability") {
      let addresses = inner.all("address").compactMap { address(attributesOf: $0) }
      switch inner.attributes["type"] {
      case "phys_function":
        if let physical = addresses.first { try tree.addLink("\(folder)/physfn", to: "../\(physical)") }
      case "virt_functions":
        for (index, function) in addresses.enumerated() {
          try tree.addLink("\(folder)/virtfn\(index)", to: "../\(function)")
        }
        guard let most = inner.attributes["maxCount"].flatMap({ UInt16($0) }) else { continue }
        try tree.addFile("\(folder)/sriov_totalvfs", String(most))
        try tree.addFile("\(folder)/sriov_numvfs", String(addresses.count))
      default: continue
      }
    }
  }

  /// What the firmware calls the machine; it tells a guest. False: nothing of it is there.
  private static func addFirmwareNames(_ capability: XMLElement, to tree: inout FileTree) throws(InputError)
    -> Bool
  {
    let names = [
      ("product", "product_name"), ("hardware/vendor", "sys_vendor"), ("firmware/vendor", "bios_vendor"),
    ]
    var isAnything = false
    for (element, file) in names {
      guard let value = capability.first(element)?.trimmedText, !value.isEmpty else { continue }
      try tree.addFile("/sys/class/dmi/id/\(file)", value)
      isAnything = true
    }
    return isAnything
  }

  /// `<domain>0</domain><bus>2</bus><slot>16</slot><function>7</function>`
  private static func address(elementsOf capability: XMLElement) -> PCIAddress? {
    address { capability.first($0)?.trimmedText }
  }

  /// `<address domain='0x0000' bus='0x02' slot='0x10' function='0x7'/>`
  private static func address(attributesOf element: XMLElement) -> PCIAddress? {
    address { element.attributes[$0] }
  }

  private static func address(_ part: (String) -> String?) -> PCIAddress? {
    guard let domain = number(part("domain")).flatMap({ UInt32(exactly: $0) }),
      let bus = number(part("bus")).flatMap({ UInt8(exactly: $0) }), let slot = number(part("slot")),
      slot < 32,
      let function = number(part("function")), function < 8
    else { return nil }
    return PCIAddress(domain: domain, bus: bus, device: UInt8(slot), function: UInt8(function))
  }

  /// Decimal, or hexadecimal behind `0x`.
  private static func number(_ text: String?) -> UInt64? {
    guard let text else { return nil }
    let bytes = Array(text.utf8)[...]
    return text.hasPrefix("0x") ? hexadecimal(bytes) : decimal(bytes)
  }
}
