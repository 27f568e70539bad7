// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Evidence

extension Scrubber {
  /// The kernel's command line: parameters that hostcap judges or an operator needs for that stay, others keep their key
  /// alone, and what init gets, behind ` -- `, goes: anything may be there, passwords too.
  func commandLine(_ bytes: [UInt8]) -> [UInt8] {
    var words: [[UInt8]] = []
    for word in Self.words(trimmed(bytes[...])) {
      if word.elementsEqual("--".utf8) { break }
      words.append(parameter(word))
    }
    return Array(words.joined(separator: [0x20])) + (bytes.last == 0x0a ? [0x0a] : [])
  }

  /// Between blanks that no quotation marks enclose. Source: kernel lib/cmdline.c, next_arg().
  private static func words(_ line: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
    var quoted = false
    return line.split { byte in
      if byte == UInt8(ascii: "\"") { quoted.toggle() }
      return !quoted && byte <= 0x20
    }
  }

  private func parameter(_ word: ArraySlice<UInt8>) -> [UInt8] {
    let bare = word.first == UInt8(ascii: "\"") ? word.dropFirst() : word
    let key = bare.prefix { $0 != UInt8(ascii: "=") }
    if Self.isKept(key) { return scrubbed(word, .prose) }
    // Without a value the word itself may be anything; a key with odd bytes in it is none.
    guard key.endIndex < bare.endIndex, key.allSatisfy({ Shape.isWord($0) || "._-".utf8.contains($0) }) else {
      return Array(Pseudonyms.word.utf8)
    }
    return scrubbed(key, .prose) + "=\(Pseudonyms.word)".utf8
  }

  /// The kernel takes `-` and `_` in a parameter's name for the same. Source: kernel kernel/params.c, dash2underscore().
  private static func isKept(_ key: ArraySlice<UInt8>) -> Bool {
    let key = String(decoding: key.map { $0 == UInt8(ascii: "-") ? UInt8(ascii: "_") : $0 }, as: UTF8.self)
    return keptParameters.contains(key) || keptModules.contains { key.hasPrefix($0) }
  }

  /// Source: kernel Documentation/admin-guide/kernel-parameters.txt. `-` is written `_` here.
  private static let keptParameters: Set<String> = [
    "iommu", "amd_iommu", "intel_iommu", "amd_iommu_intr", "amd_iommu_dump", "iommu.passthrough",
    "iommu.strict",
    "iommu.forcedac", "intremap", "no_x2apic_optout", "nox2apic", "mem_encrypt", "sev", "tsx",
    "tsx_async_abort", "nosgx", "sgx",
    "tdx", "tdx_host", "kvm_intel", "kvm_amd", "prot_virt", "clearcpuid", "setcpuid", "nohibernate", "nosmt",
    "maxcpus",
    "nr_cpus", "possible_cpus", "smt", "isolcpus", "nohz_full", "rcu_nocbs", "mitigations", "numa",
    "numa_balancing", "pci",
    "pcie_aspm", "pcie_ports", "pcie_port_pm", "pcie_acs_override", "hugepages", "hugepagesz",
    "default_hugepagesz",
    "transparent_hugepage", "swiotlb", "memmap", "mem", "crashkernel", "elfcorehdr", "efi", "lockdown",
    "modprobe.blacklist",
    "module_blacklist", "nomodule", "nomodeset", "acpi", "noapic", "nolapic", "quiet", "ro", "rw", "splash",
    "nopti", "pti",
    "cgroup_no_v1", "cgroup_disable", "systemd.unified_cgroup_hierarchy",
    "systemd.legacy_systemd_cgroup_controller", Pseudonyms.word,
  ]

  /// Every parameter of these modules.
  private static let keptModules = [
    "kvm.", "kvm_amd.", "kvm_intel.", "ccp.", "vfio.", "vfio_pci.", "vfio_pci_core.", "vfio_iommu_type1.",
    "iommufd.", "irqbypass.",
  ]
}
