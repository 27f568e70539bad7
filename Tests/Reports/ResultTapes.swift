// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Catalog
import Foundation
import HostModel
import Results
import Tape

/// Real hosts' tapes and literal ones, judged.
enum ResultTapes {
  private static let folder = Golden.root.appending(path: "Tests/Machines/Tapes")

  /// One of each kind: blocked, ready, absent, a failing rung below unknown hardware, Intel, devices.
  static let names = [
    "iommu-pt", "libvirt-snp-firmware", "ecx-0", "pci-amd", "pci-intel", "pci-snp", "smee-off", "snpsup-off",
  ]

  static func report(_ name: String) throws -> HostReport {
    let bytes = Array(try Data(contentsOf: folder.appending(path: "\(name).jsonl")))
    return HostReport(try Tape(parsing: bytes, path: name), probes: Catalog.probes)
  }

  static func guest() -> HostReport { HostReport(SampleHost.guest, probes: Catalog.probes) }

  static func nothing() -> HostReport { HostReport(Tape(), probes: Catalog.probes) }

  static func text(_ form: any ResultsRenderer.Type, _ results: [TestResults]) -> String {
    String(decoding: bytes(form, results), as: UTF8.self)
  }

  static func bytes(_ form: any ResultsRenderer.Type, _ results: [TestResults]) -> [UInt8] {
    var bytes: [UInt8] = []
    form.render(results, into: &bytes)
    return bytes
  }
}

extension TestResults {
  var cases: [TestCase] { suites.flatMap(\.cases) }

  subscript(id: String) -> TestCase? { cases.first { $0.id == id } }
}

extension TestCase {
  var word: String {
    switch outcome {
    case .passed: "passed"
    case .failed: "failed"
    case .skipped: "skipped"
    }
  }

  var why: String? {
    switch outcome {
    case .passed: nil
    case .failed(let why), .skipped(let why): why
    }
  }
}
