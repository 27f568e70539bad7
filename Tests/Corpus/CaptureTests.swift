// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import Catalog
import Foundation
import HostModel
import Importers
import Inputs
import Testing

/// Trees copied from emulated hosts with real kernels: /sys and /proc, but neither MSRs nor CPUID nor the secure
/// processor's answers, so that no confidential guest can be promised.
@Suite struct CaptureTests {
  static let captures = ["amd-host", "intel-host", "snp-host"]
  static let folder = URL(filePath: SharedCorpus.folder).deletingLastPathComponent().appending(
    path: "lab/captures")

  static func report(_ name: String) throws -> HostReport? {
    let path = folder.appending(path: "\(name).tar.xz").path
    guard FileManager.default.fileExists(atPath: path) else {
      print("SKIPPED: \(path) is missing; no captured host was judged")
      return nil
    }
    let machines = try imports(at: path).machines
    #expect(machines.count == 1)
    return try HostReport(#require(machines.first).source, probes: Catalog.probes)
  }

  /// Memory encryption and the IOMMU are all in /proc and /sys; the first two hosts show a processor of a guest's.
  @Test(arguments: zip(captures, [[], [], ["amd.sme", "iommu"]])) func nothingIsReadyThatIsNotProven(
    _ name: String, _ proven: [String]
  ) throws {
    guard let report = try Self.report(name) else { return }
    #expect(report.climbs.filter { $0.state == .ready }.map(\.ladder.id) == proven)
  }

  /// kvm_amd's three parameters say Y there, and misc.capacity has its numbers.
  @Test(
    arguments: zip(
      ["amd.sev", "amd.sev-es", "amd.sev-snp"], ["psp-initialised", "psp-initialised", "psp-firmware"]))
  func withoutTheSecureProcessorsWordSEVIsOpen(_ ladder: String, _ open: String) throws {
    guard let climb = try Self.report("snp-host")?.climb(ladder) else { return }
    #expect(climb.state == .unknown)
    #expect(climb.stopsAt == nil)
    #expect(climb.firstUnknown?.rung.id == open)
    #expect(climb.steps.first { $0.rung.id == "kvm-parameter" }?.judgement.verdict == .pass)
  }
}
