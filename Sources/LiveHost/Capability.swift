// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

/// One of root's powers that a process keeps, and what for.
///
/// Source of the numbers: kernel include/uapi/linux/capability.h.
struct Capability {
  let name: String
  let number: UInt64
  let why: String

  static let prober = [
    Capability(
      name: "CAP_DAC_READ_SEARCH", number: 2,
      why: "below another root, files that belong to others and not to root"),
    Capability(name: "CAP_SYS_RAWIO", number: 17, why: "opening /dev/cpu/N/msr"),
    Capability(
      name: "CAP_SYS_ADMIN", number: 21,
      why: "more than 64 bytes of a PCI configuration space, and the addresses in /proc/iomem"),
    Capability(name: "CAP_SYSLOG", number: 34, why: "the kernel log where kernel.dmesg_restrict is 1"),
  ]

  /// For a libvirt socket that is a group's.
  static let helper = [
    Capability(
      name: "CAP_DAC_OVERRIDE", number: 1, why: "libvirt's socket and /dev/sev, where they are not root's")
  ]

  static let supervisor = [
    Capability(name: "CAP_DAC_OVERRIDE", number: 1, why: "an output folder that is not root's"),
    Capability(name: "CAP_FOWNER", number: 3, why: "replacing another user's file in a folder like /tmp"),
  ]

  static func set(_ capabilities: [Capability]) -> UInt64 {
    capabilities.reduce(0) { $0 | 1 << $1.number }
  }
}
