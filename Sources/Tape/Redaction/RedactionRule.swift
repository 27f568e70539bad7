// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Evidence

/// How the answer to a question is redacted. What no row names is scrubbed by form.
enum RedactionRule {
  /// Numbers that every host of that kind shares.
  case keep
  case withhold(String)
  /// The whole answer is one.
  case identifier(Identity)
  case interfaceAddress
  case commandLine
  case kernelLog
  case document
  /// Configuration space.
  case configuration
  /// `KEY: value` or `KEY=value` lines; the values of these keys are serial numbers.
  case keyed([String], Scrubber.Scope)
  case names
  case scrub(Scrubber.Scope)

  init(for question: Question) {
    switch question {
    case .file(let path): self = Self.rule(path)
    case .directory: self = .names
    case .link: self = .scrub(.attribute)
    // Leaf 3 is the processor serial number of Pentium III. Source: Intel SDM vol. 2A, CPUID.
    case .cpuid(leaf: 3, _, _): self = .withhold("a processor's serial number")
    // Protected processor inventory number. Source: Intel SDM vol. 4, MSR_PPIN; AMD PPR, MSRC001_02F1.
    case .msr(0x4f, _), .msr(0xc001_02f1, _): self = .withhold("a processor's serial number")
    case .cpuid, .msr, .ioctl, .privilege, .clock, .origin, .assumption: self = .keep
    case .pciConfig: self = .configuration
    case .libvirt: self = .document
    case .kernelLog: self = .kernelLog
    }
  }

  private static func rule(_ path: String) -> RedactionRule {
    // Most are attributes of sysfs, of which none stands in the table.
    let isAttribute = path.hasPrefix("/sys/")
    if !isAttribute, let rule = byPath[path] { return rule }
    let name =
      path.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(path[path.utf8.index(after: $0)...]) } ?? path
    if isAttribute, path.hasPrefix("/sys/class/dmi/id/") || path.hasPrefix("/sys/devices/virtual/dmi/id/") {
      if name.contains("serial") || name.contains("asset_tag") { return .identifier(.serial) }
      return name == "product_uuid" ? .identifier(.uuid) : .scrub(.vocabulary)
    }
    if path.hasPrefix("/sys/firmware/dmi/") || name.hasPrefix("vpd") {
      return .withhold("holds serial numbers")
    }
    if name == "address" { return path.contains("/net/") ? .interfaceAddress : .scrub(.prose) }
    if serialAttributes.contains(name) { return .identifier(.serial) }
    // InfiniBand's global identifiers are numbered files.
    if name.utf8.first.map({ $0 < 0x3a }) == true, path.contains("/gids/") { return .identifier(.serial) }
    if name == "config",
      PCIAddress(String(path.dropLast("/config".count).split(separator: "/").last ?? "")) != nil
    {
      return .configuration
    }
    if name == "uevent" { return .keyed(eventKeys, .attribute) }
    if path.hasPrefix("/sys/module/") || path.hasPrefix("/sys/devices/system/") || path == "/etc/os-release" {
      return .scrub(.vocabulary)
    }
    return .scrub(isAttribute ? .attribute : .prose)
  }

  private static let byPath: [String: RedactionRule] = [
    "/etc/machine-id": .identifier(.machine),
    "/var/lib/dbus/machine-id": .identifier(.machine),
    "/etc/hostname": .identifier(.hostName),
    "/proc/sys/kernel/hostname": .identifier(.hostName),
    "/proc/sys/kernel/domainname": .identifier(.hostName),
    "/proc/cmdline": .commandLine,
    // ARM's and s390's processors; x86 prints none.
    "/proc/cpuinfo": .keyed(["Serial", "identification"], .vocabulary),
    "/proc/sysinfo": .keyed(["Sequence Code", "LPAR Name", "LPAR Extended Name", "VM00 Name"], .prose),
  ]

  /// Attributes whose whole value is one unit's number. Source: kernel Documentation/ABI.
  private static let serialAttributes: Set<String> = [
    "serial", "serial_number", "serial-number", "serial_no", "unique_id", "uuid", "wwid", "wwn", "nguid",
    "eui", "hostnqn",
    "hostid", "subsysnqn", "port_name", "node_name", "sas_address", "phys_port_id", "phys_switch_id",
    "node_guid",
    "sys_image_guid", "port_guid", "node_desc", "ppin", "fru_id", "system-id", "perm_address", "ifalias",
  ]

  private static let eventKeys = [
    "SERIAL", "ID_SERIAL", "ID_SERIAL_SHORT", "ID_WWN", "HID_UNIQ", "UNIQ", "NVME_HOST_NQN",
  ]
}
