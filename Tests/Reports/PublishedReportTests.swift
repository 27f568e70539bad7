// SPDX-FileCopyrightText: 2026 The hostcap authors
// SPDX-License-Identifier: Apache-2.0

import CanonicalJSON
import Catalog
import Evidence
import Foundation
import HostModel
import ReportAnsible
import ReportIronic
import ReportNFD
import ReportPrometheus
import Tape
import Testing

/// The forms that other programs pick up, by the rules of those programs.
@Suite struct PublishedReportTests {
  private static let tapes = Golden.root.appending(path: "Tests/Machines/Tapes")

  static let names = ["pci-snp", "pci-intel", "iommu-pt", "libvirt-snp-firmware", "snpsup-off"]

  private func report(_ name: String) throws -> HostReport {
    let bytes = Array(try Data(contentsOf: Self.tapes.appending(path: "\(name).jsonl")))
    return HostReport(try Tape(parsing: bytes, path: name), probes: Catalog.probes)
  }

  private func text(_ form: any Renderer.Type, _ report: HostReport) -> String {
    var bytes: [UInt8] = []
    form.render(report, into: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test(arguments: names) func aCapabilityHasOneStateAndAReasonOnlyIfItIsNotReady(_ name: String) throws {
    let report = try report(name)
    let lines = text(PrometheusReport.self, report).split(separator: "\n")
    for climb in report.climbs {
      let states = lines.filter {
        $0.hasPrefix("hostcap_capability_state{capability=\"\(climb.ladder.id)\",")
      }
      let isForeign = climb.stopsAt?.judgement.reason == .otherVendor
      #expect(states.count == (isForeign ? 0 : CapabilityState.allCases.count))
      if isForeign { continue }
      #expect(
        states.filter { $0.hasSuffix(" 1") }.map { $0.contains("state=\"\(climb.state.rawValue)\"") } == [
          true
        ])
      let reasons = lines.filter {
        $0.hasPrefix("hostcap_capability_reason_info{capability=\"\(climb.ladder.id)\",")
      }
      #expect(reasons.count == (climb.state == .ready ? 0 : 1))
    }
  }

  /// Timestamps make node-exporter drop the whole file; a family is typed once, before its samples.
  @Test(arguments: names) func metricsHaveNoTimestampsAndOneTypeEach(_ name: String) throws {
    var typed: Set<Substring> = []
    for line in text(PrometheusReport.self, try report(name)).split(separator: "\n") {
      if line.hasPrefix("# TYPE ") {
        #expect(typed.insert(line.split(separator: " ")[2]).inserted)
        continue
      }
      if line.hasPrefix("#") { continue }
      let family = line.prefix { $0 != "{" && $0 != " " }
      #expect(typed.contains(family))
      #expect(!family.hasSuffix("_total"))
      let value = line.split(separator: "}").last ?? line
      #expect(value.split(separator: " ").last.flatMap { UInt64($0) } != nil)
      #expect(value.split(separator: " ").count == (line.contains("{") ? 1 : 2))
    }
    #expect(typed.count >= 6)
  }

  @Test func whatADeviceCallsItselfStaysInItsLabel() {
    #expect(MetricEscape.check("a\"b\\c\nd\u{1b}[31m") == #"a\"b\\c\nd[31m"#)
  }

  @Test(arguments: names) func featuresAreNamesAndLabelsThatKubernetesTakes(_ name: String) throws {
    let page = text(NFDReport.self, try report(name))
    #expect(page.utf8.count < 64 << 10)
    let label = /[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?/
    var seen: Set<Substring> = []
    for line in page.split(separator: "\n") where !line.hasPrefix("#") {
      let parts = line.split(separator: "=")
      #expect(parts.count == 2)
      let name = parts[0].split(separator: "/")
      #expect(name.first == "hostcap.scs.community")
      #expect(name.last?.wholeMatch(of: label) != nil, "\(line)")
      #expect(parts[1].wholeMatch(of: label) != nil, "\(line)")
      #expect(seen.insert(parts[0]).inserted, "\(line)")
      // NFD has these by itself.
      #expect(!line.contains("cpu-security"))
    }
    #expect(page.hasPrefix("# +expiry-time=20"))
  }

  @Test(arguments: names) func aFactIsSmallAndItsKeysAreNames(_ name: String) throws {
    let fact = text(AnsibleReport.self, try report(name))
    #expect(fact.utf8.count < AnsibleReport.sizeLimit)
    let object = try #require(try JSONSerialization.jsonObject(with: Data(fact.utf8)) as? [String: Any])
    let capabilities = try #require(object["capabilities"] as? [String: Any])
    #expect(capabilities.keys.allSatisfy { $0.wholeMatch(of: /[a-z0-9_]+/) != nil })
    let iommu = try #require(capabilities["iommu"] as? [String: Any])
    #expect(iommu["state"] as? String == "ready")
    #expect(capabilities["ibm_secure_execution"] == nil)
  }

  /// The largest host that a report speaks of still has a small fact.
  @Test func aFactDoesNotGrowWithTheHost() throws {
    var report = try report("pci-snp")
    let one = try #require(report.units.first)
    report.units = Array(repeating: one, count: 4096)
    let model = AcceleratorModel(name: String(repeating: "long ", count: 100), sources: [])
    report.functions = (0..<4096).map { index in
      var function = PCIFunction(
        PCIAddress(bus: UInt8(index >> 8), device: UInt8(index >> 3 & 31), function: 0))
      (function.vendor, function.device) = (0x10de, UInt16(index))
      return function
    }
    report.accelerators = report.functions.map { function in
      var accelerator = Accelerator(function.address, kind: .gpu)
      accelerator.model = model
      return accelerator
    }
    #expect(text(AnsibleReport.self, report).utf8.count < AnsibleReport.sizeLimit)
  }

  @Test func ironicGetsEveryFunctionInItsForm() throws {
    let report = try report("pci-snp")
    let data = Data(text(IronicReport.self, report).utf8)
    let object = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    let devices = try #require(object["pci_devices"] as? [[String: String]])
    #expect(devices.map { $0["bus"] } == report.functions.map { "\($0.address)" })
    let gpu = devices.first { $0["bus"] == "0000:06:00.0" }
    #expect(
      gpu == ["bus": "0000:06:00.0", "vendor_id": "10de", "product_id": "2331", "class": gpu?["class"] ?? ""])
    #expect((object["hostcap"] as? [String: Any])?["capabilities"] != nil)
  }

  @Test func theSameTapeGivesTheSameBytes() throws {
    for form in Catalog.reports {
      #expect(try text(form, report("pci-snp")) == text(form, report("pci-snp")), "\(form.format)")
    }
  }
}

/// A sample whose model is what a device table or a host may say.
private enum MetricEscape {
  static func check(_ name: String) -> String? {
    var report = HostReport(Tape(), probes: [])
    var function = PCIFunction(PCIAddress(bus: 1, device: 0, function: 0))
    (function.vendor, function.device) = (0x10de, 1)
    report.functions = [function]
    var accelerator = Accelerator(function.address, kind: .gpu)
    accelerator.model = AcceleratorModel(name: name, sources: [])
    report.accelerators = [accelerator]
    var bytes: [UInt8] = []
    PrometheusReport.render(report, into: &bytes)
    let line = String(decoding: bytes, as: UTF8.self).split(separator: "\n").first {
      $0.hasPrefix("hostcap_accelerators{")
    }
    guard let line, let start = line.range(of: "model=\""), let end = line.range(of: "\",product_id") else {
      return nil
    }
    return String(line[start.upperBound..<end.lowerBound])
  }
}
