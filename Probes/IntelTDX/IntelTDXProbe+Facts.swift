// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Evidence
internal import HostModel

extension IntelTDXProbe {
  /// Keys for guests, those in use, the module's version; nothing where the processor is not Intel's.
  static func facts(_ host: any HostSource) -> [Fact] {
    guard host.processorVendor().value == "GenuineIntel" else { return [] }
    var facts: [Fact] = []
    if let fact = host.featureFact("intel.pconfig", leaf: 7, bit: 18, of: \.edx) { facts.append(fact) }
    let capacity = misc("capacity", host)
    let keys = privateKeys(host)
    if let count = capacity.value {
      facts.append(Fact("intel.tdx.keys", .count(count), citing: [capacity.question]))
      let used = misc("current", host)
      if let count = used.value {
        facts.append(Fact("intel.tdx.keys-in-use", .count(count), citing: [used.question]))
      }
    } else if let count = keys.value, count > 0 {
      facts.append(Fact("intel.tdx.keys", .count(count - 1), citing: [keys.question]))
    }
    let version = host.read(versionQuestion) { $0.isEmpty ? nil : text($0) }
    if let word = version.value {
      facts.append(Fact("intel.tdx.module-version", .text(word), citing: [versionQuestion]))
    }
    return facts
  }

  /// The line `tdx N` of a misc cgroup file, whole words. Unreadable where there is none: kernels before 7.1 print none.
  /// Source: kernel Documentation/admin-guide/cgroup-v2.rst, Misc.
  private static func misc(_ name: String, _ host: any HostSource) -> Reading<UInt64> {
    host.read(.file("/sys/fs/cgroup/misc.\(name)")) { bytes in
      lines(bytes).lazy.map { $0.split(separator: 0x20) }.first {
        $0.first?.elementsEqual("tdx".utf8) == true
      }
      .flatMap { $0.count == 2 ? decimal($0[1]) : nil }
    }
  }
}
