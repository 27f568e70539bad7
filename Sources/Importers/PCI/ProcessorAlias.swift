// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Evidence

/// `cpu:type:x86,ven0002fam0017mod0031:feature:,0000,0001,…`: the kernel's name for a processor and its feature numbers.
/// Source: kernel arch/x86/kernel/cpu/match.c, arch/x86/include/asm/cpufeatures.h.
struct ProcessorAlias {
  private let vendor: UInt32
  private let family, model: UInt32
  private let features: Set<UInt32>

  /// Numbers of the `ven` field. Source: kernel arch/x86/include/asm/processor.h, X86_VENDOR_*.
  private static let vendors: [UInt32: String] = [
    0: "GenuineIntel", 2: "AuthenticAMD", 5: "CentaurHauls", 9: "HygonGenuine", 10: "  Shanghai  ",
  ]
  private static let amd: Set<UInt32> = [2, 9]

  /// Word times 32 plus bit, for the flags that say something about virtualization or encryption.
  private static let flags: [UInt32: String] = [
    0x85: "vmx", 0x95: "x2apic", 0x9f: "hypervisor", 0xc2: "svm", 0x122: "sgx", 0x20d: "tme", 0x21e: "sgx_lc",
    0x252: "pconfig", 0x260: "sme", 0x261: "sev", 0x262: "vm_page_flush", 0x263: "sev_es", 0x264: "sev_snp",
    0x266: "sme_coherent",
  ]
  /// AMD's encryption flags moved to word 19 in Linux 5.11; before, their old places meant something else to other kernels.
  private static let encryptionWord: Range<UInt32> = 0x260..<0x280

  init?(_ modalias: String) {
    let parts = modalias.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count >= 5, parts[0] == "cpu", parts[1] == "type", parts[3] == "feature",
      let identity = parts[2].split(separator: ",").first(where: { $0.hasPrefix("ven") })
    else { return nil }
    let numbers = Self.numbers(in: identity)
    guard numbers.count == 3 else { return nil }
    (vendor, family, model) = (numbers[0], numbers[1], numbers[2])
    features = Set(parts[4].split(separator: ",").compactMap { UInt32($0, radix: 16) })
  }

  /// `ven0002fam0017mod0031`
  private static func numbers(in identity: Substring) -> [UInt32] {
    let digits = Array(identity.utf8)
    guard digits.count == 21 else { return [] }
    return [3..<7, 10..<14, 17..<21].compactMap { range in
      UInt32(String(decoding: digits[range], as: UTF8.self), radix: 16)
    }
  }

  /// The file as this processor's kernel would print it, with the flags that are known here. Without the line `flags`:
  /// an AMD processor under a kernel that may be too old to number its encryption flags.
  func cpuinfo(processors: Int) -> [UInt8] {
    var text = "processor\t: 0\n"
    if let name = Self.vendors[vendor] { text += "vendor_id\t: \(name)\n" }
    text += "cpu family\t: \(family)\nmodel\t\t: \(model)\n"
    let isComplete =
      !Self.amd.contains(vendor) || features.contains(0x9f)
      || features.contains(where: Self.encryptionWord.contains)
    if isComplete {
      let names = features.sorted().compactMap { Self.flags[$0] }
      text += "flags\t\t: \(names.joined(separator: " "))\n"
    }
    for processor in 1..<max(1, min(processors, CPUIDDump.processorLimit)) {
      text += "\nprocessor\t: \(processor)\n"
    }
    return Array(text.utf8)
  }
}
