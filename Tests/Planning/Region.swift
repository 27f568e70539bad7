// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Catalog
import Documents
import Foundation
import HostModel
import Planning
import ReportJSON
import Tape

/// Six hosts of one region, each a tape of a real kernel, read as the command line reads them.
enum Region {
  static let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  static let folder = tests.appending(path: "Golden/Region")

  /// A host's name and its tape below Machines/Tapes.
  static let tapes = [
    ("gpu-1", "pci-snp"), ("pci-1", "pci-amd"), ("pci-2", "pci-intel"), ("sev-1", "libvirt-sev-firmware"),
    ("snp-1", "libvirt-snp-firmware"), ("snp-2", "iommu-pt"),
  ]

  static func record(_ name: String, _ tape: String) throws -> HostRecord {
    let path = "\(tape).jsonl"
    let bytes = Array(try Data(contentsOf: tests.appending(path: "Machines/Tapes/\(path)")))
    let report = HostReport(try Tape(parsing: bytes, path: path), probes: Catalog.probes)
    var json: [UInt8] = []
    JSONReport.render(report, into: &json)
    return try HostRecord.records(json, name: name, path: path)?.first ?? Fixture.host(name)
  }

  static func hosts() throws -> [HostRecord] { try tapes.map { try record($0.0, $0.1) } }

  static func site(_ change: (String) -> String = { $0 }) throws -> Site {
    let text = try String(decoding: Data(contentsOf: folder.appending(path: "site.yaml")), as: UTF8.self)
    return try Fixture.site(change(text))
  }
}
