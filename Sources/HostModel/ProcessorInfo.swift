// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

public import Evidence

/// The first processor's block of /proc/cpuinfo.
public struct ProcessorInfo: Sendable, Hashable {
  /// Key and value as printed, without blanks around.
  public let fields: [String: String]
  /// The words behind `flags`, or `Features` on Arm. Empty: the architecture prints none.
  public let flags: Set<String>

  /// Absent fields are simply not there; no line with a colon is not a cpuinfo.
  public init?(_ bytes: ArraySlice<UInt8>) {
    var fields: [String: String] = [:]
    // Line by line: behind the first block there may be hundreds of others.
    var rest = bytes
    while !rest.isEmpty {
      let line = rest.prefix { $0 != UInt8(ascii: "\n") }
      rest = rest[line.endIndex...].dropFirst()
      guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else {
        if line.isEmpty && !fields.isEmpty { break }
        continue
      }
      let key = text(line[..<colon])
      if fields[key] == nil { fields[key] = text(line[line.index(after: colon)...]) }
    }
    guard !fields.isEmpty else { return nil }
    self.fields = fields
    let words = fields["flags"] ?? fields["Features"] ?? ""
    flags = Set(words.split(separator: " ").map(String.init))
  }
}

extension HostSource {
  public func processorInfo() -> Reading<ProcessorInfo> {
    read(.file("/proc/cpuinfo"), as: ProcessorInfo.init)
  }

  /// Whether the kernel shows a processor flag. Absent: this architecture shows none.
  public func processorFlag(_ name: String) -> Reading<Bool> {
    read(.file("/proc/cpuinfo"), as: ProcessorFlags.init).flatMap { flags in
      flags.words.map { .value($0.contains(name.utf8)) } ?? .absent
    }
  }

  /// `AuthenticAMD`, `GenuineIntel`, …: CPUID leaf 0 EBX EDX ECX, else cpuinfo's vendor_id.
  /// Absent: the kernel's cpuinfo names no vendor, which it does on every x86 processor.
  public func processorVendor() -> Reading<String> {
    let leaf = cpuid(0).map { registers in
      text([registers.ebx, registers.edx, registers.ecx].flatMap(littleEndianBytes)[...])
    }
    if leaf.value != nil { return leaf }
    let info = processorInfo().flatMap { info in
      info.fields["vendor_id"].map(Reading<String>.Outcome.value) ?? .absent
    }
    return info.value != nil || processorInfo().value != nil ? info : leaf
  }
}
