// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Evidence
import HostModel

/// libvirt's documents and the firmware's tables.
enum DocumentComparison {
  static func compare(_ facts: Expected, _ report: HostReport, _ host: any HostSource) -> [Comparison] {
    var all: [Comparison] = []
    if facts.has("launchSecurity") || facts.has("host_model") || facts.has("machine") {
      all += compareDomain(facts, report)
    }
    if facts.has("cells") {
      all = ["iommu": "libvirt.iommu", "model": "libvirt.cpu-model"].map { theirs, ours in
        Comparison(
          field: theirs,
          expected: facts[theirs].text.map { $0 == "yes" ? "true" : $0 == "no" ? "false" : $0 },
          got: report.text(ours))
      }
    }
    if facts.has("tables") { all += compareTables(facts, host) }
    for (theirs, ours) in [("dmi.vendor", "machine.vendor"), ("dmi.product", "machine.product")]
    where facts[theirs].isThere {
      let got = report.text(ours).map { $0.filter { $0 != " " } }
      all.append(Comparison(field: theirs, expected: facts[theirs].text, got: got))
    }
    return all
  }

  private static func compareDomain(_ facts: Expected, _ report: HostReport) -> [Comparison] {
    let pairs = [
      ("sev", "libvirt.sev"), ("sgx", "libvirt.sgx"), ("tdx", "libvirt.tdx"), ("s390-pv", "libvirt.s390-pv"),
      ("sev_detail.cbitpos", "libvirt.sev.c-bit"), ("sev_detail.maxGuests", "libvirt.sev.max-guests"),
      ("sev_detail.maxESGuests", "libvirt.sev.max-es-guests"), ("machine", "libvirt.machine"),
    ]
    return pairs.map { Comparison(field: $0, expected: facts[$0].text, got: report.text($1)) } + [
      Comparison(
        field: "sectype",
        expected: facts["launchSecurity"].isThere
          ? facts["launchSecurity.sectype"].strings?.joined(separator: ",") ?? "" : nil,
        got: report.text("libvirt.launch-security"))
    ]
  }

  /// Source: ACPI 6.5, 5.2.6; Intel VT-d 4.1, 8.1 to 8.5; AMD IOMMU 48882, 5.2.
  private static func compareTables(_ facts: Expected, _ host: any HostSource) -> [Comparison] {
    var all: [Comparison] = []
    let remapping = host.read(.file("/sys/firmware/acpi/tables/DMAR")) { Array($0) }
    all.append(
      Comparison(field: "dmar", expected: "\(facts["dmar"].isThere)", got: "\(remapping.value != nil)"))
    let virtualization = host.read(.file("/sys/firmware/acpi/tables/IVRS")) { Array($0) }
    all.append(
      Comparison(field: "ivrs", expected: "\(facts["ivrs"].isThere)", got: "\(virtualization.value != nil)"))
    for reading in [remapping, virtualization] where reading.value == nil {
      all.append(Comparison(field: "\(reading.question)", expected: "true", got: "\(reading.isAbsent)"))
    }
    if let table = remapping.value, table.count >= 38 {
      all += [
        Comparison(
          field: "host_addr_width", expected: facts["dmar.host_addr_width"].text, got: "\(table[36] + 1)"),
        Comparison(field: "intr_remap", expected: facts["dmar.intr_remap"].text, got: "\(table[37].bit(0))"),
        Comparison(field: "DRHD", expected: facts["dmar.structures.DRHD"].text, got: "\(units(table))"),
      ]
    }
    return all
  }

  /// Structures of type 0 behind the header of 48 bytes.
  private static func units(_ table: [UInt8]) -> Int {
    var (at, count) = (48, 0)
    while let kind = littleEndian(table[...], at: at, as: UInt16.self),
      let length = littleEndian(table[...], at: at + 2, as: UInt16.self), length >= 4
    {
      count += kind == 0 ? 1 : 0
      at += Int(length)
    }
    return count
  }
}
