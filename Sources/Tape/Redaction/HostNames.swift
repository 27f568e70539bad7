// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Evidence

/// The names a host goes by, lower case, longest first, as far as they can be told from words that a kernel prints.
struct HostNames {
  /// Where people's words may stand: logs, messages, libvirt's documents.
  private(set) var inProse: [[UInt8]] = []
  /// The ones that no driver would take for a name of its own, for attributes of sysfs too.
  private(set) var inAttributes: [[UInt8]] = []

  init(_ host: any HostSource) {
    for path in ["/proc/sys/kernel/hostname", "/etc/hostname"] {
      guard let name = host.read(.file(path), as: { Array(trimmed($0)) }).value else { continue }
      // A name longer than DNS allows is none. Source: RFC 1035, section 2.3.4.
      guard name.count <= 255 else { continue }
      insert(name.map(lowerCase))
      if let label = name.split(separator: UInt8(ascii: ".")).first { insert(label.map(lowerCase)) }
    }
    inProse.sort { $0.count > $1.count }
    inAttributes.sort { $0.count > $1.count }
  }

  private mutating func insert(_ name: [UInt8]) {
    let text = String(decoding: name, as: UTF8.self)
    guard name.count >= 3, name.allSatisfy(Self.isNameByte),
      name.contains(where: { (0x61...0x7a).contains($0) }),
      Shape.hostPseudonym(name[...]) == nil, !Self.commonWords.contains(text), !inProse.contains(name)
    else { return }
    inProse.append(name)
    let stem = text.prefix { !"0123456789-.".contains($0) }
    if name.count >= 5, stem.count < text.count, !Self.commonWords.contains(String(stem)),
      !Self.instanceStems.contains(String(stem))
    {
      inAttributes.append(name)
    }
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    Shape.isWord(byte) || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "_")
  }

  /// Names that say nothing about a host, and words that the evidence is made of: taking them out would change verdicts.
  private static let commonWords: Set<String> = [
    "localhost", "localhost.localdomain", "none", "linux", "debian", "ubuntu", "fedora", "centos", "rhel",
    "rocky", "suse",
    "host", "server", "guest", "domain", "default", "amd", "epyc", "intel", "xeon", "arm", "kvm", "qemu",
    "xen", "vmware",
    "hyperv", "openstack", "kubevirt", "libvirt", "sev", "sev-es", "sev-snp", "snp", "sme", "tsme", "tdx",
    "tme", "sgx",
    "psp", "ccp", "rmp", "svm", "vmx", "iommu", "dmar", "ivrs", "ivhd", "vfio", "vfio-pci", "pci", "pcie",
    "acpi", "bios",
    "uefi", "efi", "cpu", "msr", "cpuid", "kernel", "enabled", "disabled", "yes", "off", "auto", "unknown",
    "supported",
    "network", "storage", "nvidia", "mellanox", "mlx5", "mlx5_core", "ice", "bnxt", "i40e", "ixgbe", "igb",
    "nvme", "virtio",
    "virtio-pci", "pci-stub", "x86", "x86_64", "amd64", "arm64", "aarch64", "q35", "error", "failed",
    "version", "firmware",
  ]

  /// What the kernel numbers: `node1` is a NUMA node before it is a host.
  private static let instanceStems: Set<String> = [
    "node", "cpu", "eth", "ens", "eno", "enp", "ibp", "card", "render", "virtfn", "hwmon", "loop", "irq",
    "slot", "port", "bus",
    "queue", "memory", "policy", "cpufreq", "index", "state", "msi", "resource", "domain", "disk", "gpu",
  ]
}
