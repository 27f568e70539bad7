// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

extension SCSName {
  /// The form of version 1: `SCS-16T:64:200s-z4h`.
  public var version1: String {
    Self.prefix + Self.version1(description.dropFirst(Self.prefix.count))
  }

  /// Version 1 writes `:` for `-`, and `-` for `_`.
  static func version1(_ text: some StringProtocol) -> String {
    text.map { $0 == "-" ? ":" : $0 == "_" ? "-" : String($0) }.joined()
  }

  /// What the standard recommends to offer beside the long form: without hypervisor, nested virtualization, the maker
  /// of an x86 processor, and marks of speed.
  public var short: SCSName {
    var name = self
    name.hypervisor = nil
    name.hasNestedVirtualization = false
    name.architecture = architecture.flatMap { $0.maker.isX86 ? nil : $0 }
    name.architecture?.frequencyMarks = 0
    name.gpu?.unitFrequencyMarks = 0
    name.gpu?.hasHighBandwidthMemory = false
    return name
  }

  /// The keys `scs:` of a flavor with this name, in the order of the standard's own tool. Other keys `scs:` do not exist.
  ///
  /// `scs:name-vN` is the N-th of its names, not that of a version. The short ones are left out where they say the same.
  /// Source: SCS standard scs-0103 v1.2; the numbering: `cli.py parse -o yaml v3` of scs-0100.
  public var extraSpecs: [(key: String, value: String)] {
    let names = [self] + (short == self ? [] : [short])
    let variants = names.flatMap { [$0.version1, $0.description] }
    return [("scs:cpu-type", cpuType.extraSpec)]
      + (disk?.type.map { [("scs:disk0-type", $0.extraSpec)] } ?? [])
      + variants.enumerated().map { ("scs:name-v\($0.offset + 1)", $0.element) }
  }
}
