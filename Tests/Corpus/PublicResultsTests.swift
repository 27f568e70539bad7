// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Catalog
import Foundation
import HostModel
import Importers
import Inputs
import Tape
import Testing

/// Test results are for public boards: of what real machines call themselves, their disks and their ports, nothing is in
/// them.
@Suite struct PublicResultsTests {
  static let forms = ["junit", "subunit", "sonobuoy"]
  /// Machines whose dumps name serial numbers and hardware addresses.
  static let dumps = [
    "NVIDIA_DGX_STATION", "DELL_POWEREDGE_R820_NVME", "MELLANOX_40GBPS", "SHUTTLE_DH270_WITH_CORAL",
  ]

  @Test(arguments: dumps) func noSerialNumberAndNoAddressIsInThem(_ dump: String) throws {
    let path = "\(SharedCorpus.folder)/raw/checkbox/udevadm/\(dump).txt"
    guard let data = FileManager.default.contents(atPath: path) else {
      print("SKIPPED: \(path) is missing; no public result was searched")
      return
    }
    let secrets = Self.secrets(in: String(decoding: data, as: UTF8.self))
    #expect(secrets.count > 10)
    let machine = try #require(try imports(at: path).machines.first)
    let report = HostReport(Recorder(Redactor(machine.source)), probes: Catalog.probes)
    #expect(report.functions.count > 5)
    for form in Catalog.reports where Self.forms.contains(form.format) {
      var bytes: [UInt8] = []
      form.render(report, into: &bytes)
      let text = String(decoding: bytes, as: UTF8.self).lowercased()
      #expect(text.contains("hostcap.pci.passthrough"))
      for secret in secrets { #expect(!text.contains(secret), "\(form.format): \(secret)") }
      #expect(text.firstMatch(of: /([0-9a-f]{2}:){5}[0-9a-f]{2}/) == nil, "\(form.format)")
      #expect(text.firstMatch(of: /[0-9a-f]{4}:[0-9a-f]{2}:[0-9a-f]{2}\.[0-7]/) == nil, "\(form.format)")
    }
  }

  /// Values of the properties that identify, and every PCI function's address.
  private static func secrets(in text: String) -> Set<String> {
    var secrets: Set<String> = []
    for line in text.split(whereSeparator: \.isNewline) {
      let pair = line.dropFirst(3).split(separator: "=", maxSplits: 1)
      guard pair.count == 2, line.hasPrefix("E: ") else { continue }
      let names = [
        "ID_SERIAL_SHORT", "ID_NET_NAME_MAC", "ID_WWN", "PCI_SLOT_NAME", "ID_FS_UUID", "ID_PART_ENTRY_UUID",
      ]
      if names.contains(String(pair[0])), pair[1].count >= 6 { secrets.insert(pair[1].lowercased()) }
    }
    return secrets
  }
}
