// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Evidence

extension Scrubber {
  /// The kernel's messages on what hostcap judges, scrubbed. Every other line goes: the log holds the command line, disks'
  /// serial numbers, file systems' labels and whatever a driver thought of.
  func kernelLog(_ bytes: [UInt8]) -> [UInt8] {
    var output: [UInt8] = []
    for line in lines(bytes[...]) {
      let (stamp, message) = Self.split(line)
      guard Self.isKept(message) else { continue }
      // Both: in a log that came as a file, anything may stand between the brackets.
      output += scrubbed(line[stamp.startIndex...], .prose)
      output.append(0x0a)
    }
    return output
  }

  /// Priority and times in brackets in front, and the message. What syslog puts before `kernel: ` is left out: it names
  /// the host.
  private static func split(_ line: ArraySlice<UInt8>) -> (
    stamp: ArraySlice<UInt8>, message: ArraySlice<UInt8>
  ) {
    var at = line.startIndex
    if let end = position(of: " kernel: ", in: line.prefix(200)) { at = end }
    let start = at
    // `<6>`, `[    1.234567]`, `[   T12]`. Source: kernel kernel/printk/printk.c, info_print_prefix().
    for (open, close) in [("<", ">"), ("[", "]"), ("[", "]")] {
      guard at < line.endIndex, line[at] == open.utf8.first,
        let end = line[at...].prefix(40).firstIndex(of: close.utf8.first ?? 0)
      else { continue }
      at = end + 1
      while at < line.endIndex, line[at] == 0x20 { at += 1 }
    }
    return (line[start..<at], line[at...])
  }

  /// Where the first `words` in `text` end.
  private static func position(of words: String, in text: ArraySlice<UInt8>) -> Int? {
    let words = Array(words.utf8)
    guard text.count >= words.count else { return nil }
    for start in text.startIndex...(text.endIndex - words.count)
    where text[start] == words[0] && text[start...].starts(with: words) {
      return start + words.count
    }
    return nil
  }

  private static func isKept(_ message: ArraySlice<UInt8>) -> Bool {
    if keptPrefixes.contains(where: { message.starts(with: $0.utf8) }) { return true }
    return keptPhrases.contains { position(of: $0, in: message.prefix(1024)) != nil }
  }

  /// Who speaks. Source: the kernel's pr_fmt() and dev_printk() of the drivers named.
  private static let keptPrefixes = [
    "SEV", "SNP", "ccp ", "ccp:", "psp ", "AMD-Vi", "DMAR", "iommu", "kvm", "KVM", "virt/tdx", "tdx",
    "x86/tme", "x86/mktme", "x86/tdx",
    "x86/cpu: SGX", "x86/cpu: VMX", "sgx:", "SGX", "x86/sev", "Memory Encryption", "AMD Memory Encryption",
    "AMD Secure", "prot_virt",
    "vfio", "VFIO", "Intel-IOMMU", "arm-smmu", "iommufd", "Hypervisor detected", "x2apic", "[mem encrypt",
  ]

  /// What is spoken of, by whichever driver.
  private static let keptPhrases = [
    "SR-IOV", "not enough MMIO", "BAR ", "iommu group", "iommu_group", "can't enable", "VF(s)", "bus numbers",
    "AER:",
    "not ready", "timed out, disabling PSP",
  ]
}
