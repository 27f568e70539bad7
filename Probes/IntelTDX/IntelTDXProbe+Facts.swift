// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

internal import Evidence
internal import HostModel

extension IntelTDXProbe {
  /// Room for guests and the module's version; nothing where the processor is not Intel's.
  static func facts(_ host: any HostSource) -> [Fact] {
    guard host.processorVendor().value == "GenuineIntel" else { return [] }
    var facts: [Fact] = []
    if let fact = host.featureFact("intel.pconfig", leaf: 7, bit: 18, of: \.edx) { facts.append(fact) }
    facts += slots(host)?.facts("intel.tdx") ?? []
    let version = host.read(versionQuestion, as: moduleVersion)
    if let word = version.value {
      facts.append(Fact("intel.tdx.module-version", .text(word), citing: [versionQuestion]))
    }
    return facts
  }
}
