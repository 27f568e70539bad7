// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Evidence
import Tape

/// Turns functions' configuration bytes into what sysfs would show of them.
///
/// Only what the bytes say: identity, class, revision, and which function is whose virtual function. Where a function
/// sits below which bridge, its driver and its IOMMU group stay withheld.
struct PCIShape {
  /// Source: ARCHITECTURE section 11, limits on every input.
  static let functionLimit = 65_536
  /// Steps spent on finding virtual functions: 64 physical functions with the most VFs there can be.
  private static let virtualFunctionSteps = 64 * 65_536

  private var configurations: [PCIAddress: [UInt8]] = [:]
  let path: String

  init(path: String) { self.path = path }

  var isEmpty: Bool { configurations.isEmpty }

  func holds(_ address: PCIAddress) -> Bool { configurations[address] != nil }

  /// - Parameter bytes: from offset 0; none: only the address is known.
  mutating func add(_ address: PCIAddress, _ bytes: [UInt8]) throws(InputError) {
    guard configurations.count < Self.functionLimit else {
      throw InputError(path, "more than \(Self.functionLimit) functions")
    }
    configurations[address] = bytes
  }

  func tree() throws(InputError) -> FileTree {
    var tree = FileTree(path, others: .origin(.pci))
    try tree.addDirectory(Self.devices)
    for (address, bytes) in configurations { try Self.describe(address, bytes, in: &tree) }
    try linkVirtualFunctions(in: &tree)
    return tree
  }

  private static let devices = "/sys/bus/pci/devices"

  /// Source: PCI Local Bus Specification 3.0, 6.1; sysfs prints `0x%04x` and `0x%06x` (kernel drivers/pci/pci-sysfs.c).
  private static func describe(_ address: PCIAddress, _ bytes: [UInt8], in tree: inout FileTree)
    throws(InputError)
  {
    let folder = "\(devices)/\(address)"
    try tree.addDirectory(folder)
    // In sysfs this is a link that tells the bridges above; a dump of registers does not.
    tree.others[.link(folder)] = .withheld("not in this copy")
    guard bytes.count >= 64, let vendor = littleEndian(bytes[...], at: 0, as: UInt16.self),
      let device = littleEndian(bytes[...], at: 2, as: UInt16.self),
      let classAndRevision = littleEndian(bytes[...], at: 8, as: UInt32.self)
    else { return }
    try tree.addFile("\(folder)/config", padded(bytes))
    // A virtual function's own registers read ffff:ffff. Source: SR-IOV 1.1, 3.4.1.1 and 3.4.1.2.
    if vendor != 0xffff {
      try tree.addFile("\(folder)/vendor", hex(vendor, width: 4))
      try tree.addFile("\(folder)/device", hex(device, width: 4))
    }
    try tree.addFile("\(folder)/class", hex(classAndRevision >> 8, width: 6))
    try tree.addFile("\(folder)/revision", hex(classAndRevision & 0xff, width: 2))
    if bytes[0x0e] & 0x7f == 0, let subsystem = littleEndian(bytes[...], at: 0x2c, as: UInt32.self) {
      try tree.addFile("\(folder)/subsystem_vendor", hex(subsystem & 0xffff, width: 4))
      try tree.addFile("\(folder)/subsystem_device", hex(subsystem >> 16, width: 4))
    }
  }

  /// To the next of the lengths that the kernel gives; what the dump lacks reads as all ones, as in libpci.
  private static func padded(_ bytes: [UInt8]) -> [UInt8] {
    let length = [64, 256, 4096].first { $0 >= bytes.count } ?? 4096
    return bytes.prefix(4096) + [UInt8](repeating: 0xff, count: max(0, length - bytes.count))
  }

  private func linkVirtualFunctions(in tree: inout FileTree) throws(InputError) {
    var steps = 0
    for (address, bytes) in configurations.sorted(by: { $0.key < $1.key }) {
      guard let capability = SRIOVCapability(bytes), capability.isEnabled else { continue }
      for index in 0..<Int(capability.numVFs) {
        steps += 1
        guard steps <= Self.virtualFunctionSteps,
          let function = capability.virtualFunction(index, of: address)
        else { break }
        guard let own = configurations[function], function != address else { continue }
        try tree.addLink("\(Self.devices)/\(address)/virtfn\(index)", to: "../\(function)")
        try tree.addLink("\(Self.devices)/\(function)/physfn", to: "../\(address)")
        guard own.starts(with: [0xff, 0xff]), let vendor = littleEndian(bytes[...], at: 0, as: UInt16.self)
        else { continue }
        try tree.addFile("\(Self.devices)/\(function)/vendor", hex(vendor, width: 4))
        try tree.addFile("\(Self.devices)/\(function)/device", hex(capability.vfDevice, width: 4))
      }
    }
  }
}

extension Tape {
  /// A tape that says what its answers are made of, and nothing more.
  static func origin(_ origin: Origin) -> Tape {
    Tape([.origin: .bytes(Array((origin.rawValue + "\n").utf8))])
  }
}
